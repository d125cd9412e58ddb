import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Connection, describeConnection, type Endpoint } from "./connection.ts";
import { canonicalConnections, compareConnections } from "./connection-set.ts";

const pod = (name: string): Endpoint => ({ kind: "workload", namespace: "a", name });
const addresses = (first: number, last: number): Endpoint => ({
  kind: "addresses",
  first: `10.0.0.${first}`,
  last: `10.0.0.${last}`,
});
const to = (destination: Endpoint, port: number, endPort: number = port): Connection => ({
  source: pod("web"),
  destination,
  protocol: "TCP",
  port,
  endPort,
});

const endpoint = fc.oneof(
  fc.constantFrom("web", "api").map(pod),
  fc.tuple(fc.nat(6), fc.nat(4)).map(([first, length]) => addresses(first, first + length)),
);
const connection: fc.Arbitrary<Connection> = fc
  .record({
    source: endpoint,
    destination: endpoint,
    protocol: fc.constantFrom("TCP", "UDP"),
    port: fc.integer({ min: 1, max: 5 }),
    length: fc.nat(3),
  })
  .filter(({ source, destination }) => source.kind === "workload" || destination.kind === "workload")
  .map(({ length, ...rest }) => ({ ...rest, endPort: rest.port + length }));
const connections = fc.array(connection, { maxLength: 10 });

/** Connections address by address and port by port: what lists of them mean. */
function points(list: readonly Connection[]): Set<string> {
  const ends = (end: Endpoint): string[] => {
    if (end.kind === "workload") return [end.name];
    const [first = 0, last = 0] = [end.first, end.last].map((text) => Number(text.split(".")[3]));
    return Array.from({ length: last - first + 1 }, (_, index) => `10.0.0.${first + index}`);
  };
  return new Set(
    list.flatMap(({ source, destination, protocol, port, endPort }) =>
      ends(source).flatMap((from) =>
        ends(destination).flatMap((into) =>
          Array.from({ length: endPort - port + 1 }, (_, index) => `${from} ${into} ${protocol} ${port + index}`),
        ),
      ),
    ),
  );
}

describe("the canonical form of connections", () => {
  test("allows the same, and is equal for lists that do", () => {
    fc.assert(
      fc.property(
        connections.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(points(canonicalConnections(list))).toEqual(points(list));
          expect(canonicalConnections([...shuffled, ...shuffled])).toEqual(canonicalConnections(list));
          expect(canonicalConnections(canonicalConnections(list))).toEqual(canonicalConnections(list));
        },
      ),
    );
  });

  test("joins ports and addresses that touch", () => {
    const list = [
      to(addresses(0, 3), 80),
      to(addresses(4, 7), 80),
      to(addresses(2, 5), 81),
      to(pod("api"), 4318),
      to(pod("api"), 4317),
    ];
    expect(canonicalConnections(list).map(describeConnection)).toEqual([
      "a/web → a/api TCP 4317-4318",
      "a/web → 10.0.0.0-10.0.0.1 TCP 80",
      "a/web → 10.0.0.2-10.0.0.5 TCP 80-81",
      "a/web → 10.0.0.6-10.0.0.7 TCP 80",
    ]);
  });

  test("keeps the families of addresses apart", () => {
    const six: Endpoint = { kind: "addresses", first: "::", last: "::ffff" };
    expect(
      canonicalConnections([
        to(six, 80),
        to({ kind: "addresses", first: "255.255.255.255", last: "255.255.255.255" }, 80),
      ]).map(describeConnection),
    ).toEqual(["a/web → 255.255.255.255 TCP 80", "a/web → ::-::ffff TCP 80"]);
  });
});

const without = (a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> =>
  new Set([...a].filter((point) => !b.has(point)));

describe("the difference of connections", () => {
  test("is what one list allows and the other does not", () => {
    fc.assert(
      fc.property(connections, connections, (before, after) => {
        const { opened, closed } = compareConnections(before, after);
        expect(points(opened)).toEqual(without(points(after), points(before)));
        expect(points(closed)).toEqual(without(points(before), points(after)));
      }),
    );
  });

  test("of a narrower block is the rest of the wider one", () => {
    expect(compareConnections([to(addresses(0, 7), 80)], [to(addresses(2, 3), 80, 81)])).toEqual({
      opened: [to(addresses(2, 3), 81)],
      closed: [to(addresses(0, 1), 80), to(addresses(4, 7), 80)],
    });
  });
});
