import { parseDuration, type Service } from "@plinth/core";
import { badAbove, type Thresholds } from "../model/thresholds.ts";

/**
 * From which burn of the error budget on somebody is woken: 2 % of a month's budget within an hour.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const PAGE_BURN_RATE = 14.4;

/** Which shares of errors the service's availability promise bears: a warning above its budget, bad where the burn wakes somebody. */
export function errorThresholds({ promises = [] }: Service): Thresholds | undefined {
  const promise = promises.find(({ kind }) => kind === "availability");
  if (promise === undefined) return undefined;
  // Percent in thousandths: 100 - 99.9 is not 0.1 in binary.
  const budget = Math.round((100 - promise.objective) * 1e6) / 1e8;
  return badAbove({ warning: budget, bad: Math.min(1, Math.round(budget * PAGE_BURN_RATE * 1e8) / 1e8) });
}

/** Which durations, in seconds, the service's latency promise bears. */
export function latencyThresholds({ promises = [] }: Service): Thresholds | undefined {
  const promise = promises.find(({ kind }) => kind === "latency");
  if (promise?.kind !== "latency") return undefined;
  const milliseconds = parseDuration(promise.below);
  return milliseconds === undefined ? undefined : badAbove({ bad: milliseconds / 1000 });
}
