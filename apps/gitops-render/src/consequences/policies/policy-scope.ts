import { listAt, textAt, textMapAt, textsAt } from "@plinth/core";
import type { Tree } from "../../comparison/tree-comparison.ts";
import { namespaceLabels } from "../namespaces.ts";
import { inWords } from "../words.ts";

/** Stands for what lives in no namespace. */
export const clusterScope = "";

/** The namespaces in which a policy can act, with their labels; those that only policies name, too. */
export type Namespaces = ReadonlyMap<string, Readonly<Record<string, string>>>;

const nameLabel = "kubernetes.io/metadata.name";

/** The namespaces of a side, and those that selectors of policies name. */
export function namespacesFor(tree: Tree, environment: string, selectors: readonly unknown[]): Namespaces {
  const namespaces = new Map(namespaceLabels(tree, environment));
  for (const selector of selectors)
    for (const requirement of listAt(selector, "matchExpressions"))
      if (textAt(requirement, "key") === nameLabel)
        for (const name of textsAt(requirement, "values"))
          if (!namespaces.has(name)) namespaces.set(name, { [nameLabel]: name });
  return namespaces;
}

/** Where a policy with these selectors acts: in namespaces that all of them select, and in the cluster itself where none says anything. */
export function placesOf(selectors: readonly unknown[], namespaces: Namespaces): readonly string[] {
  const saying = selectors.filter(
    (selector) =>
      Object.keys(textMapAt(selector, "matchLabels")).length + listAt(selector, "matchExpressions").length > 0,
  );
  return [
    ...(saying.length === 0 ? [clusterScope] : []),
    ...[...namespaces].flatMap(([name, labels]) =>
      saying.every((selector) => isSelected(selector, labels)) ? [name] : [],
    ),
  ].sort();
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
function isSelected(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(textMapAt(selector, "matchLabels")).every(([key, value]) => labels[key] === value) &&
    listAt(selector, "matchExpressions").every((requirement) => {
      const value = labels[textAt(requirement, "key")];
      const values = textsAt(requirement, "values");
      switch (textAt(requirement, "operator")) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** `in team-data and team-ml`, `everywhere`. */
export function describePlaces(places: readonly string[]): string {
  return places.includes(clusterScope) ? "everywhere" : `in ${inWords(places)}`;
}
