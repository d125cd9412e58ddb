import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  everyPort,
  intersectPorts,
  type PortRange,
  type PortSet,
  portSet,
  samePorts,
  subtractPorts,
  unionPorts,
} from "./port-set.ts";

const range: fc.Arbitrary<PortRange> = fc
  .record({ protocol: fc.constantFrom("TCP", "UDP", "SCTP"), port: fc.integer({ min: 1, max: 12 }), length: fc.nat(6) })
  .map(({ protocol, port, length }) => ({ protocol, port, endPort: port + length }));
const ports: fc.Arbitrary<PortSet> = fc.oneof(
  { weight: 9, arbitrary: fc.array(range, { maxLength: 6 }).map(portSet) },
  { weight: 1, arbitrary: fc.constant(everyPort) },
);

/** The ports one by one, up to 20: what sets mean. */
const points = (set: readonly PortRange[]): Set<string> =>
  new Set(
    set.flatMap(({ protocol, port, endPort }) =>
      Array.from({ length: Math.min(endPort, 20) - port + 1 }, (_, index) => `${protocol}/${port + index}`),
    ),
  );

describe("a set of ports", () => {
  test("holds what its ranges hold, in a form that is equal for equal sets", () => {
    fc.assert(
      fc.property(
        fc
          .array(range, { maxLength: 8 })
          .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(points(portSet(list))).toEqual(points(list));
          expect(samePorts(portSet(shuffled), portSet(list))).toBe(true);
          expect(portSet(portSet(list))).toEqual(portSet(list));
        },
      ),
    );
  });

  test("is the same as another exactly when both hold the same", () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        const hold = (set: PortSet): string => [...points(set)].sort().join();
        expect(samePorts(a, b)).toBe(hold(a) === hold(b) && (a === everyPort) === (b === everyPort));
      }),
    );
  });

  test("joins ranges that touch, never those of two protocols", () => {
    expect(
      portSet([
        { protocol: "TCP", port: 4318, endPort: 4318 },
        { protocol: "TCP", port: 4317, endPort: 4317 },
        { protocol: "UDP", port: 4319, endPort: 4319 },
      ]),
    ).toEqual([
      { protocol: "TCP", port: 4317, endPort: 4318 },
      { protocol: "UDP", port: 4319, endPort: 4319 },
    ]);
  });

  test("is united, cut and subtracted as sets are", () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        expect(points(unionPorts(a, b))).toEqual(new Set([...points(a), ...points(b)]));
        expect(points(intersectPorts(a, b))).toEqual(new Set([...points(a)].filter((point) => points(b).has(point))));
        expect(points(subtractPorts(a, b))).toEqual(new Set([...points(a)].filter((point) => !points(b).has(point))));
      }),
    );
  });

  test("is closed: each operation gives the form again", () => {
    fc.assert(
      fc.property(ports, ports, (a, b) => {
        for (const set of [unionPorts(a, b), intersectPorts(a, b), subtractPorts(a, b)])
          expect(portSet(set)).toEqual(set);
      }),
    );
  });
});
