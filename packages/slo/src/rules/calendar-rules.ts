import type { CalendarWindow } from "@plinth/core";
import type { RecordingRule } from "@plinth/metrics";
import { windowSeries } from "../sloth/indicator-rules.ts";
import { type RuleContext, sortedLabels } from "../sloth/rule-context.ts";

interface CalendarArithmetic {
  /** A number that changes when a window begins. */
  readonly index: string;
  /** Seconds since the window began, and seconds that it has. */
  readonly gone: string;
  readonly all: string;
  /** The longest that a window can be. */
  readonly longest: string;
}

const today = "hour() * 3600 + minute() * 60";
// Right until 2100, which is no leap year.
const leapDay = "(year() % 4 == bool 0)";
const quarter = "ceil(month() / 3)";

/** PromQL's own calendar, which is UTC. */
const arithmetic: Readonly<Record<CalendarWindow, CalendarArithmetic>> = {
  month: {
    index: "year() * 12 + month()",
    gone: `(day_of_month() - 1) * 86400 + ${today}`,
    all: "days_in_month() * 86400",
    longest: "31d",
  },
  quarter: {
    index: `year() * 4 + ${quarter}`,
    gone: `(day_of_year() - 1 - (month() > bool 3) * (90 + ${leapDay}) - (month() > bool 6) * 91 - (month() > bool 9) * 92) * 86400 + ${today}`,
    // 90 or 91, 91, 92 and 92 days.
    all: `(90 + (${quarter} == bool 1) * ${leapDay} + (${quarter} == bool 2) + (${quarter} > bool 2) * 2) * 86400`,
    longest: "92d",
  },
};

/**
 * The budget of the month or quarter that it is now: the share of bad events since it began, how much of it is gone, and the share of its budget that is
 * left, if traffic is even. The window's number is recorded, too, so that a subquery can tell the slices of this window (`@ end()` is the moment of
 * evaluation) from those of the last.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#-modifier
 */
export function calendarRules(context: RuleContext, window: CalendarWindow): readonly RecordingRule[] {
  const { filter } = context;
  const { index, gone, all, longest } = arithmetic[window];
  const labels = sortedLabels({ ...context.idLabels, ...context.labels, calendar: window });
  const on = "on (sloth_id, sloth_service, sloth_slo)";
  // Slices of an hour: as many points as a month has hours, and nothing between them.
  const { longWindow } = context.windows.page.quick;
  const slice = `${windowSeries(longWindow)}${filter}`;
  const now = `(slo:calendar_window:index${filter} == (slo:calendar_window:index${filter} @ end()))`;
  return [
    { record: "slo:calendar_window:index", expr: index, labels },
    { record: "slo:calendar_elapsed:ratio", expr: `(${gone}) / (${all})`, labels },
    {
      record: "slo:calendar_error:ratio",
      expr: `max(avg_over_time((${slice} and ${on} ${now})[${longest}:${longWindow}])) without (sloth_window)`,
      labels,
    },
    {
      record: "slo:calendar_error_budget_remaining:ratio",
      expr: `1 - slo:calendar_error:ratio${filter} * ${on} group_left slo:calendar_elapsed:ratio${filter} / ${on} group_left slo:error_budget:ratio${filter}`,
      labels,
    },
  ];
}
