import { fieldAt } from "@plinth/core";
import type { TreeComparison } from "../../../comparison/tree-comparison.ts";
import type { Consequence } from "../../consequence.ts";
import { about } from "../../whole/about.ts";
import { leafChanges } from "../../whole/leaf-changes.ts";
import { toldChanges } from "../../whole/told-changes.ts";

/** Routing that teams have of their own. The operator puts it into the whole routing, and only there it shows who is told: here, that it changed and in what. */
export function teamRoutingChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "AlertmanagerConfig").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const { name = "", namespace = "" } = (after ?? before)?.resource.metadata ?? {};
    const base = { ...about(environment, change), subject: `routing ${name} in ${namespace}` };
    if (before === undefined) return [{ rule: "team-routing-changed", ...base, text: "comes", details: [] }];
    if (after === undefined) return [{ rule: "team-routing-changed", ...base, text: "is gone", details: [] }];
    const details = leafChanges(fieldAt(before.resource, "spec"), fieldAt(after.resource, "spec"), "spec").map(
      ({ path, before: was, after: is }) => `${path}: ${is}, not ${was}`,
    );
    return details.length === 0
      ? []
      : [{ rule: "team-routing-changed", ...base, text: "tells somebody else, or at other times", details }];
  });
}
