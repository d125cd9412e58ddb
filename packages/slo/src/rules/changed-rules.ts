import { parseDuration } from "@plinth/core";
import { type AlertingRule, printPromqlLine, type RecordingRule, type RuleGroup } from "@plinth/metrics";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { burning } from "../sloth/alert-rules.ts";
import type { AlertWindow } from "../sloth/alert-windows.ts";
import { errorRatio, periodSeries, printed, windowVariable } from "../sloth/indicator-rules.ts";
import type { RuleContext } from "../sloth/rule-context.ts";

/** Sloth's rules with what an objective wants otherwise. A rule that stays as it is stays the same object. */
export function changedRules(
  rules: RuleGroup["rules"],
  objective: ServiceLevelObjective,
  context: RuleContext,
): RuleGroup["rules"] {
  return rules.map((rule) =>
    "alert" in rule ? changedAlert(rule, objective, context) : changedRecord(rule, objective, context),
  );
}

function changedRecord(rule: RecordingRule, { extras }: ServiceLevelObjective, context: RuleContext): RecordingRule {
  if (extras?.exactPeriod !== true || rule.record !== periodSeries(context)) return rule;
  return { ...rule, expr: errorRatio(context.slo.sli, printed(context.windows.period)) };
}

function changedAlert(rule: AlertingRule, objective: ServiceLevelObjective, context: RuleContext): AlertingRule {
  const { extras = {} } = objective;
  const severity = rule.labels["sloth_severity"] === "page" ? "page" : "ticket";
  const wait = extras.for?.[severity];
  if (extras.distinctNames !== true && wait === undefined && extras.minimumEvents === undefined) return rule;
  return {
    alert: extras.distinctNames === true ? distinctName(rule.alert, severity) : rule.alert,
    expr: extras.minimumEvents === undefined ? rule.expr : guarded(objective, context, severity, extras.minimumEvents),
    ...(wait === undefined ? {} : { for: wait }),
    labels: rule.labels,
    annotations: rule.annotations,
  };
}

/** The name of one of the two alerts, where each has its own. */
export function distinctName(shared: string, severity: "page" | "ticket"): string {
  return `${shared}${severity === "page" ? "Page" : "Ticket"}`;
}

/** Both windows burn, and the long one holds events enough to say so. */
function guarded(
  { indicator }: ServiceLevelObjective,
  context: RuleContext,
  severity: "page" | "ticket",
  events: number,
): string {
  const { quick, slow } = context.windows[severity];
  const total = indicator.kind === "events" ? printPromqlLine(indicator.total) : undefined;
  const guard = ({ longWindow }: AlertWindow): string => {
    const seconds = (parseDuration(longWindow) ?? 0) / 1000;
    const on = (indicator.kind === "plugin" ? undefined : indicator.by) ?? [];
    return total === undefined
      ? ""
      : `    and on (${on.join(", ")})\n    (${total.replace(windowVariable, printed(longWindow))}) * ${seconds} >= ${events}\n`;
  };
  return `${burning(context, quick, guard(quick))}or\n${burning(context, slow, guard(slow))}`;
}
