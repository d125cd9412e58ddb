import type { BudgetStep, ServicePromise } from "@plinth/core";
import { additionalAlertNames } from "../rules/additional-rules.ts";
import type { BudgetAlert, ObjectiveExtras } from "./service-level-objective.ts";

/**
 * What is agreed for when the budget of a promise runs low, unless it says otherwise.
 *
 * @see https://sre.google/workbook/error-budget-policy/
 */
export const defaultBudgetPolicy: readonly BudgetStep[] = [
  { left: 50, action: "The team looks at what used it up, and plans what prevents it." },
  { left: 25, action: "Risky changes wait; what makes the service more reliable goes first.", alert: "info" },
  { left: 0, action: "Only fixes are released until there is budget again.", alert: "warning" },
];

type Said = (alert: string) => Readonly<Record<string, string>>;

/** What a promise asks for beyond what Sloth has words for. Promises without alerts tell nobody anything, unless they say so. */
export function extrasOf(promise: ServicePromise, service: string, said: Said): ObjectiveExtras {
  const { alertNames, minimumEvents, periodRatio, calendar, by, seriesLimit, alerts } = promise;
  const silent = alerts === "none";
  const absent = promise.absent ?? (alerts === "page-and-ticket" && promise.kind !== "plugin");
  const policy = promise.budgetPolicy ?? (silent ? [] : defaultBudgetPolicy);
  const budget = policy.flatMap((step) => budgetAlert(step, promise, service, said));
  return {
    ...(alertNames === "distinct" ? { distinctNames: true } : {}),
    ...(promise.for === undefined ? {} : { for: promise.for }),
    ...(minimumEvents === undefined ? {} : { minimumEvents }),
    ...(by === undefined || seriesLimit === undefined ? {} : { seriesLimit }),
    ...(periodRatio === "events" ? { exactPeriod: true } : {}),
    ...(calendar === undefined ? {} : { calendar }),
    ...(absent ? { absent: absentAlert(promise, service, said) } : {}),
    ...(budget.length === 0 ? {} : { budget }),
    ...(policy.length === 0 ? {} : { policy }),
  };
}

function absentAlert({ name }: ServicePromise, service: string, said: Said): NonNullable<ObjectiveExtras["absent"]> {
  return {
    labels: { severity: "warning" },
    annotations: {
      ...said(additionalAlertNames.absent),
      summary: `Nothing is measured for the promise ${name} of ${service}`,
      description: "The series that it is counted from are not there, so no other alert of this promise can fire.",
    },
  };
}

function budgetAlert(
  { left, action, alert }: BudgetStep,
  { name }: ServicePromise,
  service: string,
  said: Said,
): readonly BudgetAlert[] {
  if (alert === undefined) return [];
  const kind = left > 0 ? additionalAlertNames.low : additionalAlertNames.exhausted;
  return [
    {
      left,
      labels: { severity: alert, budget_left: String(left) },
      annotations: {
        ...said(kind),
        summary: `{{ $value | humanizePercentage }} of the error budget of the promise ${name} of ${service} is left`,
        description: action,
      },
    },
  ];
}
