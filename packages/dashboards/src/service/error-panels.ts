import type { Language, Service } from "@plinth/core";
import { portsOf } from "@plinth/core";
import { countOf, matching, metric, noneOf, notEqualTo, rate, select, sum } from "@plinth/metrics";
import type { Panel, PrometheusQuery, UrlLink } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import type { ServiceView } from "./service-row.ts";

const window = "$__rate_interval";

/**
 * Languages whose instrumentation measures requests by the status of the answer.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
const measuresHttp: ReadonlySet<Language> = new Set(["java", "kotlin", "nodejs", "python", "dotnet", "go"]);

/**
 * The same for gRPC.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
 */
const measuresGrpc: ReadonlySet<Language> = new Set(["java", "kotlin", "go"]);

/** Failed requests by what the answer said; nothing where no instrumentation tells. */
export function errorsByKind({ environment, service }: ServiceView, failedTraces: UrlLink): readonly Panel[] {
  const of = { service_name: service.name, deployment_environment_name: environment.name };
  const queries: readonly PrometheusQuery[] = [
    ...(speaks(service, "http") && measuresHttp.has(service.language)
      ? [
          query(
            "http",
            sum(
              rate(
                select(countOf(metric("http_server_request_duration_seconds")), {
                  ...of,
                  http_response_status_code: matching("[45].."),
                }),
                window,
              ),
              { by: ["http_response_status_code"] },
            ),
            { legend: "HTTP {{http_response_status_code}}" },
          ),
        ]
      : []),
    ...(speaks(service, "grpc") && measuresGrpc.has(service.language)
      ? [
          query(
            "grpc",
            sum(
              rate(
                select(countOf(metric("rpc_server_call_duration_seconds")), {
                  ...of,
                  rpc_response_status_code: noneOf("OK", ""),
                }),
                window,
              ),
              { by: ["rpc_response_status_code"] },
            ),
            { legend: "gRPC {{rpc_response_status_code}}" },
          ),
          // What libraries send that do not know the new name yet.
          query(
            "grpc_number",
            sum(
              rate(
                select(countOf(metric("rpc_server_duration_milliseconds")), {
                  ...of,
                  rpc_grpc_status_code: [notEqualTo("0"), notEqualTo("")],
                }),
                window,
              ),
              { by: ["rpc_grpc_status_code"] },
            ),
            { legend: "gRPC code {{rpc_grpc_status_code}}" },
          ),
        ]
      : []),
  ];
  if (service.instrumentation.mode === "none" || queries.length === 0) return [];
  return [
    timeseries("Errors by kind", queries, {
      unit: "reqps",
      min: 0,
      stacked: true,
      links: [failedTraces],
      description:
        "Answers per second that were no success, by their status. 5xx, UNAVAILABLE (14) and INTERNAL (13) are the service's own or those of what it calls; 429 and RESOURCE_EXHAUSTED (8) are too much load; 4xx are the callers'.",
    }),
  ];
}

function speaks(service: Service, protocol: "http" | "grpc"): boolean {
  return portsOf(service).some((port) => port.protocol === protocol);
}
