import { parseDuration } from "@plinth/core";

/** A span of time as the collector writes it: a number and its unit, `200ms`, `10s`, `1m`, `2h`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h"}`;

const units = [
  { text: "h", milliseconds: 3_600_000 },
  { text: "m", milliseconds: 60_000 },
  { text: "s", milliseconds: 1_000 },
] as const;

/** Milliseconds in the collector's words, in the largest unit that keeps them whole. Go knows no days and no weeks. */
export function durationOf(milliseconds: number): Duration {
  const unit = units.find((candidate) => milliseconds > 0 && milliseconds % candidate.milliseconds === 0);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / unit.milliseconds}${unit.text}`;
}

/** A duration of the model (`1h30m`, `2d`) in the collector's words. Throws a RangeError for what is none: the model was checked. */
export function collectorDuration(duration: string): Duration {
  return durationOf(millisecondsOf(duration));
}

/** The milliseconds of a duration of the model. Throws a RangeError for what is none: the model was checked. */
export function millisecondsOf(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined) throw new RangeError(`${JSON.stringify(duration)} is not a duration`);
  return milliseconds;
}
