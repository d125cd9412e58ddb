import { type AlertingRule, call, printPromqlLine, type RecordingRule } from "@plinth/metrics";
import { absentDelay } from "../meaning/absent-delay.ts";
import type { BudgetAlert, ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { printed, windowVariable } from "../sloth/indicator-rules.ts";
import { type RuleContext, sortedLabels } from "../sloth/rule-context.ts";
import { calendarRules } from "./calendar-rules.ts";

/** Names of the alerts that an objective can have beside those on its burn rate. */
export const additionalAlertNames = {
  absent: "SloMetricAbsent",
  low: "ErrorBudgetLow",
  exhausted: "ErrorBudgetExhausted",
} as const;

/** What an objective has beside Sloth's rules. */
export function additionalRules(
  objective: ServiceLevelObjective,
  context: RuleContext,
): readonly (RecordingRule | AlertingRule)[] {
  const { extras = {} } = objective;
  return [
    ...(extras.calendar === undefined ? [] : calendarRules(context, extras.calendar)),
    ...absentAlert(objective, context),
    ...(extras.budget ?? []).map((step) => budgetAlert(step, objective, context)),
  ];
}

/**
 * That what is counted is not there: then no ratio is recorded, and no other alert of the objective can fire. It waits as long as a full outage would need
 * to page, because that is what it may be.
 */
function absentAlert(objective: ServiceLevelObjective, { windows }: RuleContext): readonly AlertingRule[] {
  const { indicator, extras = {}, alerts } = objective;
  if (extras.absent === undefined || indicator.kind === "plugin") return [];
  const presence = indicator.presence ?? (indicator.kind === "events" ? indicator.total : indicator.errorRatio);
  const shortest = printed(windows.page.quick.shortWindow);
  return [
    {
      alert: additionalAlertNames.absent,
      expr: printPromqlLine(call("absent", presence)).replace(windowVariable, shortest),
      for: absentDelay(objective),
      labels: sortedLabels({ ...alerts.labels, ...extras.absent.labels }),
      annotations: sortedLabels({ ...alerts.annotations, ...extras.absent.annotations }),
    },
  ];
}

/**
 * That little of the budget is left. On the first days the mean over the period is one of a few hours, so it says something only when a tenth of the
 * period has been recorded.
 */
function budgetAlert(
  { left, labels, annotations }: BudgetAlert,
  { alerts }: ServiceLevelObjective,
  { filter, windows }: RuleContext,
): AlertingRule {
  const on = "on (sloth_id, sloth_service, sloth_slo)";
  return {
    alert: left > 0 ? additionalAlertNames.low : additionalAlertNames.exhausted,
    expr: `max(slo:period_error_budget_remaining:ratio${filter} <= ${left / 100}) without (sloth_window)\nand ${on}\nslo:objective:ratio${filter} offset ${windows.ticket.slow.longWindow}\n`,
    labels: sortedLabels({ ...alerts.labels, ...labels }),
    annotations: sortedLabels({ ...alerts.annotations, ...annotations }),
  };
}
