import { describe, expect, it } from "vitest";
import type { TreeComparison } from "../comparison/tree-comparison.ts";
import { comparisonOf, networkPolicy, policyPath } from "../reports/report.fixture.ts";
import { awaitedReaders, concernedReaders } from "./concerned-readers.ts";
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
    expect(await awaited?.load()).toBe(reader);
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
});
