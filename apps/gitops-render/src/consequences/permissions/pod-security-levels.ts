import { textMapAt } from "@plinth/core";
import type { TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";

/** Strictest last. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const levels: readonly string[] = ["privileged", "baseline", "restricted"];

const prefix = "pod-security.kubernetes.io/";

/** What Pod Security lets into namespaces that are there before and after. */
export function podSecurityChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, "Namespace").filter(({ before, after }) => before && after);
  if (changes.length === 0) return [];
  const teams = teamsByNamespace(comparison, environment);
  return changes.flatMap((change): Consequence[] => {
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    const { name } = after.resource.metadata;
    const was = securityLabels(before.resource);
    const is = securityLabels(after.resource);
    const team = after.entry.team ?? teams.get(name);
    const about = {
      environment,
      ...(team === undefined ? {} : { team }),
      subject: `namespace ${name}`,
      ...changedObjects([change]),
    };
    const others = labelNames.flatMap((label) =>
      label === "enforce" || was[label] === is[label] ? [] : [`${label} ${is[label]} instead of ${was[label]}`],
    );
    const stricter = rank(is["enforce"]) - rank(was["enforce"]);
    if (stricter === 0)
      return others.length === 0
        ? []
        : [
            {
              rule: "pod-security-judged-otherwise",
              ...about,
              text: `has ${others.join(", ")} from Pod Security`,
              details: [],
            },
          ];
    return [
      {
        rule: stricter < 0 ? "pod-security-weakened" : "pod-security-strengthened",
        ...about,
        text: `enforces ${is["enforce"]} instead of ${was["enforce"]}`,
        details: others,
      },
    ];
  });
}

const labelNames = ["enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version"] as const;

/** The levels of a namespace; what no label says is as the API server has it: everything is let in, by the latest version. */
function securityLabels(resource: { readonly metadata: unknown }): Readonly<Record<string, string>> {
  const labels = textMapAt(resource.metadata, "labels");
  return Object.fromEntries(
    labelNames.map((name) => [name, labels[prefix + name] ?? (name.endsWith("-version") ? "latest" : "privileged")]),
  );
}

/** An unknown level is refused by the API server: it weakens nothing. */
function rank(level = ""): number {
  const found = levels.indexOf(level);
  return found === -1 ? levels.length : found;
}
