import { type Component, plan } from "@plinth/core";
import { examplePlatformInput, platformOf } from "@plinth/core/testing";
import { treeOfFiles } from "../comparison/build-tree.ts";
import { compareTrees } from "../comparison/compare-trees.ts";
import type { Tree, TreeComparison } from "../comparison/tree-comparison.ts";
import type { Consequence, ConsequenceReader } from "./consequence.ts";
import { consequenceRules } from "./rules/consequence-rules.ts";

export type ModelInput = ReturnType<typeof examplePlatformInput>;

/** Something that somebody changes in the model. */
export type ModelEdit = (input: ModelInput) => void;

/** What the example platform renders to after these edits. */
export function editedTree(name: string, components: readonly Component[], ...edits: readonly ModelEdit[]): Tree {
  const input = examplePlatformInput();
  for (const edit of edits) edit(input);
  const { files } = plan(platformOf(input), components);
  return treeOfFiles(name, new Map(files.map(({ path, text }) => [path, text])));
}

/** Objects as files of production, by their paths. */
export function productionTree(name: string, objects: readonly object[]): Tree {
  return treeOfFiles(
    name,
    new Map(
      objects.map((object, index) => [`foundation/overlays/production/given/${index}.yaml`, JSON.stringify(object)]),
    ),
  );
}

/** Consequences as lines: `production permission-gained-reading | group auditors gains …`. */
export function linesOf(consequences: readonly Consequence[]): readonly string[] {
  return consequences.map(({ environment, rule, subject, text }) => `${environment} ${rule} | ${subject} ${text}`);
}

/** What a reader says of a comparison, and what it says, mirrored, of the same trees the other way round: both have to be the same. */
export function bothWays(
  reader: ConsequenceReader,
  comparison: TreeComparison,
): { readonly forward: readonly string[]; readonly backward: readonly string[] } {
  const said = (consequence: Consequence, rule: string): string => {
    const { environment, subject, team = "", service = "", concerns = [], objects } = consequence;
    return JSON.stringify([environment, rule, subject, team, service, concerns, objects]);
  };
  return {
    forward: reader(comparison)
      .map((consequence) => said(consequence, consequence.rule))
      .sort(),
    backward: reader(compareTrees(comparison.after, comparison.before))
      .map((consequence) => said(consequence, consequenceRules[consequence.rule].mirror))
      .sort(),
  };
}
