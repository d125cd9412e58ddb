import { type PromqlSelector, promqlSelectors } from "@plinth/metrics";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import type { Consequence } from "../consequence.ts";
import { aboutObjects } from "../whole/about.ts";
import { pairsOf } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { compareExpressions } from "./expression-change.ts";
import { type RenderedRecording, rulesOf } from "./rules-of.ts";

/** Recorded series that come, go, or mean something else, in one environment. */
export function recordingChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = toldChanges(comparison, environment, "PrometheusRule");
  const on = (side: "before" | "after"): readonly RenderedRecording[] =>
    changes.flatMap((change) => (change[side] === undefined ? [] : rulesOf(change[side]).recordings));
  return pairsOf(on("before"), on("after"), keyOf).flatMap(({ before, after }): readonly Consequence[] => {
    const recording = after ?? before;
    if (recording === undefined) return [];
    const base = { ...aboutObjects(environment, [recording.object]), subject: recording.name };
    if (before === undefined || after === undefined) {
      const fate = before === undefined ? "added" : "removed";
      // Who asks for it on the side that has it not.
      const users = usersOf(before === undefined ? comparison.before : comparison.after, environment, recording);
      return [
        {
          rule: users.length === 0 ? `recording-rule-${fate}` : `used-recording-rule-${fate}`,
          ...base,
          text: `is recorded ${fate === "added" ? "from now on" : "no more"}${users.length === 0 ? "" : `; ${users.length === 1 ? "a rule asks" : `${users.length} rules ask`} for it`}`,
          details: users,
        },
      ];
    }
    const change = compareExpressions(before.expression, after.expression);
    if (change.kind === "same") return [];
    return [
      {
        rule: "recording-rule-changed",
        ...base,
        text: "records something else",
        details: change.kind === "other" ? [`- ${change.before}`, `+ ${change.after}`] : [],
      },
    ];
  });
}

function keyOf({ name, labels }: RenderedRecording): string {
  return `${name} ${Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .sort()
    .join(" ")}`;
}

/** Rules that ask for a series while nothing records it. */
function usersOf(tree: Tree, environment: string, recording: RenderedRecording): readonly string[] {
  const rules = tree.objectsIn(environment, "PrometheusRule").map((object) => rulesOf(object));
  const recorded = rules.flatMap(({ recordings }) => recordings.filter(({ name }) => name === recording.name));
  const asking = rules
    .flatMap(({ alerts, recordings }) => [...alerts, ...recordings])
    .filter(
      ({ expression }) =>
        expression.includes(recording.name) &&
        promqlSelectors(expression).some(
          (selector) => finds(selector, recording) && !recorded.some((other) => finds(selector, other)),
        ),
    );
  const names = asking.map(({ name, labels }) =>
    labels.service === undefined ? name : `${name} of ${labels.service}`,
  );
  return [...new Set(names)].sort();
}

/** False where a label that the rule sets is asked to be another. */
function finds({ series, matchers }: PromqlSelector, { name, labels }: RenderedRecording): boolean {
  return (
    series === name &&
    matchers.every(
      ({ label, operator, value }) => operator !== "=" || labels[label] === undefined || labels[label] === value,
    )
  );
}
