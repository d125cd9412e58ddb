import { describe, expect, it } from "vitest";
import type { TreeComparison } from "../comparison/tree-comparison.ts";
import { comparisonOf, networkPolicy, policyPath } from "../reports/report.fixture.ts";
import { awaitedReaders, concernedReaders, type KnownBesideTrees } from "./concerned-readers.ts";
import { consequenceReaders } from "./consequence-readers.ts";

const comparison = comparisonOf(
  { [policyPath("production", "cart")]: networkPolicy("cart", 1) },
  { [policyPath("production", "cart")]: networkPolicy("cart", 2) },
);

/** The comparison without any change, and what somebody asked it for. */
function watched(): { readonly asked: TreeComparison; readonly kinds: Set<string>; readonly others: Set<string> } {
  const kinds = new Set<string>();
  const others = new Set<string>();
  const asked: TreeComparison = {
    ...comparison,
    get changes() {
      others.add("changes");
      return [];
    },
    get documents() {
      others.add("documents");
      return [];
    },
    changesIn: (_environment, ...named) => {
      for (const kind of named.length === 0 ? ["*"] : named) kinds.add(kind.slice(kind.lastIndexOf("/") + 1));
      return [];
    },
  };
  return { asked, kinds, others };
}

describe("the readers that are loaded when they are needed", () => {
  it("are all, in their order", () => expect(Object.keys(awaitedReaders)).toEqual(Object.keys(consequenceReaders)));

  it.each(Object.entries(consequenceReaders))("%s: are needed for all that they ask for", async (name, reader) => {
    const { asked, kinds, others } = watched();
    expect(reader(asked)).toEqual([]);
    const awaited = awaitedReaders[name];
    expect(await awaited?.load({})).toBe(reader);
    if (awaited?.kinds !== undefined) expect(awaited.kinds).toEqual(expect.arrayContaining([...kinds]));
    expect([...others]).toEqual(awaited?.documents === true ? ["documents"] : []);
  });

  it("are those whose kinds changed, and those that read everything", async () => {
    const readers = await concernedReaders(comparison);
    expect(Object.keys(readers)).toEqual(["network", "capacity", "data", "delivery"]);
  });

  it("are all where an environment comes or goes", async () => {
    const whole = comparisonOf({}, { [policyPath("production", "cart")]: networkPolicy("cart", 1) });
    expect(await concernedReaders(whole)).toEqual(consequenceReaders);
  });

  it("know the day and the prices where somebody says them", async () => {
    const exception = (ends: string) => `apiVersion: policies.kyverno.io/v1
kind: PolicyException
metadata:
  name: log-shipper
  namespace: policy-exceptions
spec:
  policyRefs:
    - name: disallow-host-path
      kind: ValidatingPolicy
  expiresAt: "${ends}"
`;
    const deployment = (cpu: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: pricing
  namespace: team-data
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: app
          resources:
            requests:
              cpu: "${cpu}"
`;
    const path = "foundation/overlays/production";
    const both = comparisonOf(
      { [`${path}/pricing/deployment-pricing.yaml`]: deployment("10") },
      {
        [`${path}/pricing/deployment-pricing.yaml`]: deployment("20"),
        [`${path}/admission-policies/policyexception-log-shipper.yaml`]: exception("2026-11-01T00:00:00Z"),
      },
    );
    const told = async (known: KnownBesideTrees) => {
      const readers = await concernedReaders(both, known);
      return JSON.stringify(Object.values(readers).flatMap((reader) => reader(both)));
    };
    expect(await told({})).toContain("until 2026-10-31");
    expect(await told({ today: "2026-11-22" })).toContain("which is over since 2026-10-31");
    expect(await told({})).not.toContain("EUR");
    const prices = { currency: "EUR", cpu: 0.03, memory: 0.004, storage: 0.0001 };
    expect(await told({ prices })).toContain("219 EUR a month more");
  });
});
