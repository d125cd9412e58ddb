import type { DnsLabel } from "../names/names.ts";
import type { PromiseAlerts, PromiseTerms, PromiseTermsInput } from "./promise-terms.ts";

/** What a service promises to those who call it: the SLOs, alerts and dashboards come from it. */
export type ServicePromise =
  | AvailabilityPromise
  | LatencyPromise
  | ThroughputPromise
  | FreshnessPromise
  | SaturationPromise
  | EventsPromise
  | RawPromise
  | PluginPromise;

/** What every promise of a service says. */
export interface NamedPromise extends PromiseTerms {
  /** Unique within the service. */
  readonly name: DnsLabel;
  /** The kinds of alert: a page wakes somebody, a ticket waits for the morning. */
  readonly alerts: PromiseAlerts;
}

/** The share of requests that end without an error of the server. */
export interface AvailabilityPromise extends NamedPromise {
  readonly kind: "availability";
  /** Only requests to these routes: `/points/**`. @default all */
  readonly route?: string;
  /** Where requests are counted. @default "span-metrics" */
  readonly from?: RequestSource;
}

/** The share of requests that are answered within a time. */
export interface LatencyPromise extends NamedPromise {
  readonly kind: "latency";
  /** A Prometheus duration: `200ms`. */
  readonly below: string;
  /** Only requests to these routes: `/points/**`. @default all */
  readonly route?: string;
  /** Where requests are timed. @default "span-metrics" */
  readonly from?: RequestSource;
  /** Buckets with bounds of their own, or a native histogram. @default "classic" */
  readonly histogram?: "classic" | "native";
}

/** The share of time in which enough is done. */
export interface ThroughputPromise extends NamedPromise {
  readonly kind: "throughput";
  /** So many events. */
  readonly atLeast: number;
  /** In so much time, as a Prometheus duration. @default "1m" */
  readonly per?: string;
  /** Where events are counted. @default "span-metrics" */
  readonly from?: RequestSource;
}

/** The share of time in which the last success is not too long ago. */
export interface FreshnessPromise extends NamedPromise {
  readonly kind: "freshness";
  /** The greatest age, as a Prometheus duration: `10m`. */
  readonly within: string;
  /** PromQL of the moment of the last success, in seconds since the epoch. @default successes are counted: one within the time is enough */
  readonly lastSuccess?: string;
  /** Where successes are counted. @default "span-metrics" */
  readonly from?: RequestSource;
}

/** The share of time in which a resource is used below a limit. */
export interface SaturationPromise extends NamedPromise {
  readonly kind: "saturation";
  /** Percent of what there is. */
  readonly below: number;
  /** What is used: of the service's containers, the fullest against its limit; or PromQL of a share from 0 to 1. */
  readonly of: SaturatedResource | { readonly promql: string };
}

/** A resource that containers have a limit of. */
export type SaturatedResource = "cpu" | "memory";

/** The share of events that are good, whatever an event is. */
export interface EventsPromise extends NamedPromise {
  readonly kind: "events";
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  readonly what?: string;
  /** PromQL of the events that break the promise, or of those that keep it, for each second, over the range `{{.window}}`. */
  readonly counted: { readonly bad: string } | { readonly good: string };
  /** PromQL of all events, for each second, over the range `{{.window}}`. */
  readonly total: string;
}

/** A share of what is bad that somebody else computes. */
export interface RawPromise extends NamedPromise {
  readonly kind: "raw";
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  readonly what?: string;
  /** PromQL of a share from 0 to 1, over the range `{{.window}}`. */
  readonly errorRatio: string;
}

