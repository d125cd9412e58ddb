import type { Finding } from "@plinth/core";
import type { PrometheusServiceLevelSpec } from "../sloth/prometheus-service-level.ts";

/** How a file says what a service promises. */
export type ServiceLevelFormat = "sloth" | "sloth-resource" | "openslo/v1alpha" | "openslo/v1";

/** The objectives of one service, as one document of a file says them. */
export interface ServiceLevelDocument {
  readonly format: ServiceLevelFormat;
  readonly spec: PrometheusServiceLevelSpec;
  /** The period that the document asks for, a Prometheus duration; none where the format leaves it to whoever makes the rules. */
  readonly period?: string;
  /** Name and namespace of the resource, where the document is one. */
  readonly metadata?: { readonly name: string; readonly namespace?: string };
}

/** A document that has been read: what it says, or why it says nothing. */
export interface ReadDocument {
  readonly document?: ServiceLevelDocument;
  readonly findings: readonly Finding[];
}
