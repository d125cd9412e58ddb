import { defineMetric, type Metric, matching, type Selector, select } from "@plinth/metrics";
import { inEnvironment, type RequestPlace, type Requests } from "./requests.ts";

/**
 * OpenTelemetry's `http.server.request.duration` as Prometheus names it, with the service's name and environment as labels.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration
 */
export const httpServerDuration: Metric = defineMetric<string, string>({
  name: "http_server_request_duration_seconds",
  type: "histogram",
  unit: "seconds",
  labels: [
    "deployment_environment_name",
    "error_type",
    "http_request_method",
    "http_response_status_code",
    "http_route",
    "network_protocol_name",
    "network_protocol_version",
    "server_address",
    "server_port",
    "service_name",
    "service_namespace",
    "url_scheme",
  ],
  help: "How long HTTP requests took that a server answered.",
});

export function httpServerRequests({ service, environment }: RequestPlace): Requests {
  const place = { ...inEnvironment(environment), service_name: service };
  const durations: Selector = select(httpServerDuration, place);
  const calls: Selector = { ...durations, series: `${durations.series}_count` };
  const failed = select(httpServerDuration, { ...place, http_response_status_code: matching("5..") });
  return {
    calls,
    errors: [{ ...failed, series: calls.series }],
    durations,
    perSecond: 1,
    route: { label: "http_route", method: false },
  };
}
