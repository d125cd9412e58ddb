import {
  callersOf,
  dependenciesOf,
  type Environment,
  type Platform,
  promisesOf,
  type Service,
  servicesIn,
  type Tier,
  trafficIn,
} from "@plinth/core";
import { slowFrom } from "../topology/sampling-policies.ts";

/** What sampling makes of the declared traffic of an environment. */
export interface SamplingEstimate {
  /** Services that declare their traffic, by name. */
  readonly services: readonly ServiceSamplingEstimate[];
  /** Services that do not: nothing is known of them, and nothing is counted. */
  readonly undeclared: readonly string[];
  readonly total: SpanFlow;
}

/** Spans before and after sampling. */
export interface SpanFlow {
  readonly spansPerSecondIn: number;
  readonly spansPerSecondOut: number;
  /** Part of the spans that is kept, from 0 to 1. */
  readonly kept: number;
  readonly bytesPerDayIn: number;
  readonly bytesPerDayOut: number;
}

export interface ServiceSamplingEstimate extends SpanFlow {
  readonly service: string;
  readonly tier: Tier;
  readonly requestsPerSecond: number;
  readonly spansPerRequest: number;
  /** From this duration on a trace through it is slow. */
  readonly slowFrom: string;
  /** Parts of its requests from 0 to 1: those that fail, those that are slow, and of the others those that are kept. */
  readonly errors: number;
  readonly slow: number;
  readonly share: number;
}

/** What the estimate takes for granted. */
export const samplingAssumptions = {
  /** Bytes of a span in OTLP, before compression. */
  bytesPerSpan: 1000,
  /** Part of the requests that fail, and that are slow, of a service that promises nothing of it. */
  withoutPromise: 0.01,
} as const;

const secondsPerDay = 86_400;

/**
 * How many spans come in and how many are kept, from what services say of their traffic: an upper bound, because each service is taken to use up what its
 * promises allow. 99.9 % availability is 0.1 % errors, "95 % below 200ms" is 5 % slow traces, and all of those are kept.
 *
 * Of the others a trace is kept by the largest share among its services: here, of the service itself, of whoever calls it, and of whatever it calls.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * samplingEstimate(platform, environmentNamed(platform, "production")).total.spansPerSecondOut;
 */
export function samplingEstimate(platform: Platform, environment: Environment): SamplingEstimate {
  const running = servicesIn(platform, environment);
  const services = running.flatMap((service) => estimateOf(platform, environment, service));
  const declared = new Set(services.map(({ service }) => service));
  return {
    services,
    undeclared: running.map(({ name }) => String(name)).filter((name) => !declared.has(name)),
    total: flow(
      services.reduce((sum, { spansPerSecondIn }) => sum + spansPerSecondIn, 0),
      services.reduce((sum, { spansPerSecondOut }) => sum + spansPerSecondOut, 0),
    ),
  };
}

function estimateOf(platform: Platform, environment: Environment, service: Service): ServiceSamplingEstimate[] {
  const traffic = trafficIn(service, environment);
  if (traffic === undefined) return [];
  const { requestsPerSecond, spansPerRequest } = traffic;
  const errors = brokenPart(service, "availability");
  const slow = brokenPart(service, "latency");
  const share = shareOf(platform, environment, service);
  const kept = 1 - (1 - errors) * (1 - slow) * (1 - share);
  const spans = requestsPerSecond * spansPerRequest;
  return [
    {
      service: service.name,
      tier: service.tier,
      requestsPerSecond,
      spansPerRequest,
      slowFrom: slowFrom(service, environment),
      errors,
      slow,
      share,
      ...flow(spans, spans * kept),
    },
  ];
}

function flow(spansPerSecondIn: number, spansPerSecondOut: number): SpanFlow {
  const perDay = secondsPerDay * samplingAssumptions.bytesPerSpan;
  return {
    spansPerSecondIn,
    spansPerSecondOut,
    kept: spansPerSecondIn === 0 ? 0 : spansPerSecondOut / spansPerSecondIn,
    bytesPerDayIn: spansPerSecondIn * perDay,
    bytesPerDayOut: spansPerSecondOut * perDay,
  };
}

/** The part of requests that may break a promise of a kind: what its strictest one leaves. */
function brokenPart(service: Service, kind: "availability" | "latency"): number {
  const objectives = promisesOf(service).flatMap((promise) => (promise.kind === kind ? [promise.objective] : []));
  return objectives.length === 0 ? samplingAssumptions.withoutPromise : 1 - Math.max(...objectives) / 100;
}

/** The largest share among the services that a trace through this one passes: itself, whoever calls it, whatever it calls. */
function shareOf(platform: Platform, environment: Environment, service: Service): number {
  const { sampling } = environment.telemetry;
  const passed = new Set([
    ...reached(service, (each) => callersOf(platform, each, environment).map((caller) => caller.service)),
    ...reached(service, (each) =>
      dependenciesOf(platform, each, environment).flatMap((dependency) =>
        dependency.kind === "service" ? [dependency.service] : [],
      ),
    ),
  ]);
  return Math.max(...[...passed].map(({ tier }) => sampling[tier])) / 100;
}

function reached(start: Service, next: (service: Service) => readonly Service[]): ReadonlySet<Service> {
  const found = new Set([start]);
  // A Set visits what is added while it is walked.
  for (const service of found) for (const other of next(service)) found.add(other);
  return found;
}
