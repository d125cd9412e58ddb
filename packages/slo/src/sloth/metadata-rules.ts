import type { RecordingRule } from "@plinth/metrics";
import { formatDecimal } from "@plinth/metrics";
import { days } from "./burn-rate.ts";
import { formatGoNumber } from "./go-number.ts";
import { periodSeries, windowSeries } from "./indicator-rules.ts";
import { type RuleContext, sortedLabels } from "./rule-context.ts";

/** Who made the rules: labels of `sloth_slo_info`. */
export interface RuleOrigin {
  /** Sloth's version. */
  readonly version: string;
  /** What made them: Sloth says `cli-gen-k8s` or `ctrl-gen-k8s`. */
  readonly mode: string;
  /** The specification that they were made from. */
  readonly spec: string;
}

/**
 * What dashboards read: the objective, the budget, how fast it burns, how much is left.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/internal/plugin/slo/core/metadata_rules_v1/plugin.go
 */
export function metadataRules(context: RuleContext, origin: RuleOrigin): readonly RecordingRule[] {
  const { slo, filter, windows } = context;
  const labels = sortedLabels({ ...context.idLabels, ...context.labels });
  const ratio = formatGoNumber(slo.objective / 100);
  const burnRate = (series: string): string =>
    `${series}${filter}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\nslo:error_budget:ratio${filter}\n`;
  return [
    { record: "slo:objective:ratio", expr: `vector(${ratio})`, labels },
    { record: "slo:error_budget:ratio", expr: `vector(1-${ratio})`, labels },
    { record: "slo:time_period:days", expr: `vector(${formatGoNumber(days(windows.period))})`, labels },
    { record: "slo:current_burn_rate:ratio", expr: burnRate(windowSeries(windows.page.quick.shortWindow)), labels },
    { record: "slo:period_burn_rate:ratio", expr: burnRate(periodSeries(context)), labels },
    { record: "slo:period_error_budget_remaining:ratio", expr: `1 - slo:period_burn_rate:ratio${filter}`, labels },
    {
      record: "sloth_slo_info",
      expr: "vector(1)",
      labels: sortedLabels({
        ...labels,
        sloth_version: origin.version,
        sloth_mode: origin.mode,
        sloth_spec: origin.spec,
        sloth_objective: formatDecimal(slo.objective),
      }),
    },
  ];
}
