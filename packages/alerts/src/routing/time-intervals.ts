import { type Maintenance, type Weekday, type WorkingHours, weekdays } from "@plinth/core";
import type { TimeInterval } from "./alertmanager-config.ts";

/** The hours of some days of each week, as Alertmanager writes them. */
export function hoursInterval({ days, from, to, timeZone }: WorkingHours): TimeInterval {
  return {
    weekdays: weekdayRanges(days),
    times: [{ start_time: from, end_time: to }],
    ...(timeZone === "UTC" ? {} : { location: timeZone }),
  };
}

/** The time of a maintenance: one interval for each week's hours; for one that comes once its first day, its last, and the days between, month by month. */
export function maintenanceIntervals({ days, from, to, timeZone }: Maintenance): readonly TimeInterval[] {
  if (days !== undefined) return [hoursInterval({ days, from, to, timeZone })];
  const [firstDay = "", start = ""] = from.split("T");
  const [lastDay = "", end = ""] = to.split("T");
  const location = timeZone === "UTC" ? {} : { location: timeZone };
  const partOf = (day: string, begins: string, ends: string): readonly TimeInterval[] =>
    begins === ends
      ? []
      : [
          {
            ...(begins === "00:00" && ends === "24:00" ? {} : { times: [{ start_time: begins, end_time: ends }] }),
            ...datesOf(day, day),
            ...location,
          },
        ];
  if (firstDay === lastDay) return partOf(firstDay, start, end);
  return [
    ...partOf(firstDay, start, "24:00"),
    ...monthsBetween(firstDay, lastDay).map(([begin, last]) => ({ ...datesOf(begin, last), ...location })),
    ...partOf(lastDay, "00:00", end),
  ];
}

function datesOf(begin: string, end: string): TimeInterval {
  const [year = "", month = "", day = ""] = begin.split("-");
  const lastDay = end.split("-")[2] ?? "";
  const number = (text: string): string => String(Number(text));
  return {
    days_of_month: [begin === end ? number(day) : `${number(day)}:${number(lastDay)}`],
    months: [number(month)],
    years: [year],
  };
}

const day = 24 * 60 * 60 * 1000;

/** The whole days between two days, in stretches within one month. */
function monthsBetween(first: string, last: string): readonly (readonly [string, string])[] {
  const stretches: [string, string][] = [];
  for (let time = Date.parse(first) + day; time < Date.parse(last); time += day) {
    const date = new Date(time).toISOString().slice(0, 10);
    const open = stretches.at(-1);
    if (open !== undefined && open[0].slice(0, 7) === date.slice(0, 7)) open[1] = date;
    else stretches.push([date, date]);
  }
  return stretches;
}

// Alertmanager counts from Sunday and takes no range that ends before it begins.
const fromSunday: readonly Weekday[] = [...weekdays.slice(6), ...weekdays.slice(0, 6)];

function weekdayRanges(days: readonly Weekday[]): readonly string[] {
  const ranges: [Weekday, Weekday][] = [];
  for (const [index, name] of fromSunday.entries()) {
    if (!days.includes(name)) continue;
    const open = ranges.at(-1);
    if (open !== undefined && open[1] === fromSunday[index - 1]) open[1] = name;
    else ranges.push([name, name]);
  }
  return ranges.map(([begin, end]) => (begin === end ? begin : `${begin}:${end}`));
}
