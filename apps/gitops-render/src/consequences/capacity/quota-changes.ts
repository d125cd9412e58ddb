import { fieldAt, printQuantity, type ResourceQuantity } from "@plinth/core";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { about } from "../whole/about.ts";
import { leafChanges } from "../whole/leaf-changes.ts";
import { listed, sameData } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { type AmountChange, type Amounts, amountChanges, amountsOf, percentText, sumOf } from "./quantities.ts";

/** Quotas that come, go, or allow another amount. */
export function quotaChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "ResourceQuota").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const { name, namespace = "" } = (after ?? before)?.resource.metadata ?? { name: "" };
    const subject = name === namespace ? `quota of ${namespace}` : `quota ${name} of ${namespace}`;
    const base = { ...about(environment, change), subject };
    if (before === undefined || after === undefined) {
      const hard = amountsOf(fieldAt((after ?? before)?.resource, "spec", "hard"));
      const fate = before === undefined ? "added" : "removed";
      return [
        {
          rule: `quota-${fate}`,
          ...base,
          text: fate === "added" ? "comes" : "is gone: nothing limits what it counted",
          details: [...hard].map(([resource, amount]) => `${resource}: ${printQuantity(amount)}`),
        },
      ];
    }
    const [was, is] = [before, after].map(({ resource }) => amountsOf(fieldAt(resource, "spec", "hard")));
    const changes = amountChanges(was ?? new Map(), is ?? new Map(), "unlimited");
    const scopes = [before, after].map(({ resource }) => [
      fieldAt(resource, "spec", "scopes"),
      fieldAt(resource, "spec", "scopeSelector"),
    ]);
    const told = (rule: "quota-raised" | "quota-lowered", list: readonly AmountChange[]): readonly Consequence[] =>
      list.length === 0
        ? []
        : [
            {
              rule,
              ...base,
              text: `${rule === "quota-raised" ? "grows" : "shrinks"}: ${listed(list.map(changeText))}`,
              details: totals(comparison, environment, list),
            },
          ];
    return [
      ...told(
        "quota-lowered",
        changes.filter(({ direction }) => direction < 0),
      ),
      ...told(
        "quota-raised",
        changes.filter(({ direction }) => direction > 0),
      ),
      ...(sameData(scopes[0], scopes[1])
        ? []
        : [{ rule: "quota-scope-changed" as const, ...base, text: "counts other pods", details: [] }]),
    ];
  });
}

function changeText(change: AmountChange): string {
  const { name, before, after } = change;
  return `${name} ${amount(before)} → ${amount(after)}${percentText(change)}`;
}

function amount(quantity: ResourceQuantity | undefined): string {
  return quantity === undefined ? "no limit" : printQuantity(quantity);
}

/** What all namespaces together may use. */
function totals(
  { before, after }: TreeComparison,
  environment: string,
  changes: readonly AmountChange[],
): readonly string[] {
  const [was, is] = [hardIn(before, environment), hardIn(after, environment)];
  return changes.flatMap(({ name }) => {
    const [from, to] = [was.get(name), is.get(name)];
    return from === undefined || to === undefined
      ? []
      : [`all quotas together: ${name} ${printQuantity(from)} → ${printQuantity(to)}`];
  });
}

/** Sums of the quotas that count all pods. */
function hardIn(tree: Tree, environment: string): Amounts {
  return sumOf(
    tree
      .objectsIn(environment, "ResourceQuota")
      .filter(({ resource }) => fieldAt(resource, "spec", "scopeSelector") === undefined)
      .map(({ resource }) => amountsOf(fieldAt(resource, "spec", "hard"))),
  );
}

/** What containers get that say nothing, and what they may ask for. */
export function limitRangeChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "LimitRange").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const { namespace = "" } = (after ?? before)?.resource.metadata ?? {};
    const base = { ...about(environment, change), subject: `containers in ${namespace}` };
    const fields = leafChanges(
      fieldAt(before?.resource, "spec", "limits"),
      fieldAt(after?.resource, "spec", "limits"),
      "limits",
    ).map(({ path, before: was, after: is }) => `${path.replace(/^limits\[\d+\]\./, "")}: ${is}, not ${was}`);
    if (before === undefined) {
      return [
        {
          rule: "container-limits-added",
          ...base,
          text: "get requests or limits where they say nothing",
          details: fields,
        },
      ];
    }
    if (after === undefined) {
      return [
        { rule: "container-limits-removed", ...base, text: "get nothing where they say nothing", details: fields },
      ];
    }
    if (fields.length === 0) return [];
    return [
      {
        rule: "container-limits-changed",
        ...base,
        text: fields.length > 2 ? "get other requests and limits" : `get ${listed(fields)}`,
        details: fields,
      },
    ];
  });
}

/** Which pods go before others. */
export function priorityChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  return toldChanges(comparison, environment, "PriorityClass").flatMap((change): readonly Consequence[] => {
    const { before, after } = change;
    const name = (after ?? before)?.resource.metadata.name ?? "";
    const base = { ...about(environment, change), subject: `priority class ${name}` };
    if (before === undefined) return [{ rule: "priority-class-added", ...base, text: "comes", details: [] }];
    if (after === undefined) {
      return [{ rule: "priority-class-removed", ...base, text: "is gone: pods that name it are refused", details: [] }];
    }
    const [was, is] = [fieldAt(before.resource, "value"), fieldAt(after.resource, "value")];
    if (typeof was === "number" && typeof is === "number" && was !== is) {
      return [
        {
          rule: is > was ? "priority-raised" : "priority-lowered",
          ...base,
          text: `has the value ${is}, not ${was}`,
          details: [],
        },
      ];
    }
    const fields = (["preemptionPolicy", "globalDefault"] as const).filter(
      (field) => !sameData(fieldAt(before.resource, field), fieldAt(after.resource, field)),
    );
    return fields.length === 0
      ? []
      : [{ rule: "priority-class-changed", ...base, text: `has another ${listed(fields)}`, details: [] }];
  });
}
