import { matching, metric, type Selector, select } from "@plinth/metrics";
import { inEnvironment, type RequestPlace, type Requests } from "./requests.ts";

/** OpenTelemetry's `http.server.request.duration`, with the service's name and environment as labels. */
const httpServerDuration = metric("http_server_request_duration_seconds");

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
