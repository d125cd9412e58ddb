import { z } from "zod";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, durationField } from "./field.ts";

/** What a service promises to those who call it: the SLOs, alerts and dashboards come from it. */
export type ServicePromise = AvailabilityPromise | LatencyPromise;

/** The share of requests that end without an error of the server. */
export interface AvailabilityPromise {
  readonly kind: "availability";
  /** Unique within the service. */
  readonly name: DnsLabel;
  /** Percent of requests, above 0 and below 100. */
  readonly objective: number;
  /** The kinds of alert: a page wakes somebody, a ticket waits for the morning. */
  readonly alerts: PromiseAlerts;
}

/** The share of requests that are answered within a time. */
export interface LatencyPromise {
  readonly kind: "latency";
  /** Unique within the service. */
  readonly name: DnsLabel;
  /** Percent of requests, above 0 and below 100. */
  readonly objective: number;
  /** A Prometheus duration: `200ms`. */
  readonly below: string;
  readonly alerts: PromiseAlerts;
}

export type PromiseAlerts = "page-and-ticket" | "ticket" | "none";

export type ServicePromiseInput = AvailabilityPromiseInput | LatencyPromiseInput;

export interface AvailabilityPromiseInput {
  kind: "availability";
  /** @default "availability" */
  name?: string;
  /** Percent of requests, above 0 and below 100. */
  objective: number;
  /** @default by tier: critical pages, high opens tickets, medium and low stay quiet */
  alerts?: PromiseAlerts;
}

export interface LatencyPromiseInput {
  kind: "latency";
  /** @default "latency" */
  name?: string;
  /** Percent of requests, above 0 and below 100. */
  objective: number;
  /** A Prometheus duration: `200ms`. */
  below: string;
  /** @default by tier: critical pages, high opens tickets, medium and low stay quiet */
  alerts?: PromiseAlerts;
}

const objectiveField = z
  .number()
  .gt(0)
  .lt(100)
  .meta({ expected: "a percentage above 0 and below 100", example: "99.9" });
const alertsField = z.enum(["page-and-ticket", "ticket", "none"]).optional();

/** A promise before the service's tier has filled in its alerts. */
export type UntieredPromise = {
  [Kind in ServicePromise as Kind["kind"]]: Omit<Kind, "alerts"> & { alerts?: PromiseAlerts };
}[ServicePromise["kind"]];

export const servicePromiseSchema: z.ZodType<UntieredPromise, ServicePromiseInput> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("availability"),
    name: dnsLabelField.prefault("availability"),
    objective: objectiveField,
    alerts: alertsField,
  }),
  z.strictObject({
    kind: z.literal("latency"),
    name: dnsLabelField.prefault("latency"),
    objective: objectiveField,
    below: durationField,
    alerts: alertsField,
  }),
]);
