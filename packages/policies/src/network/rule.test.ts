import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { block, type Peer, podsIn } from "./peer.ts";
import { allow, allowAnyone, allowEveryPort, mergeRules, type Rule, type TransportPort, tcp, udp } from "./rule.ts";

const peers: readonly Peer[] = [
  podsIn("a", { app: "x" }),
  podsIn("a", { app: "y" }),
  podsIn("b", { app: "x" }),
  block("10.0.0.0/8"),
  block("10.0.0.0/8", { except: ["10.1.0.0/16"] }),
];
const ports: readonly TransportPort[] = [tcp(53), udp(53), tcp(80), tcp(443), tcp(8080)];

describe("a rule of empty lists", () => {
  test("allows nothing: there is no rule", () => {
    expect(allow([], ports)).toEqual([]);
    expect(allow(peers, [])).toEqual([]);
    expect(allowEveryPort([])).toEqual([]);
  });
});

describe("merged rules", () => {
  const rule = fc
    .tuple(
      fc.subarray([...peers], { minLength: 1 }),
      fc.oneof(fc.subarray([...ports], { minLength: 1 }), fc.constant("every" as const)),
    )
    .chain(([some, allowed]) => fc.constant(allowed === "every" ? allowEveryPort(some) : allow(some, allowed)));
  const anyone = fc.subarray([...ports]).map(allowAnyone);
  const rules = fc.array(fc.oneof(rule, anyone), { maxLength: 6 }).map((lists) => lists.flat());

  /** Each peer and port that rules allow, one by one. */
  const grants = (list: readonly Rule[]): Set<string> =>
    new Set(
      list.flatMap((entry) =>
        (entry.peers === "anyone" ? ["anyone"] : entry.peers).flatMap((peer) =>
          (entry.ports === "every" ? [...ports, "every"] : entry.ports).map((port) => JSON.stringify([peer, port])),
        ),
      ),
    );

  test("allow what the rules allow", () => {
    fc.assert(
      fc.property(rules, (list) => {
        expect(grants(mergeRules(list))).toEqual(grants(list));
      }),
    );
  });

  test("are the same in any order, and once merged", () => {
    fc.assert(
      fc.property(
        rules.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(mergeRules(shuffled)).toEqual(mergeRules(list));
          expect(mergeRules(mergeRules(list))).toEqual(mergeRules(list));
        },
      ),
    );
  });

  test("name each peer once", () => {
    fc.assert(
      fc.property(rules, (list) => {
        const named = mergeRules(list).flatMap((entry) =>
          entry.peers === "anyone" ? ["anyone"] : entry.peers.map((peer) => JSON.stringify(peer)),
        );
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });

  test("put peers with the same ports together", () => {
    const [first, second] = [podsIn("a", { app: "x" }), podsIn("b", { app: "x" })];
    expect(
      mergeRules([...allow([second], [tcp(80)]), ...allow([first], [tcp(80), tcp(53)]), ...allow([second], [tcp(53)])]),
    ).toEqual([{ peers: [first, second], ports: [tcp(53), tcp(80)] }]);
  });
});
