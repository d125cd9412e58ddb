import {
  type AvailabilityPromise,
  type LatencyPromise,
  parseDuration,
  promisesOf,
  type Service,
  type ServicePromise,
} from "@plinth/core";
import { badAbove, type Thresholds } from "../model/thresholds.ts";

/**
 * From which burn of the error budget on somebody is woken: 2 % of a month's budget within an hour.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const PAGE_BURN_RATE = 14.4;

/**
 * The burns from which on alerts fire, over their windows of a month's promise: 1 over three days and 3 over one open a ticket, 6 over six hours and 14.4 over
 * one wake somebody.
 *
 * @see https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_alerting_configuration
 */
export const burnThresholds: Thresholds = {
  lowest: "good",
  steps: [
    { from: 1, state: "warning" },
    { from: 3, state: "warning" },
    { from: 6, state: "bad" },
    { from: PAGE_BURN_RATE, state: "bad" },
  ],
};

/** What a service promises of how long its answers take, as the panels ask for it. */
export interface PromisedLatency {
  /** The share of answers that are faster, 0 to 1. */
  readonly quantile: number;
  /** The same in percent. */
  readonly percent: number;
  /** `p95` */
  readonly name: string;
  /** Seconds; left out where nothing is promised. */
  readonly below?: number;
}

/** What panels ask for where nothing is promised. */
export const usualLatency: PromisedLatency = { quantile: 0.95, percent: 95, name: "p95" };

/** A promise whose requests are those of one route. */
export type RoutePromise = (AvailabilityPromise | LatencyPromise) & { readonly route: string };

/** Which shares of errors the service's availability promise bears: a warning above its budget, bad where the burn wakes somebody. Its tier promises where it says nothing. */
export function errorThresholds(service: Service): Thresholds | undefined {
  const promise = aboutEverything(service).find(({ kind }) => kind === "availability");
  return promise === undefined ? undefined : thresholdsOfErrors(promise);
}

/** The same for one promise. */
export function thresholdsOfErrors({ objective }: ServicePromise): Thresholds {
  // Percent in thousandths: 100 - 99.9 is not 0.1 in binary.
  const budget = Math.round((100 - objective) * 1e6) / 1e8;
  return badAbove({ warning: budget, bad: Math.min(1, Math.round(budget * PAGE_BURN_RATE * 1e8) / 1e8) });
}

/** What the service promises of the latency of all its answers; the 95th percentile without a limit where it promises nothing. */
export function promisedLatency(service: Service): PromisedLatency {
  const promise = aboutEverything(service).find((candidate) => candidate.kind === "latency");
  return promise?.kind === "latency" ? latencyOf(promise) : usualLatency;
}

/** What one latency promise says. */
export function latencyOf({ objective, below }: LatencyPromise): PromisedLatency {
  const milliseconds = parseDuration(below);
  return {
    quantile: Math.round(objective * 1e6) / 1e8,
    percent: objective,
    name: `p${objective}`,
    ...(milliseconds === undefined ? {} : { below: milliseconds / 1000 }),
  };
}

/** Which durations, in seconds, the service's latency promise bears. */
export function latencyThresholds(service: Service): Thresholds | undefined {
  return thresholdsOfLatency(promisedLatency(service));
}

/** The same for one promise. */
export function thresholdsOfLatency({ below }: PromisedLatency): Thresholds | undefined {
  return below === undefined ? undefined : badAbove({ bad: below });
}

/** What the service promises about single routes, as spans tell them. */
export function routePromises(service: Service): readonly RoutePromise[] {
  return promisesOf(service).flatMap((promise): readonly RoutePromise[] =>
    (promise.kind === "availability" || promise.kind === "latency") &&
    promise.route !== undefined &&
    countsSpans(promise)
      ? [{ ...promise, route: promise.route }]
      : [],
  );
}

/** Promises about every request; first those that are counted by the spans which the panels show, too. */
function aboutEverything(service: Service): readonly ServicePromise[] {
  const promises = promisesOf(service).filter((promise) => !("route" in promise) || promise.route === undefined);
  return [...promises.filter(countsSpans), ...promises.filter((promise) => !countsSpans(promise))];
}

function countsSpans(promise: ServicePromise): boolean {
  return !("from" in promise) || promise.from === undefined || promise.from === "span-metrics";
}
