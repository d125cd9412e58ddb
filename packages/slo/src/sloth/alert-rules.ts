import type { AlertingRule } from "@plinth/metrics";
import type { AlertWindow, AlertWindowPair } from "./alert-windows.ts";
import { burnRateFactor } from "./burn-rate.ts";
import { formatGoNumber } from "./go-number.ts";
import { windowSeries } from "./indicator-rules.ts";
import type { SlothAlert } from "./prometheus-service-level.ts";
import { type RuleContext, sortedLabels } from "./rule-context.ts";

/**
 * The alerts on a burning error budget: multi-window, multi-burn-rate.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/internal/plugin/slo/core/alert_rules_v1/plugin.go
 */
export function alertRules(context: RuleContext): readonly AlertingRule[] {
  const { alerting } = context.slo;
  return [
    ...burnAlert(context, "page", context.windows.page, alerting.pageAlert ?? {}),
    ...burnAlert(context, "ticket", context.windows.ticket, alerting.ticketAlert ?? {}),
  ];
}

function burnAlert(
  context: RuleContext,
  severity: "page" | "ticket",
  windows: AlertWindowPair,
  alert: SlothAlert,
): readonly AlertingRule[] {
  const { alerting } = context.slo;
  if (alert.disable === true) return [];
  const about = "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is";
  return [
    {
      alert: alerting.name ?? "",
      expr: `${burning(context, windows.quick)}or\n${burning(context, windows.slow)}`,
      labels: sortedLabels({ sloth_severity: severity, ...alerting.labels, ...alert.labels }),
      annotations: sortedLabels({
        title: `(${severity}) ${about} too fast.`,
        summary: `${about} over expected.`,
        ...alerting.annotations,
        ...alert.annotations,
      }),
    },
  ];
}

/** That both windows burn; `also` is what else must hold, each line indented and ended. */
export function burning({ slo, filter, windows }: RuleContext, window: AlertWindow, also = ""): string {
  const factor = formatGoNumber(burnRateFactor(windows, window));
  // Sloth's subtraction, with its noise: 100 - 99.9 is 0.09999999999999432.
  const budget = formatGoNumber((100 - slo.objective) / 100);
  const above = (series: string): string =>
    `    max(${series}${filter} > (${factor} * ${budget})) without (sloth_window)\n`;
  return `(\n${above(windowSeries(window.shortWindow))}    and\n${above(windowSeries(window.longWindow))}${also})\n`;
}
