import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { distinctName } from "../rules/changed-rules.ts";
import type { AlertWindowPair, AlertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { budgetOf, conditions, seconds, secondsUntilBurning, threshold } from "./time-to-fire.ts";

/** What an objective means, in numbers. Times are seconds, shares are from 0 to 1. */
export interface ObjectiveMeaning {
  readonly service: string;
  readonly name: string;
  /** What is promised, in one sentence. */
  readonly description: string;
  /** Percent. */
  readonly objective: number;
  /** A Prometheus duration. */
  readonly period: string;
  readonly budget: ErrorBudget;
  /** Those that it has: page, ticket. */
  readonly alerts: readonly AlertMeaning[];
}

/** What may go wrong within the period. */
export interface ErrorBudget {
  /** Share of events, or of time. */
  readonly share: number;
  /** Seconds of full outage under even traffic. */
  readonly outage: number;
  /** Bad events among a million. */
  readonly perMillion: number;
}

/** What one of the alerts notices, and how soon. */
export interface AlertMeaning {
  readonly severity: "page" | "ticket";
  /** Name of the alert. */
  readonly name: string;
  readonly conditions: readonly ConditionMeaning[];
  /** It fires at some time when more than this share is bad, for long enough; 1 when it never can. */
  readonly smallestErrorRate: number;
  /** Share of the period's budget that a steady share of bad events can use up before its condition holds, and while the alert waits: no steady one uses up more. */
  readonly mostLost: number;
  /** How soon it fires, for some shares of bad events. */
  readonly fires: readonly AlertDelay[];
}

/** One of the two conditions of an alert. */
export interface ConditionMeaning {
  /** How many times too fast the budget burns. */
  readonly burnRate: number;
  readonly shortWindow: string;
  readonly longWindow: string;
  /** The share of bad events that both windows must exceed; above 1 they never do. */
  readonly threshold: number;
}

/** How soon an alert fires after the first bad event, if nothing was bad before, traffic is even, and this share of it stays bad. */
export interface AlertDelay {
  /** Share of bad events. */
  readonly errorRate: number;
  /** Seconds; left out when it never fires. */
  readonly after?: {
    /** By the windows, and what the alert waits (`for`) beyond them. */
    readonly soonest: number;
    /** And until samples are taken and rules are evaluated. */
    readonly latest: number;
    /** Share of the period's budget that is used up by then, at the latest. */
    readonly lost: number;
  };
}

/** What the delay of an alert hangs on beside its windows, as Prometheus durations. */
export interface MeaningOptions {
  /** How far apart samples are. @default "30s" */
  readonly scrapeInterval?: string;
  /** How often rules are evaluated. @default "30s" */
  readonly evaluationInterval?: string;
  /** Shares of bad events that are asked about. @default a full outage, 10 %, 1 % */
  readonly errorRates?: readonly number[];
}

/**
 * What an objective means: its budget, and when each of its alerts fires. Computed from the windows alone; no traffic is looked at.
 *
 * @see https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const [objective] = objectivesOf(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout"));
 * const minutes = objective && Math.round(meaningOf(objective).budget.outage / 60); // 43
 */
export function meaningOf(objective: ServiceLevelObjective, options: MeaningOptions = {}): ObjectiveMeaning {
  const { service, name, description, alerts, period = "30d" } = objective;
  const windows = windowsFor(period);
  const share = budgetOf(objective.objective);
  const severities = [
    ...(alerts.page === undefined ? [] : ["page" as const]),
    ...(alerts.ticket === undefined ? [] : ["ticket" as const]),
  ];
  return {
    service,
    name,
    description,
    objective: objective.objective,
    period,
    budget: { share, outage: share * seconds(period), perMillion: share * 1e6 },
    alerts: severities.map((severity) => alertMeaning(objective, severity, windows, share, options)),
  };
}

function alertMeaning(
  { alerts, extras = {} }: ServiceLevelObjective,
  severity: "page" | "ticket",
  windows: AlertWindows,
  budget: number,
  { errorRates = [1, 0.1, 0.01], ...intervals }: MeaningOptions,
): AlertMeaning {
  const pair = windows[severity];
  const reachable = conditions(pair).filter((window) => threshold(windows, window, budget) < 1);
  const delay = { for: seconds(extras.for?.[severity] ?? "0s"), ...intervals };
  return {
    severity,
    name: extras.distinctNames === true ? distinctName(alerts.name, severity) : alerts.name,
    conditions: conditions(pair).map((window) => ({
      burnRate: burnRateFactor(windows, window),
      shortWindow: window.shortWindow,
      longWindow: window.longWindow,
      threshold: threshold(windows, window, budget),
    })),
    smallestErrorRate: Math.min(1, ...reachable.map((window) => threshold(windows, window, budget))),
    mostLost:
      reachable.length === 0
        ? 0
        : Math.max(...reachable.map((window) => window.errorBudgetPercent)) / 100 +
          delay.for / (seconds(windows.period) * budget),
    fires: errorRates.map((errorRate) => alertDelay(windows, pair, budget, errorRate, delay)),
  };
}

function alertDelay(
  windows: AlertWindows,
  pair: AlertWindowPair,
  budget: number,
  errorRate: number,
  delay: { readonly for: number } & Pick<MeaningOptions, "scrapeInterval" | "evaluationInterval">,
): AlertDelay {
  const burning = secondsUntilBurning(windows, pair, budget, errorRate);
  if (burning === undefined) return { errorRate };
  const evaluation = seconds(delay.evaluationInterval ?? "30s");
  // A sample, the recorded ratio, the alert; and with `for` the first evaluation after it.
  const steps = seconds(delay.scrapeInterval ?? "30s") + evaluation * (delay.for === 0 ? 2 : 3);
  const soonest = burning + delay.for;
  const latest = soonest + steps;
  return {
    errorRate,
    after: { soonest, latest, lost: (latest * errorRate) / (seconds(windows.period) * budget) },
  };
}
