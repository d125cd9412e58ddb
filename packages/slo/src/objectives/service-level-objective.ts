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
  /** Labels of everything that is recorded for it, and so of its alerts. */
  readonly labels: Readonly<Record<string, string>>;
  readonly alerts: BurnAlerts;
}

/** What is counted. Both expressions look over the range `{{.window}}`, which the rules fill in. */
export interface Indicator {
  readonly kind: "events";
  /** Events that break the promise, for each second. */
  readonly bad: Expression;
  /** All events, for each second. */
  readonly total: Expression;
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
