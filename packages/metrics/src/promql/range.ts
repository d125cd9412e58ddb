import { parseDuration } from "@plinth/core";
import { isVariable } from "./variables.ts";

/** The text between the brackets of a range, unchanged. Throws where it is neither a Prometheus duration nor a variable. */
export function checkedRange(text: string): string {
  const milliseconds = parseDuration(text);
  if ((milliseconds !== undefined && milliseconds > 0) || isVariable(text)) return text;
  throw new TypeError(
    `${JSON.stringify(text)} is not a range. Expected a Prometheus duration or a variable, for example "5m", "$__rate_interval" or "{{.window}}".`,
  );
}

/**
 * Seconds of a Prometheus duration: for comparing a metric in seconds with something readable.
 *
 * @throws TypeError when the text is not a duration.
 * @example
 * lessThan(subtract(metric("certmanager_certificate_expiration_timestamp_seconds"), time()), secondsOf("14d"));
 */
export function secondsOf(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined)
    throw new TypeError(
      `${JSON.stringify(duration)} is not a Prometheus duration. Expected for example "14d" or "1h30m".`,
    );
  return milliseconds / 1000;
}
