import type { NamedTimeInterval, TimeInterval } from "./alertmanager-config.ts";

const weekdayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

/** A moment as a clock on the wall of a time zone shows it. */
interface WallClock {
  /** Of the day. */
  readonly minute: number;
  /** Of the month, from 1 on. */
  readonly day: number;
  readonly daysInMonth: number;
  /** From 1 on. */
  readonly month: number;
  readonly year: number;
  /** Sunday is 0. */
  readonly weekday: number;
}

type Range = readonly [begin: number, end: number];

/** Fields of an interval that Alertmanager would not read, with what it would. */
export interface IntervalProblem {
  readonly field: keyof TimeInterval;
  readonly value: string;
  readonly expected: string;
}

/**
 * True when a moment is part of an interval. Follows `TimeInterval.ContainsTime` of Alertmanager's package timeinterval.
 *
 * @param time The moment; in UTC unless the interval says where.
 * @throws RangeError for an interval in which `intervalProblems` finds something.
 */
export function intervalContains(interval: TimeInterval, time: Date): boolean {
  const [problem] = intervalProblems(interval);
  if (problem !== undefined)
    throw new RangeError(`${JSON.stringify(problem.value)} is not one of ${problem.field}: ${problem.expected}`);
  const clock = wallClock(time, interval.location ?? "UTC");
  const isIn = (ranges: readonly (Range | undefined)[] | undefined, value: number): boolean =>
    ranges === undefined || ranges.some((range) => range !== undefined && value >= range[0] && value <= range[1]);
  return (
    (interval.times === undefined ||
      interval.times.some(
        ({ start_time, end_time }) =>
          clock.minute >= (minuteOf(start_time) ?? 0) && clock.minute < (minuteOf(end_time) ?? 0),
      )) &&
    isIn(
      interval.days_of_month?.map((text) => daysOfMonth(text, clock.daysInMonth)),
      clock.day,
    ) &&
    isIn(interval.months?.map(monthRange), clock.month) &&
    isIn(interval.weekdays?.map(weekdayRange), clock.weekday) &&
    isIn(interval.years?.map(numberRange), clock.year)
  );
}

/** True when a moment is part of any of a name's intervals. */
export function namedIntervalContains({ time_intervals }: NamedTimeInterval, time: Date): boolean {
  return time_intervals.some((interval) => intervalContains(interval, time));
}

/** What Alertmanager refuses of an interval. */
export function intervalProblems(interval: TimeInterval): readonly IntervalProblem[] {
  const problems: IntervalProblem[] = [];
  const refuse = (field: keyof TimeInterval, value: string, expected: string): void => {
    problems.push({ field, value, expected });
  };
  for (const { start_time, end_time } of interval.times ?? []) {
    const [start, end] = [minuteOf(start_time), minuteOf(end_time)];
    if (start === undefined || end === undefined || start >= end)
      refuse("times", `${start_time} to ${end_time}`, "two times of a day, the later one last: 08:00 to 18:00");
  }
  const checkRanges = (
    field: "weekdays" | "days_of_month" | "months" | "years",
    read: (text: string) => Range | undefined,
    expected: string,
  ): void => {
    for (const text of interval[field] ?? []) if (read(text) === undefined) refuse(field, text, expected);
  };
  checkRanges("weekdays", weekdayRange, "a day, or two in the order of a week that begins on Sunday: monday:friday");
  checkRanges("days_of_month", dayRange, "a day, or two: 1:7; counted from the end: -3:-1");
  checkRanges("months", monthRange, "a month, or two: january:march, 1:3");
  checkRanges("years", numberRange, "a year, or two: 2026:2027");
  if (interval.location !== undefined && !isTimeZone(interval.location))
    refuse("location", interval.location, "an IANA time zone: Europe/Berlin");
  return problems;
}

function minuteOf(text: string): number | undefined {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(text);
  if (match === null) return undefined;
  return text === "24:00" ? 24 * 60 : Number(match[1]) * 60 + Number(match[2]);
}

function rangeOf(text: string, read: (word: string) => number | undefined): Range | undefined {
  const words = text.toLowerCase().split(":");
  if (words.length > 2) return undefined;
  const [begin, end = begin] = words.map(read);
  return begin === undefined || end === undefined ? undefined : [begin, end];
}

function ordered(range: Range | undefined): Range | undefined {
  return range !== undefined && range[0] <= range[1] ? range : undefined;
}

const indexIn =
  (names: readonly string[], first: number) =>
  (word: string): number | undefined =>
    names.includes(word) ? names.indexOf(word) + first : undefined;
const wholeNumber = (word: string): number | undefined => (/^-?\d+$/.test(word) ? Number(word) : undefined);

const weekdayRange = (text: string): Range | undefined => ordered(rangeOf(text, indexIn(weekdayNames, 0)));
const numberRange = (text: string): Range | undefined => {
  const range = ordered(rangeOf(text, wholeNumber));
  return range !== undefined && range[0] > 0 ? range : undefined;
};

function monthRange(text: string): Range | undefined {
  const range = ordered(rangeOf(text, (word) => indexIn(monthNames, 1)(word) ?? wholeNumber(word)));
  return range !== undefined && range[0] >= 1 && range[1] <= 12 ? range : undefined;
}

function dayRange(text: string): Range | undefined {
  const range = rangeOf(text, wholeNumber);
  if (range === undefined || range.some((value) => value === 0 || Math.abs(value) > 31)) return undefined;
  const [begin, end] = range;
  if (begin < 0 && end > 0) return undefined;
  // Months have 28 days at least: what would be empty in one of them may still be right in another.
  const early = (value: number): number => (value < 0 ? 28 + value : value);
  return early(begin) <= early(end) ? range : undefined;
}

function daysOfMonth(text: string, daysInMonth: number): Range | undefined {
  const range = dayRange(text);
  if (range === undefined) return undefined;
  const [begin = 0, end = 0] = range.map((value) => (value < 0 ? daysInMonth + value + 1 : value));
  return begin > daysInMonth ? undefined : [begin, Math.min(end, daysInMonth)];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formats.set(timeZone, format);
  return format;
}

function isTimeZone(name: string): boolean {
  // The list has each zone under one name; a format knows the others too, and takes long to make.
  if (Intl.supportedValuesOf("timeZone").includes(name)) return true;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function wallClock(time: Date, timeZone: string): WallClock {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [part("year"), part("month"), part("day")];
  return {
    minute: part("hour") * 60 + part("minute"),
    day,
    daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    month,
    year,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
  };
}
