import { parseDuration } from "@plinth/core";
import type { UrlLink } from "../model/dashboard.ts";
import { tracesLink } from "../model/link.ts";
import type { ServiceView } from "./service-row.ts";

/** Kinds of span, in the words of TraceQL. */
export type SpanKind = "server" | "client" | "consumer" | "producer";

/**
 * A span set of TraceQL: spans of one service that meet all conditions.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/
 */
export function spansOf(service: string, ...conditions: readonly string[]): string {
  return `{ ${[`resource.service.name = ${JSON.stringify(service)}`, ...conditions].join(" && ")} }`;
}

function kindIs(kinds: readonly SpanKind[]): string {
  const conditions = kinds.map((kind) => `kind = ${kind}`);
  return conditions.length === 1 ? (conditions[0] ?? "") : `(${conditions.join(" || ")})`;
}

/** To the traces whose spans of these kinds failed. */
export function failedTraces({ service }: ServiceView, ...kinds: readonly SpanKind[]): UrlLink {
  return tracesLink("Failed traces", spansOf(service.name, kindIs(kinds), "status = error"), {
    description: "Traces in which this failed, over the dashboard's time range.",
  });
}

/** To the traces whose spans of these kinds took as long as the environment calls slow: those are never sampled away. */
export function slowTraces({ service, environment }: ServiceView, ...kinds: readonly SpanKind[]): UrlLink {
  // TraceQL reads Go's durations, which know no days.
  const slow = `${parseDuration(environment.telemetry.slowerThan) ?? 0}ms`;
  return tracesLink("Slow traces", spansOf(service.name, kindIs(kinds), `duration > ${slow}`), {
    description: `Traces in which this took longer than ${environment.telemetry.slowerThan}, over the dashboard's time range.`,
  });
}
