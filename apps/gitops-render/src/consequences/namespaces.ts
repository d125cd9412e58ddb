import { textMapAt } from "@plinth/core";
import type { Tree, TreeComparison } from "../comparison/tree-comparison.ts";

/** The namespaces of an environment with their labels, as a tree has them. */
export function namespaceLabels(
  tree: Tree,
  environment: string,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    tree
      .objectsIn(environment, "Namespace")
      .map(({ resource: { metadata } }) => [
        metadata.name,
        { ...textMapAt(metadata, "labels"), "kubernetes.io/metadata.name": metadata.name },
      ]),
  );
}

/** Whose a namespace is in either tree; `undefined` for one of the platform's own. */
export function teamsByNamespace({ before, after }: TreeComparison, environment: string): ReadonlyMap<string, string> {
  const teams = new Map<string, string>();
  for (const tree of [before, after]) {
    for (const { resource, entry } of tree.objectsIn(environment, "Namespace")) {
      const team = entry.team ?? textMapAt(resource.metadata, "labels")["plinth.dev/team"];
      if (team !== undefined) teams.set(resource.metadata.name, team);
    }
  }
  return teams;
}
