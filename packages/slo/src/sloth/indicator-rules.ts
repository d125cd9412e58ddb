import { parseDuration, printDuration } from "@plinth/core";
import type { RecordingRule } from "@plinth/metrics";
import type { AlertWindows } from "./alert-windows.ts";
import type { SlothIndicator } from "./prometheus-service-level.ts";
import { errorRatioSeries, type RuleContext, sortedLabels } from "./rule-context.ts";

/**
 * The share of bad events over each window of the alerts, and over the whole period.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/internal/plugin/slo/core/sli_rules_v1/plugin.go
 */
export function indicatorRules(context: RuleContext): readonly RecordingRule[] {
  const period = printed(context.windows.period);
  const rule = (window: string, expr: string): RecordingRule => ({
    record: errorRatioSeries(window),
    expr,
    labels: sortedLabels({ ...context.idLabels, sloth_window: window, ...context.labels }),
  });
  return [
    ...windowsOf(context.windows).map((window) => rule(window, errorRatio(context.slo.sli, window))),
    rule(period, periodRatio(context, period)),
  ];
}

/** As Prometheus prints it: `28d` is `4w`, and part of a series' name. */
export function printed(duration: string): string {
  return printDuration(parseDuration(duration) ?? 0);
}

/** Each window once, the shortest first. */
function windowsOf({ page, ticket }: AlertWindows): readonly string[] {
  const windows = [page.quick, page.slow, ticket.quick, ticket.slow].flatMap(({ shortWindow, longWindow }) => [
    shortWindow,
    longWindow,
  ]);
  return [...new Set(windows.map((window) => parseDuration(window) ?? 0))].sort((a, b) => a - b).map(printDuration);
}

/** `{{.window}}` in a query, however many blanks it has: conventions.TplSLIQueryWindowVarRegex of Sloth. */
export const windowVariable: RegExp = /\{\{ *\.window *\}\}/g;

/** The share of bad events over a window. Throws a TypeError for a plugin. */
export function errorRatio(indicator: SlothIndicator, window: string): string {
  const filled = (query: string): string => query.replace(windowVariable, window);
  if (indicator.events !== undefined)
    return `(${filled(indicator.events.errorQuery)})\n/\n(${filled(indicator.events.totalQuery)})\n`;
  if (indicator.raw !== undefined) return `(${filled(indicator.raw.errorRatioQuery)})`;
  throw new TypeError(
    `The indicator plugin ${JSON.stringify(indicator.plugin.id)} runs in Sloth only. Expected events or raw.`,
  );
}

/** The mean of the shortest windows instead of a query over the whole period: Sloth's optimized rule. */
function periodRatio({ filter, windows }: RuleContext, period: string): string {
  const slice = `${errorRatioSeries(printed(windows.page.quick.shortWindow))}${filter}[${period}]`;
  return `sum_over_time(${slice})\n/ ignoring (sloth_window)\ncount_over_time(${slice})\n`;
}

/** The series that the budget of the whole period is read from. */
export function periodSeries({ windows }: RuleContext): string {
  return errorRatioSeries(printed(windows.period));
}

/** The series of a window of an alert. */
export function windowSeries(window: string): string {
  return errorRatioSeries(printed(window));
}
