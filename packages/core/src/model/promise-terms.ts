/** What a promise does when it is about to be broken: a page wakes somebody, a ticket waits for the morning. */
export type PromiseAlerts = "page-and-ticket" | "ticket" | "none";

/** What every promise may say beyond what it is about. What is left out has the default of its field. */
export interface PromiseTerms {
  /** Percent of events or of time, above 0 and below 100. */
  readonly objective: number;
  /** How long the promise looks back, as a Prometheus duration from a day to a year. @default "30d" */
  readonly period?: string;
  /** The budget begins anew with each month or quarter, in UTC, beside the period that looks back. @default none */
  readonly calendar?: CalendarWindow;
  /** Labels that get a budget of their own for each of their values: `["http_route"]`. @default one budget for all */
  readonly by?: readonly string[];
  /** With `by`: more combinations of labels than this are not measured at all, so that a label of many values cannot fill the store. @default 50 */
  readonly seriesLimit?: number;
  /** An alert waits until its long window holds so many events: of three requests at night one may fail. @default none */
  readonly minimumEvents?: number;
  /** An alert when what is counted is not there at all. @default for promises that page */
  readonly absent?: boolean;
  /** Both alerts have one name, as Sloth gives them, or end in `Page` and `Ticket`. @default "shared" */
  readonly alertNames?: "shared" | "distinct";
  /** How long an alert's condition must hold before it fires, as Prometheus durations. @default at once: the windows wait enough */
  readonly for?: { readonly page?: string; readonly ticket?: string };
  /** The whole period as the mean of short slices, as Sloth does, or counted event by event: right under uneven load, and dearer. @default "slices" */
  readonly periodRatio?: "slices" | "events";
  /** What is agreed for when the budget runs low, the most budget first. @default by the package that renders it */
  readonly budgetPolicy?: readonly BudgetStep[];
}

/** A window that begins with the calendar's. */
export type CalendarWindow = "month" | "quarter";

/** What is agreed for when no more than so much of the error budget is left. */
export interface BudgetStep {
  /** Percent of the budget, from 0 to 100. */
  readonly left: number;
  /** What is done then, in one line. */
  readonly action: string;
  /** An alert says so. @default nobody is told */
  readonly alert?: "critical" | "warning" | "info";
}

/** `PromiseTerms` as they are typed. */
export interface PromiseTermsInput {
  /** Percent of events or of time, above 0 and below 100. */
  objective: number;
  /** @default by tier: critical pages, high opens tickets, medium and low stay quiet */
  alerts?: PromiseAlerts;
  /** How long the promise looks back, as a Prometheus duration from a day to a year. @default "30d" */
  period?: string;
  /** The budget begins anew with each month or quarter, in UTC, beside the period that looks back. @default none */
  calendar?: CalendarWindow;
  /** Labels that get a budget of their own for each of their values: `["http_route"]`. @default one budget for all */
  by?: string[];
  /** With `by`: more combinations of labels than this are not measured at all. @default 50 */
  seriesLimit?: number;
  /** An alert waits until its long window holds so many events. @default none */
  minimumEvents?: number;
  /** An alert when what is counted is not there at all. @default for promises that page */
  absent?: boolean;
  /** Both alerts have one name, as Sloth gives them, or end in `Page` and `Ticket`. @default "shared" */
  alertNames?: "shared" | "distinct";
  /** How long an alert's condition must hold before it fires, as Prometheus durations. @default at once */
  for?: { page?: string; ticket?: string };
  /** The whole period as the mean of short slices, as Sloth does, or counted event by event. @default "slices" */
  periodRatio?: "slices" | "events";
  /** What is agreed for when the budget runs low. @default by the package that renders it */
  budgetPolicy?: { left: number; action: string; alert?: "critical" | "warning" | "info" }[];
}
