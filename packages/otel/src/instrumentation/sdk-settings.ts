import type { Environment, OtlpProtocol, Platform } from "@plinth/core";
import { collectorPlaces, serviceHost } from "../topology/places.ts";

/**
 * The sampler of every service: what the caller decided, and else everything. Which traces are kept is decided when they are complete; a share that is
 * dropped before is one whose errors nobody sees, and one that the span metrics do not count.
 */
export const sampler = "parentbased_always_on";

/** Where a service sends OTLP: the agent of its own node, at the port of its protocol. */
export function exporterEndpoint(platform: Platform, protocol: OtlpProtocol): string {
  const { agent } = collectorPlaces(platform);
  return `http://${serviceHost(agent)}:${protocol === "grpc" ? agent.ports.otlpGrpc : agent.ports.otlpHttp}`;
}

/**
 * What the variables say beside endpoint, sampler, propagators and resource. Logs are read from the container's output: sent by OTLP as well, each line
 * would be stored twice.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#exporter-selection
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/http-migration/
 */
export function exporterVariables(protocol: OtlpProtocol): Readonly<Record<string, string>> {
  return {
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "none",
    // The stable names of HTTP attributes, which rules and dashboards use, where a library still writes the old ones.
    OTEL_SEMCONV_STABILITY_OPT_IN: "http",
  };
}

/** Attributes that all data of an environment has. */
export function environmentResource({ name }: Environment): Readonly<Record<string, string>> {
  return { "deployment.environment.name": name };
}
