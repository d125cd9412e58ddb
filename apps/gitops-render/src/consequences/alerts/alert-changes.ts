import type { ObjectChange, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { pairsOf } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { aboutAlert } from "./about-alert.ts";
import { effectChanges } from "./effect-changes.ts";
import { secondsOfDuration, secondsText } from "./limit-text.ts";
import { pagesIn } from "./routing/routing-in.ts";
import { type RenderedAlert, ruleKinds, rulesOf } from "./rules-of.ts";
import { labelChange, linkChange, textChange } from "./word-changes.ts";

/** Alerts that come, go, or mean something else, in one environment. */
export function alertChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = toldChanges(comparison, environment, ...ruleKinds);
  return pairedAlerts(changes).flatMap(({ before, after }) => {
    if (before === undefined) {
      return after === undefined ? [] : [comingOrGoing(comparison, environment, after, "added")];
    }
    if (after === undefined) return [comingOrGoing(comparison, environment, before, "removed")];
    return changesOf(environment, before, after);
  });
}

/** Alerts of both sides: by name and service, those of one severity and one team first. */
function pairedAlerts(changes: readonly ObjectChange[]): readonly { before?: RenderedAlert; after?: RenderedAlert }[] {
  const alertsOn = (side: "before" | "after"): readonly RenderedAlert[] =>
    changes.flatMap((change) => {
      const object = change[side];
      return object === undefined ? [] : rulesOf(object).alerts;
    });
  const keys: readonly ((alert: RenderedAlert) => string)[] = [
    (alert) => `${aboutWhat(alert)}|${alert.labels.severity}|${alert.labels.team}`,
    (alert) => `${aboutWhat(alert)}|${alert.labels.team}`,
    (alert) => `${aboutWhat(alert)}|${alert.labels.severity}`,
    aboutWhat,
  ];
  const found: { before?: RenderedAlert; after?: RenderedAlert }[] = [];
  let left = { before: alertsOn("before"), after: alertsOn("after") };
  for (const [place, keyOf] of keys.entries()) {
    const pairs = pairsOf(left.before, left.after, keyOf);
    const lonely = pairs.filter(({ before, after }) => before === undefined || after === undefined);
    const isLast = place === keys.length - 1;
    found.push(...(isLast ? pairs : pairs.filter((pair) => !lonely.includes(pair))));
    left = { before: lonely.flatMap(({ before }) => before ?? []), after: lonely.flatMap(({ after }) => after ?? []) };
  }
  return found;
}

function aboutWhat({ name, labels, object }: RenderedAlert): string {
  return `${name}|${labels.service ?? ""}|${object.environment ?? ""}`;
}

function comingOrGoing(
  { before, after }: TreeComparison,
  environment: string,
  alert: RenderedAlert,
  fate: "added" | "removed",
): Consequence {
  const pages = pagesIn(fate === "added" ? after : before, environment, alert);
  const switched = isWatchdog(alert);
  return {
    rule: switched ? `dead-mans-switch-${fate}` : pages ? `paging-alert-${fate}` : `alert-${fate}`,
    ...aboutAlert(environment, alert),
    text: fate === "added" ? `is a new alert${pages ? ", and pages" : ""}` : `is gone${pages ? "; it paged" : ""}`,
    details: [
      `severity ${alert.labels.severity ?? "none"}, waits ${secondsText(secondsOfDuration(alert.waits))}`,
      ...(alert.annotations.summary === undefined ? [] : [alert.annotations.summary]),
    ],
  };
}

/** An alert that always fires, so that somebody outside hears when it does not. */
function isWatchdog({ name, expression }: RenderedAlert): boolean {
  return name === "Watchdog" || /^\s*vector\(\s*1\s*\)\s*$/.test(expression);
}

function changesOf(environment: string, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  const base = aboutAlert(environment, before, after);
  const effects = effectChanges(base, before, after);
  const told = [
    ...effects,
    ...labelChange(base, before, after),
    ...linkChange(base, before, after, effects.length > 0),
  ];
  return told.length > 0 ? told : textChange(base, before, after);
}
