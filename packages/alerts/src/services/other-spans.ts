import type { Environment } from "@plinth/core";
import { type ServedSpans, spanMetrics } from "@plinth/metrics";

/** Labels of spans beside those that a service serves, none of which counts for it: its own calls, another service, another environment. */
export function otherSpans(
  spans: ServedSpans,
  { name: environment }: Environment,
): readonly (Omit<ServedSpans, "span_kind"> & { readonly span_kind: string })[] {
  return [
    { ...spans, span_kind: spanMetrics.kinds.client },
    { ...spans, service_name: `${spans.service_name}-other` },
    { ...spans, deployment_environment_name: `${environment}-other` },
  ];
}
