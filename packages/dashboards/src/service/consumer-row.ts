import { spanMetrics } from "@plinth/metrics";
import { row } from "../model/row.ts";
import type { ServiceRow } from "./service-row.ts";
import { panelsByName, type SpanWording, totalPanels } from "./span-panels.ts";
import { spanSelection } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

const words: SpanWording = {
  things: "Messages",
  thing: "message",
  name: "operation",
  errors: "Message errors",
  duration: "Processing time",
  unit: "mps",
};

/** Messages that the service takes from its topics: rate, errors and duration, in all and for each operation; none for a service that consumes nothing. */
export function consumerRow(): ServiceRow {
  return (view) => {
    if (view.service.consumes.length === 0) return undefined;
    const spans = spanSelection(
      view,
      spanMetrics.kinds.consumer,
      "Message operation",
      "Which operations the panels about messages are about.",
    );
    const options = { failedTraces: failedTraces(view, "consumer"), slowTraces: slowTraces(view, "consumer") };
    return row("Messages", [...totalPanels(spans, words, options), ...panelsByName(spans, words, options)], {
      id: "messages",
      variables: [spans.variable],
    });
  };
}
