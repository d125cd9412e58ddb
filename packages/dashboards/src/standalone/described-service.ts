import type { Language, ServicePromiseInput, Tier } from "@plinth/core";
import type { Matcher, Metric } from "@plinth/metrics";

/** A service as its own repository describes it, without a platform around it: what `defineService` of `@plinth/slo` returns is one. */
export interface DescribedService {
  readonly name: string;
  /** The owner's name. */
  readonly team: string;
  /** How much depends on it. @default "high" */
  readonly tier?: Tier;
  readonly promises: readonly ServicePromiseInput[];
}

/** What a platform would know of a service, and a service's own repository may say. */
export interface DescribedServiceOptions {
  /** One line: what the service does. @default nothing */
  readonly description?: string;
  /** What its runtime tells follows. @default not known: no row about its runtime, no errors by status */
  readonly language?: Language;
  /** How it is asked. @default `["http"]`, or nothing for a service that consumes */
  readonly answers?: readonly ("http" | "grpc")[];
  /** Services that it calls, by name. @default not known: no row about dependencies */
  readonly calls?: readonly string[];
  /** Topics of Kafka that it reads: `"orders"`. @default none */
  readonly consumes?: readonly string[];
  /** The namespace of its pods. @default the reader chooses among those that have such pods */
  readonly namespace?: string;
  /** The environment: its `deployment.environment.name`. @default the reader chooses among those that it sends spans from */
  readonly environment?: string;
  /** Names the dashboard in links for good. @default that of the service, `service-<name>`, which alerts lead to */
  readonly uid?: string;
  /** Metrics of its own, as `defineMetric` describes them. @default none */
  readonly metrics?: readonly Metric[];
}

/**
 * The environment that the reader of a service's dashboard chose, as a condition on the service's own metrics.
 *
 * @example
 * import { defineMetric, rate, select } from "@plinth/metrics";
 * const points = defineMetric({ name: "loyalty_points_total", type: "counter", unit: "count", labels: ["route", "deployment_environment_name"], help: "Points that were booked." });
 * rate(select(points, chosenEnvironment), "$__rate_interval");
 */
export const chosenEnvironment: { readonly deployment_environment_name: Matcher } = {
  deployment_environment_name: "$environment",
};
