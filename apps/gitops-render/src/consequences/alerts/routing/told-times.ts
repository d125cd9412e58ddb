import { type AlertmanagerConfig, type Delivery, deliveriesOf } from "@plinth/alerts";
import { once } from "@plinth/core";

/** Half hours of a week, from Monday on. */
export type HalfHours = readonly boolean[];

const HALF_HOUR = 30 * 60 * 1000;
const HALF_HOURS = 7 * 48;
// A Monday of a week without a public change of clocks.
const MONDAY = Date.UTC(2026, 10, 16);

const always: HalfHours = Array.from({ length: HALF_HOURS }, () => true);

/** The half hours of a week in which a delivery is sent, by the mute and active times of its route. */
export function sentIn(config: AlertmanagerConfig, { path }: Delivery): HalfHours {
  const route = path.length > 1 ? path.at(-1) : undefined;
  const { mute_time_intervals: mute = [], active_time_intervals: active = [] } = route ?? {};
  const muted = mute.map((name) => weekOf(config, name));
  const open = active.map((name) => weekOf(config, name));
  if (muted.length + open.length === 0) return always;
  return always.map(
    (_, index) => !muted.some((week) => week[index]) && (open.length === 0 || open.some((week) => week[index])),
  );
}

/** What a delivery's times are made of: the same text, the same times. */
export function timesText({ time_intervals = [] }: AlertmanagerConfig, { path }: Delivery): string {
  const { mute_time_intervals: mute = [], active_time_intervals: active = [] } = path.at(-1) ?? {};
  const defined = (names: readonly string[]): readonly unknown[] =>
    names.map((name) => time_intervals.find((interval) => interval.name === name)?.time_intervals);
  return JSON.stringify([defined(mute), defined(active)]);
}

/** The same of times that do not come each week. */
export function singleDaysText({ time_intervals = [] }: AlertmanagerConfig, { path }: Delivery): string {
  const { mute_time_intervals: mute = [], active_time_intervals: active = [] } = path.at(-1) ?? {};
  const defined = (names: readonly string[]): readonly unknown[] =>
    time_intervals
      .filter(({ name }) => names.includes(name))
      .flatMap((interval) => interval.time_intervals)
      .filter((interval) => "days_of_month" in interval || "months" in interval || "years" in interval);
  return JSON.stringify([defined(mute), defined(active)]);
}

/** Half hours in which one of several is sent. */
export function anyOf(weeks: readonly HalfHours[]): HalfHours {
  return always.map((_, index) => weeks.some((week) => week[index]));
}

/** How many hours of the week. */
export function hoursOf(week: HalfHours): number {
  return week.filter(Boolean).length / 2;
}

const weeksOf = once((_: AlertmanagerConfig): Map<string, HalfHours> => new Map());

/** The half hours of a week that a time interval holds. */
function weekOf(config: AlertmanagerConfig, name: string): HalfHours {
  const weeks = weeksOf(config);
  const week = weeks.get(name) ?? always.map((_, index) => holds(config, name, new Date(MONDAY + index * HALF_HOUR)));
  weeks.set(name, week);
  return week;
}

function holds({ time_intervals = [] }: AlertmanagerConfig, name: string, time: Date): boolean {
  const asked: AlertmanagerConfig = {
    route: { receiver: "somebody", routes: [{ active_time_intervals: [name] }] },
    receivers: [{ name: "somebody" }],
    time_intervals: time_intervals.filter((interval) => interval.name === name),
  };
  return deliveriesOf(asked, {}, { time }).some(({ sent }) => sent);
}
