/** What the value of an intrinsic is, and so what it can be compared with. */
export type TraceqlType = "duration" | "status" | "kind" | "text" | "number";

/**
 * What TraceQL knows of each span, event, link and trace without asking for an attribute.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#intrinsic-fields
 * @see https://github.com/grafana/tempo/blob/main/pkg/traceql/ast.go
 */
export const traceqlIntrinsics: Readonly<Record<string, TraceqlType>> = {
  duration: "duration",
  name: "text",
  status: "status",
  statusMessage: "text",
  kind: "kind",
  rootName: "text",
  rootServiceName: "text",
  traceDuration: "duration",
  nestedSetLeft: "number",
  nestedSetRight: "number",
  nestedSetParent: "number",
  childCount: "number",
  "span:duration": "duration",
  "span:name": "text",
  "span:status": "status",
  "span:statusMessage": "text",
  "span:kind": "kind",
  "span:id": "text",
  "span:parentID": "text",
  "span:childCount": "number",
  "trace:duration": "duration",
  "trace:rootName": "text",
  "trace:rootService": "text",
  "trace:id": "text",
  "event:name": "text",
  "event:timeSinceStart": "duration",
  "link:spanID": "text",
  "link:traceID": "text",
  "instrumentation:name": "text",
  "instrumentation:version": "text",
};

/** The words that a status and a kind can be compared with. */
export const traceqlWords: Readonly<Record<"status" | "kind", ReadonlySet<string>>> = {
  status: new Set(["error", "ok", "unset"]),
  kind: new Set(["unspecified", "internal", "client", "server", "producer", "consumer"]),
};
