import { Cron } from "croner";

/** What a schedule may be written with. */
export const scheduleGrammar: string =
  "five cron fields of numbers, names, lists, ranges that rise, and steps of a range or of *";

interface CronField {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

// What robfig/cron reads, by which Argo CD decides, and every other cron reads alike: Sunday is 0 and never 7, no L, W, #, ? or seconds, and a step of a
// range only, since `5/10` is a range to the end in one and a mistake in others (robfig/cron parser.go, spec.go).
const fields: readonly CronField[] = [
  { title: "minute", from: 0, to: 59, names: [] },
  { title: "hour", from: 0, to: 23, names: [] },
  { title: "day of the month", from: 1, to: 31, names: [] },
  {
    title: "month",
    from: 1,
    to: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { title: "day of the week", from: 0, to: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** Why a schedule is none, or none that all read alike. */
export function scheduleProblem(schedule: string): string | undefined {
  const parts = schedule.split(" ");
  if (parts.length !== fields.length) return `has ${parts.length} fields`;
  for (const [index, field] of fields.entries()) {
    const refused = (parts[index] ?? "").split(",").find((entry) => !isEntry(entry, field));
    if (refused !== undefined) return `${JSON.stringify(refused)} is no ${field.title}`;
  }
  return undefined;
}

function isEntry(entry: string, field: CronField): boolean {
  const [, range = "", step] = /^([^/]*)(?:\/([1-9]\d?))?$/.exec(entry) ?? [];
  if (range === "") return false;
  if (range === "*") return step === undefined || Number(step) <= field.to - field.from + 1;
  const [low, high, ...more] = range.split("-").map((text) => numberIn(text, field));
  if (low === undefined || more.length > 0) return false;
  if (!range.includes("-")) return step === undefined;
  return high !== undefined && low <= high && (step === undefined || Number(step) <= high - low + 1);
}

function numberIn(text: string, { from, to, names }: CronField): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + from : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

/** True when a schedule has a moment in the years that any day of the calendar comes back in. The same answer on every day. */
export function everOpens(schedule: string): boolean {
  return (
    new Cron(schedule, { timezone: "UTC", mode: "5-part", paused: true }).nextRun(new Date("2024-01-01T00:00:00Z")) !==
    null
  );
}
