import { describe, expect, it } from "vitest";
import { treeOfFiles } from "../../comparison/build-tree.ts";
import { compareTrees } from "../../comparison/compare-trees.ts";
import { differsOnlyByName, namingService, namingTeam } from "./named-differences.ts";

const path = "foundation/overlays/production/policies/configmap-names.yaml";

function differs(before: string, after: string): boolean {
  const treeOf = (text: string): ReturnType<typeof treeOfFiles> =>
    treeOfFiles(
      "a tree",
      new Map([
        [path, JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "names" }, data: { text } })],
      ]),
    );
  const [change] = compareTrees(treeOf(before), treeOf(after)).changes;
  if (change === undefined) throw new Error("nothing changed");
  return differsOnlyByName(change, namingService("loyalty"));
}

describe("A difference that is only a name", () => {
  it.each([
    ["a list has one entry more", "x in ['ad', 'cart']", "x in ['ad', 'cart', 'loyalty']"],
    ["an expression has one choice more", 'service=~"ad|cart"', 'service=~"ad|cart|loyalty"'],
    [
      "two lists have it",
      "a in ['ad']; more words that stay; b in ['ad']",
      "a in ['ad', 'loyalty']; more words that stay; b in ['ad', 'loyalty']",
    ],
    ["lines of its own", "rules:\n- name: ad\n- name: cart\n", "rules:\n- name: ad\n- name: loyalty\n- name: cart\n"],
    ["it goes", "x in ['ad', 'loyalty']", "x in ['ad']"],
  ])("%s", (_, before, after) => {
    expect(differs(before, after)).toBe(true);
    expect(differs(after, before)).toBe(true);
  });

  it.each([
    [
      "another number comes along",
      "limit 5 of all the things that are counted: ['ad']",
      "limit 7 of all the things that are counted: ['ad', 'loyalty']",
    ],
    ["another name", "x in ['ad']", "x in ['ad', 'cart']"],
    ["a name that ends alike", "x in ['ad']", "x in ['ad', 'valkey-loyalty']"],
  ])("is more than that where %s", (_, before, after) => {
    expect(differs(before, after)).toBe(false);
    expect(differs(after, before)).toBe(false);
  });

  it("names of a team stand within others", () => {
    const names = namingTeam("search");
    expect(["search", "team-search", "search-admins", "research", "searching"].filter(names)).toEqual([
      "search",
      "team-search",
      "search-admins",
    ]);
  });
});
