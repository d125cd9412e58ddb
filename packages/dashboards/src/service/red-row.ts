import { answersRequests, callersOf } from "@plinth/core";
import { rate, routeMatcher, select, serviceGraphMetrics, spanMetrics, sum } from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { errorsByKind } from "./error-panels.ts";
import {
  errorThresholds,
  latencyOf,
  promisedLatency,
  type RoutePromise,
  routePromises,
  thresholdsOfErrors,
  thresholdsOfLatency,
} from "./promise-thresholds.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import {
  panelsByName,
  refId,
  type SpanPanelOptions,
  type SpanWording,
  sideBySide,
  spreadPanel,
  thresholdsOf,
  totalPanels,
} from "./span-panels.ts";
import { named, type SpanSelection, spanErrorRatio, spanQuantile, spanSelection, spansOfKind } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

/** What requests are called. */
export const requestWords: SpanWording = {
  things: "Requests",
  thing: "request",
  name: "operation",
  errors: "Request errors",
  duration: "Latency",
  unit: "reqps",
};

/**
 * Requests that the service answers: rate, errors and duration in all and for each operation, how durations are spread, errors by kind where the instrumentation
 * tells, who asks, and the routes that have a promise of their own. None for a service without an HTTP or gRPC port.
 *
 * @see https://grafana.com/blog/2018/08/02/the-red-method-how-to-instrument-your-services/
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * redRow()(view)?.panels[0]?.title; // "Requests"
 */
export function redRow(): ServiceRow {
  return (view) => {
    const { service } = view;
    if (!answersRequests(service)) return undefined;
    const spans = spanSelection(
      view,
      spanMetrics.kinds.server,
      "Operation",
      "Which operations the golden signals are about.",
    );
    const options: SpanPanelOptions = {
      failedTraces: failedTraces(view, "server"),
      slowTraces: slowTraces(view, "server"),
      errorThresholds: errorThresholds(service),
      latency: promisedLatency(service),
    };
    return row(
      "Golden signals",
      [
        ...totalPanels(spans, requestWords, options),
        ...panelsByName(spans, requestWords, options),
        ...sideBySide([
          spreadPanel(spans, requestWords),
          ...errorsByKind(view, options.failedTraces),
          ...callers(view),
        ]),
        ...routePromises(service).map((promise) => routePanel(view, promise, options)),
      ],
      { id: "requests", variables: [spans.variable] },
    );
  };
}

/** A promise about a route, drawn with what it promises. */
function routePanel(view: ServiceView, promise: RoutePromise, links: SpanPanelOptions): Panel {
  const route = routeMatcher(promise.route, { method: true });
  const spans: SpanSelection = named(spansOfKind(view, spanMetrics.kinds.server), route);
  const placed = { id: `promise-${promise.name}`, width: 12, min: 0 } as const;
  if (promise.kind === "availability") {
    return timeseries(`Errors of ${promise.route}`, spanErrorRatio(spans), {
      ...placed,
      unit: "percentunit",
      legend: "errors",
      thresholds: thresholdsOfErrors(promise),
      links: [links.failedTraces],
      description: `Share of the requests to ${promise.route} that failed: ${promise.objective} % are promised not to.`,
    });
  }
  const latency = latencyOf(promise);
  return timeseries(
    `Latency of ${promise.route}, ${latency.name}`,
    [query(refId(latency.name), spanQuantile(latency.quantile, spans), { legend: latency.name, exemplars: true })],
    {
      ...placed,
      unit: "s",
      ...thresholdsOf(thresholdsOfLatency(latency)),
      links: [links.slowTraces],
      description: `${promise.objective} of 100 requests to ${promise.route} are promised to take less than ${promise.below}. Each dot is the trace of one request.`,
    },
  );
}

/** Who asks, where the platform knows anybody: who is hit when it fails, and who sends too much. */
function callers({ platform, environment, service }: ServiceView): readonly Panel[] {
  if (callersOf(platform, service, environment).length === 0 && service.publicPort === undefined) return [];
  const requests = select(serviceGraphMetrics.requests, {
    deployment_environment_name: environment.name,
    server: service.name,
  });
  return [
    timeseries("Requests by caller", sum(rate(requests, "$__rate_interval"), { by: ["client"] }), {
      unit: "reqps",
      legend: "{{client}}",
      min: 0,
      stacked: true,
      description:
        "Requests per second of each service that calls this one, from the service graph: who is hit when it fails, and who sends more than usual.",
    }),
  ];
}
