const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** Days from the beginning of 1970 to a day written `2026-12-31`. */
function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayInMilliseconds;
}

/**
 * The day after a day of the calendar, in UTC.
 *
 * @example
 * dayAfter("2026-12-31"); // "2027-01-01"
 */
export function dayAfter(day: string): string {
  return new Date((dayNumber(day) + 1) * dayInMilliseconds).toISOString().slice(0, 10);
}

/**
 * How many days there are from one day to another; less than none when the other is before it.
 *
 * @example
 * daysBetween("2026-12-24", "2026-12-31"); // 7
 */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * How long something still holds, in words.
 *
 * @example
 * moreDays(3); // "3 more days"
 */
export function moreDays(left: number): string {
  if (left === 0) return "today";
  return left === 1 ? "one more day" : `${left} more days`;
}
