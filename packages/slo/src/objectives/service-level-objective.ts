import type { BudgetStep, CalendarWindow } from "@plinth/core";
import type { Expression } from "@plinth/metrics";

/** A promise as something that can be measured: whatever it is rendered as (Sloth's resource, rules) comes from this. */
export interface ServiceLevelObjective {
  readonly service: string;
  /** Unique within the service. */
  readonly name: string;
  /** One sentence: what is promised. */
  readonly description: string;
  /** Percent of events that must be good. */
  readonly objective: number;
  readonly indicator: Indicator;
  /** How long it looks back, as a Prometheus duration. @default "30d" */
  readonly period?: string;
  /** Labels of everything that is recorded for it, and so of its alerts. */
  readonly labels: Readonly<Record<string, string>>;
  readonly alerts: BurnAlerts;
  /** What Sloth has no words for. @default none: the rules are Sloth's own */
  readonly extras?: ObjectiveExtras;
}

/** What is counted. Expressions look over the range `{{.window}}`, which the rules fill in. */
export type Indicator = EventsIndicator | RatioIndicator | PluginIndicator;

export interface EventsIndicator {
  readonly kind: "events";
  /** Events that break the promise, for each second. */
  readonly bad: Expression;
  /** All events, for each second. */
  readonly total: Expression;
  /** What is there as long as anything is measured, be it 0. @default `total` over 5 minutes */
  readonly presence?: Expression;
  /** Labels that each have a budget of their own. */
  readonly by?: readonly string[];
}

/** A share of what is bad: of time, or one that somebody else computes. */
export interface RatioIndicator {
  readonly kind: "ratio";
  readonly errorRatio: Expression;
  /** What is there as long as anything is measured, be it 0. @default `errorRatio` over 5 minutes */
  readonly presence?: Expression;
  readonly by?: readonly string[];
}

/** Only Sloth itself can make rules of it. */
export interface PluginIndicator {
  readonly kind: "plugin";
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
}

/** The alerts on a burning error budget. */
export interface BurnAlerts {
  /** Name of both alerts. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Wakes somebody. */
  readonly page?: BurnAlert;
  /** Waits for the morning. */
  readonly ticket?: BurnAlert;
}

/** What one of the alerts says beyond what both say. */
export interface BurnAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What Sloth has no words for. */
export interface ObjectiveExtras {
  /** Page and ticket have a name of their own: the shared one with `Page` and `Ticket` behind it. */
  readonly distinctNames?: boolean;
  /** How long an alert's condition must hold before it fires, as Prometheus durations. */
  readonly for?: { readonly page?: string; readonly ticket?: string };
  /** An alert waits until its long window holds so many events. */
  readonly minimumEvents?: number;
  /** More combinations of the labels than this are not measured. */
  readonly seriesLimit?: number;
  /** The whole period counted event by event. */
  readonly exactPeriod?: boolean;
  /** The alert that says that nothing is measured. */
  readonly absent?: BurnAlert;
  /** Alerts that say that the budget runs low. */
  readonly budget?: readonly BudgetAlert[];
  /** The budget begins anew with each month or quarter. */
  readonly calendar?: CalendarWindow;
  /** What is agreed for when the budget runs low: data for pages and dashboards. */
  readonly policy?: readonly BudgetStep[];
}

/** An alert that fires when no more than so much of the budget is left. */
export interface BudgetAlert extends BurnAlert {
  /** Percent of the budget. */
  readonly left: number;
}
