import type { SelectedKind } from "./mutation.ts";

/** A rule of `matchConstraints`. */
export interface KindRule {
  apiGroups: string[];
  apiVersions: string[];
  operations: ("CREATE" | "UPDATE" | "*")[];
  resources: string[];
}

/** One rule for each group and version. */
export function kindRules(
  kinds: readonly SelectedKind[],
  operations: readonly ("CREATE" | "UPDATE" | "*")[],
): KindRule[] {
  const groups = Map.groupBy(kinds, ({ group, version }) => `${group}/${version}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        apiGroups: [first.group],
        apiVersions: [first.version],
        operations: [...operations],
        resources: same.map(({ resource }) => resource),
      },
    ];
  });
}

/** Named CEL expressions as Kyverno takes variables and conditions. */
export function namedExpressions(
  expressions: Readonly<Record<string, { readonly expression: string }>>,
): { name: string; expression: string }[] {
  return Object.entries(expressions).map(([name, { expression }]) => ({ name, expression }));
}
