import type { Environment, FormerProtocol } from "@plinth/core";

/** A way in which one service tells the next which trace it is in. */
export type Propagator = "tracecontext" | "baggage" | "b3" | "b3multi" | "jaeger" | "xray" | "ottrace";

// What clients of the protocol write into their requests: without it a trace ends where the migration has come to.
const ofFormerProtocol: Readonly<Record<FormerProtocol, Propagator | undefined>> = {
  zipkin: "b3multi",
  jaeger: "jaeger",
  "fluent-forward": undefined,
};

/**
 * The propagators of an environment: W3C trace context and baggage, those of what it is migrated from, and X-Ray's where traces go there, because load
 * balancers and functions of the cloud write that header. The first that finds something wins nothing: all are read, and all are written.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
 */
export function propagatorsIn({ telemetry }: Environment, more: readonly Propagator[] = []): readonly Propagator[] {
  const former = telemetry.accepts.flatMap((protocol) => ofFormerProtocol[protocol] ?? []);
  const cloud = telemetry.backends.traces.some(({ kind }) => kind === "x-ray") ? (["xray"] as const) : [];
  return [...new Set<Propagator>(["tracecontext", "baggage", ...former, ...cloud, ...more])];
}
