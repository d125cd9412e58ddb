import { linkedPanels, type PanelPlace, type ServedSpans, spanMetrics } from "@plinth/metrics";

/** The panel of a service's dashboard about the work that it does for others: requests, or messages where it only reads those. */
export function servedPanel({ span_kind }: ServedSpans, about: "rate" | "errors" | "duration"): PanelPlace {
  return panels[span_kind === spanMetrics.kinds.consumer ? "messages" : "requests"][about];
}

const panels: Readonly<Record<"requests" | "messages", Readonly<Record<"rate" | "errors" | "duration", PanelPlace>>>> =
  {
    requests: {
      rate: linkedPanels.requestRate,
      errors: linkedPanels.requestErrors,
      duration: linkedPanels.requestDuration,
    },
    messages: {
      rate: linkedPanels.messageRate,
      errors: linkedPanels.messageErrors,
      duration: linkedPanels.messageDuration,
    },
  };
