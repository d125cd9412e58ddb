const dayInMilliseconds = 24 * 60 * 60 * 1000;

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayInMilliseconds;
}

/** The day after: `2026-12-31` gives `2027-01-01`. */
export function dayAfter(day: string): string {
  return new Date((dayNumber(day) + 1) * dayInMilliseconds).toISOString().slice(0, 10);
}

/** How many days there are from one day to another; less than none when the other is before it. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
