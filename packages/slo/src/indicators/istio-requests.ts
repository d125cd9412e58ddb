import { defineMetric, type Metric, matching, notMatching, select } from "@plinth/metrics";
import type { RequestPlace, Requests } from "./requests.ts";

/**
 * Labels of Istio's standard metrics.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/#labels
 */
const labels = [
  "reporter",
  "source_workload",
  "source_workload_namespace",
  "source_canonical_service",
  "source_canonical_revision",
  "source_principal",
  "source_app",
  "source_version",
  "source_cluster",
  "destination_workload",
  "destination_workload_namespace",
  "destination_principal",
  "destination_app",
  "destination_version",
  "destination_service",
  "destination_service_name",
  "destination_service_namespace",
  "destination_canonical_service",
  "destination_canonical_revision",
  "destination_cluster",
  "request_protocol",
  "response_code",
  "response_flags",
  "connection_security_policy",
  "grpc_response_status",
] as const;

/** Requests that a proxy handled: the reporter `source` for what it passed on. */
export const istioRequestCounter: Metric<string, (typeof labels)[number]> = defineMetric({
  name: "istio_requests_total",
  type: "counter",
  unit: "count",
  labels,
  help: "Requests that a sidecar or waypoint handled.",
});

/** The two that requests are counted by, for whoever checks an expression. */
export const istioMetrics: readonly Metric[] = [
  istioRequestCounter,
  defineMetric({
    name: "istio_request_duration_milliseconds",
    type: "histogram",
    unit: "count",
    labels,
    help: "How long requests took that a sidecar or waypoint handled, in milliseconds.",
  }),
];

// Errors of the server, by gRPC's own numbers: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
// https://opentelemetry.io/docs/specs/semconv/rpc/grpc/#grpc-status
const grpcErrors = "2|4|12|13|14|15";

/** What reaches a service, as its own proxy counts it. A gRPC call that fails is answered with the HTTP code 200. */
export function istioRequests({ service, namespace }: RequestPlace): Requests {
  const place = {
    reporter: matching("destination|waypoint"),
    destination_canonical_service: service,
    ...(namespace === undefined ? {} : { destination_workload_namespace: namespace }),
  };
  return {
    calls: select(istioRequestCounter, place),
    errors: [
      select(istioRequestCounter, { ...place, response_code: matching("5..") }),
      select(istioRequestCounter, {
        ...place,
        response_code: notMatching("5.."),
        grpc_response_status: matching(grpcErrors),
      }),
    ],
    durations: { ...select(istioRequestCounter, place), series: "istio_request_duration_milliseconds" },
    perSecond: 1000,
  };
}