/** An indicator that a plugin of Sloth makes: only a Sloth controller can turn it into rules. */
export interface PluginPromise extends NamedPromise {
  readonly kind: "plugin";
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  readonly what?: string;
  /** Of the plugin: `sloth-common/istio/v1/availability`. */
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Where requests are counted: the platform's own profile, well-known instrumentation, or series of one's own. */
export type RequestSource = WellKnownRequestSource | RequestSeries;

/**
 * `span-metrics`: spans, counted by the collectors before sampling. `http-server`: OpenTelemetry's `http.server.request.duration`. `istio`: the sidecar or
 * waypoint of the service.
 */
export type WellKnownRequestSource = "span-metrics" | "http-server" | "istio";

/** Series of one's own, as PromQL selectors without a range: `{{.service}}`, `{{.environment}}` and `{{.namespace}}` are filled in. */
export interface RequestSeries {
  /** A counter of all requests: `http_requests_total{job="checkout"}`. */
  readonly calls?: string;
  /** The same counter, of those that failed: `http_requests_total{job="checkout",code=~"5.."}`. */
  readonly errors?: string;
  /** The histogram of their durations, by the family's name: `http_request_duration_seconds{job="checkout"}`. */
  readonly durations?: string;
  /** What the histogram's bounds are in. @default "seconds" */
  readonly unit?: "seconds" | "milliseconds";
  /** The label that holds the route. @default "http_route" */
  readonly routeLabel?: string;
}

export type ServicePromiseInput =
  | AvailabilityPromiseInput
  | LatencyPromiseInput
  | ThroughputPromiseInput
  | FreshnessPromiseInput
  | SaturationPromiseInput
  | EventsPromiseInput
  | RawPromiseInput
  | PluginPromiseInput;

export interface AvailabilityPromiseInput extends PromiseTermsInput {
  kind: "availability";
  /** @default "availability" */
  name?: string;
  /** Only requests to these routes: `*` within a segment, `**` over several. @default all */
  route?: string;
  /** Where requests are counted. @default "span-metrics" */
  from?: RequestSource;
}

export interface LatencyPromiseInput extends PromiseTermsInput {
  kind: "latency";
  /** @default "latency" */
  name?: string;
  /** A Prometheus duration: `200ms`. */
  below: string;
  /** Only requests to these routes: `*` within a segment, `**` over several. @default all */
  route?: string;
  /** Where requests are timed. @default "span-metrics" */
  from?: RequestSource;
  /** Buckets with bounds of their own, or a native histogram. @default "classic" */
  histogram?: "classic" | "native";
}

export interface ThroughputPromiseInput extends PromiseTermsInput {
  kind: "throughput";
  /** @default "throughput" */
  name?: string;
  /** So many events, above 0. */
  atLeast: number;
  /** In so much time, as a Prometheus duration. @default "1m" */
  per?: string;
  /** Where events are counted. @default "span-metrics" */
  from?: RequestSource;
}

export interface FreshnessPromiseInput extends PromiseTermsInput {
  kind: "freshness";
  /** @default "freshness" */
  name?: string;
  /** The greatest age, as a Prometheus duration: `10m`. */
  within: string;
  /** PromQL of the moment of the last success, in seconds since the epoch. @default successes are counted */
  lastSuccess?: string;
  /** Where successes are counted. @default "span-metrics" */
  from?: RequestSource;
}

export interface SaturationPromiseInput extends PromiseTermsInput {
  kind: "saturation";
  /** @default "saturation" */
  name?: string;
  /** Percent of what there is. */
  below: number;
  /** A resource of the service's containers, or PromQL of a share from 0 to 1. */
  of: SaturatedResource | { promql: string };
}

export interface EventsPromiseInput extends PromiseTermsInput {
  kind: "events";
  name: string;
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  what?: string;
  /** PromQL of the events that break the promise, over the range `{{.window}}`; or else `good`. */
  bad?: string;
  /** PromQL of the events that keep the promise, over the range `{{.window}}`; or else `bad`. */
  good?: string;
  /** PromQL of all events, over the range `{{.window}}`. */
  total: string;
}

export interface RawPromiseInput extends PromiseTermsInput {
  kind: "raw";
  name: string;
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  what?: string;
  /** PromQL of a share from 0 to 1, over the range `{{.window}}`. */
  errorRatio: string;
}

export interface PluginPromiseInput extends PromiseTermsInput {
  kind: "plugin";
  name: string;
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  what?: string;
  /** Of the plugin: `sloth-common/istio/v1/availability`. */
  id: string;
  /** @default none */
  options?: Record<string, string>;
}
