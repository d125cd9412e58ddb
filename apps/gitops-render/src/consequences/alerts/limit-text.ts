import { parseDuration } from "@plinth/core";
import type { ResultUnit } from "@plinth/metrics";

const bytes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;
const times = [
  { text: "d", seconds: 86_400 },
  { text: "h", seconds: 3600 },
  { text: "min", seconds: 60 },
  { text: "s", seconds: 1 },
] as const;

/** A value in its unit, as people say it: `5 %`, `500 ms`, `2 GiB`. */
export function limitText(value: number, unit: ResultUnit | undefined): string {
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100)} %`;
    case "seconds":
      return secondsText(value);
    case "bytes":
      return bytesText(value);
    case "bytes-per-second":
      return `${bytesText(value)}/s`;
    case "per-second":
      return `${rounded(value)}/s`;
    case "cores":
      return `${rounded(value)} CPU`;
    default:
      return `${rounded(value)}`;
  }
}

/** Seconds in the largest unit that keeps them whole or nearly so: `90 s`, `2 h`. */
export function secondsText(value: number): string {
  const size = Math.abs(value);
  if (size > 0 && size < 1) return `${rounded(value * 1000)} ms`;
  const unit = times.find(({ seconds }) => size >= seconds && size % seconds === 0);
  return unit === undefined ? `${rounded(value)} s` : `${value / unit.seconds} ${unit.text}`;
}

function bytesText(value: number): string {
  const power = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value)) / 10);
  const unit = Math.min(Math.max(power, 0), bytes.length - 1);
  return `${rounded(value / 2 ** (10 * unit))} ${bytes[unit]}`;
}

/** Without the last digits that floating point adds. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** The seconds of a Prometheus duration; 0 of what is none. */
export function secondsOfDuration(text: string): number {
  return (parseDuration(text) ?? 0) / 1000;
}
