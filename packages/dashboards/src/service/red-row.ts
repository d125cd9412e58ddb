import { portsOf, type Service } from "@plinth/core";
import { spanMetrics } from "@plinth/metrics";
import { row } from "../model/row.ts";
import { errorThresholds, latencyThresholds } from "./promise-thresholds.ts";
import type { ServiceRow } from "./service-row.ts";
import { panelsByName, type SpanWording, totalPanels } from "./span-panels.ts";
import { spanSelection } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

const words: SpanWording = {
  things: "Requests",
  thing: "request",
  name: "operation",
  errors: "Request errors",
  duration: "Latency",
  unit: "reqps",
};

/** True when the service answers requests that its spans tell of. */
function answersRequests(service: Service): boolean {
  return portsOf(service).some(({ protocol }) => protocol === "http" || protocol === "grpc");
}

/**
 * Requests that the service answers: rate, errors and duration, in all and for each operation; none for a service without an HTTP or gRPC port.
 *
 * @see https://grafana.com/blog/2018/08/02/the-red-method-how-to-instrument-your-services/
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
    const options = {
      failedTraces: failedTraces(view, "server"),
      slowTraces: slowTraces(view, "server"),
      errorThresholds: errorThresholds(service),
      latencyThresholds: latencyThresholds(service),
    };
    return row("Golden signals", [...totalPanels(spans, words, options), ...panelsByName(spans, words, options)], {
      id: "requests",
      variables: [spans.variable],
    });
  };
}
