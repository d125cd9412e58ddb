import type { Consequence } from "../consequence.ts";
import { listed, sameData } from "../whole/pairs.ts";
import type { AboutAlert } from "./about-alert.ts";
import type { RenderedAlert } from "./rules-of.ts";

/** Of the tier it is told once, with the service. */
const toldElsewhere: ReadonlySet<string> = new Set(["severity", "tier"]);

/** The labels by which it is routed, grouped and held back. */
export function labelChange(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  const changed = changedKeys(before.labels, after.labels).filter((label) => !toldElsewhere.has(label));
  if (changed.length === 0) return [];
  const labels = changed.map(
    (label) => `${label} ${after.labels[label] ?? "(none)"}, not ${before.labels[label] ?? "(none)"}`,
  );
  return [{ rule: "alert-labels-changed", ...base, text: `has the label ${listed(labels)}`, details: [] }];
}

const links: Readonly<Record<string, string>> = {
  runbook_url: "runbook",
  dashboard_url: "dashboard",
  logs_query: "query for logs",
  traces_query: "query for traces",
};

/** Where an alert leads. @param hasEffects The first queries show the limits of the alert, and follow them. */
export function linkChange(
  base: AboutAlert,
  before: RenderedAlert,
  after: RenderedAlert,
  hasEffects: boolean,
): readonly Consequence[] {
  const changed = changedKeys(before.annotations, after.annotations).filter(
    (name) => links[name] !== undefined && !(hasEffects && name.endsWith("_query")),
  );
  if (changed.length === 0) return [];
  const names = changed.map((name) => links[name] ?? name);
  const details = changed.flatMap((name) => [
    `${links[name]}: ${after.annotations[name] ?? "none"}`,
    `  was: ${before.annotations[name] ?? "none"}`,
  ]);
  return [{ rule: "alert-links-changed", ...base, text: `leads to another ${listed(names)}`, details }];
}

/** Words alone. */
export function textChange(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  if (sameData(before.annotations, after.annotations)) return [];
  return [{ rule: "alert-text-changed", ...base, text: "says the same in other words", details: [] }];
}

function changedKeys(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .sort();
}
