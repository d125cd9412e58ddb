import { describe, expect, it } from "vitest";
import { compareTrees } from "../../comparison/compare-trees.ts";
import { components } from "../../components.ts";
import { readConsequences } from "../consequence-readers.ts";
import { editedTree, type ModelEdit } from "../model-edit.fixture.ts";

const chosen = components.map(({ documents: _, check: __, ...component }) => component);

const withSearch: ModelEdit = (input) => {
  const [first] = input.services;
  if (first === undefined) throw new Error("the example platform has services");
  const { calls: _, publicPort: __, ...rest } = first;
  input.services = [...input.services, { ...rest, name: "search" }];
};

describe("A service that comes", () => {
  const [before, after] = [editedTree("before", chosen), editedTree("after", chosen, withSearch)];

  it("is one consequence, with what only names it elsewhere", () => {
    const { consequences, findings } = readConsequences(compareTrees(before, after));
    expect(findings).toEqual([]);
    expect(new Set(consequences.map(({ rule }) => rule))).toEqual(new Set(["service-added"]));
    const spokenOf = new Set(consequences.flatMap(({ objects }) => objects));
    const silent = compareTrees(before, after).changes.filter(
      (change) => change.kind === "changed" && !spokenOf.has(change.after?.identity ?? ""),
    );
    expect(silent.map((change) => change.after?.identity)).toEqual([]);
  });

  it("goes in the same words", () => {
    const { consequences } = readConsequences(compareTrees(after, before));
    expect(new Set(consequences.map(({ rule }) => rule))).toEqual(new Set(["service-removed"]));
  });
});
