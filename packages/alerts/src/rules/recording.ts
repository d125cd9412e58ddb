import type { Finding } from "@plinth/core";
import { type Expression, printPromql, printPromqlLine, type RecordingRule } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";

/** An expression that is computed once and kept as a series, because alerts ask for it more than once. */
export interface Recording {
  /** `level:metric:operations`: `service:traces_span_metrics_calls:rate5m`. */
  readonly record: string;
  /** An aggregation: its labels, and no other, are those of the series beside `labels`. */
  readonly expr: Expression;
  /** Labels that say which of the series of this name it is. */
  readonly labels: LabelSet;
}

/**
 * An expression that is computed once and kept as a series. Alerts are written with the expression itself; where it stands twice or more in those of a group, the rules read
 * the series instead. Tests and runbooks stay with the expression.
 *
 * @see https://prometheus.io/docs/practices/rules/
 * @example
 * import { metric, rate, sum } from "@plinth/metrics";
 * const requests = defineRecording({
 *   record: "server:coredns_dns_requests:rate5m",
 *   expr: sum(rate(metric("coredns_dns_requests_total"), "5m"), { by: ["server"] }),
 * });
 * requests.labels; // {}
 */
export function defineRecording(definition: Omit<Recording, "labels"> & Partial<Pick<Recording, "labels">>): Recording {
  return { labels: {}, ...definition };
}

/** What is wrong with a recording: a name that does not say what it is, or an expression whose labels nobody knows. */
export function recordingFindings({ record, expr }: Recording): readonly Finding[] {
  const at = (path: string): Pick<Finding, "severity" | "path"> => ({
    severity: "error",
    path: `recordings[${record}].${path}`,
  });
  return [
    ...(/^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:[a-z0-9_]+$/.test(record)
      ? []
      : [
          {
            code: "invalid-field" as const,
            ...at("record"),
            message: `is ${JSON.stringify(record)}`,
            expected: "level:metric:operations",
            example: 'record: "service:http_requests:rate5m"',
          },
        ]),
    ...(expr.kind === "aggregation" && expr.grouping?.clause !== "without"
      ? []
      : [
          {
            code: "invalid-expression" as const,
            ...at("expr"),
            message: "does not say which labels it keeps",
            expected: "an aggregation by the labels that it keeps",
            example: 'sum(rate(metric("up"), "5m"), { by: ["job"] })',
          },
        ]),
  ];
}

/** The rule of a recording. */
export function recordingRule({ record, expr, labels }: Recording): RecordingRule {
  return { record, expr: printPromql(expr), labels };
}

/** The recordings that stand at least twice in the alerts of a group, and the alerts with the series in their place. */
export function shareExpressions(
  alerts: readonly Alert[],
  recordings: readonly Recording[],
): { readonly recordings: readonly Recording[]; readonly alerts: readonly Alert[] } {
  if (recordings.length === 0) return { recordings, alerts };
  const byText = new Map(recordings.map((recording) => [printPromqlLine(recording.expr), recording]));
  const uses = new Map<Recording, number>();
  for (const alert of alerts) {
    replaceAggregations(alert.expr, byText, (recording) => {
      uses.set(recording, (uses.get(recording) ?? 0) + 1);
    });
  }
  const shared = new Map([...byText].filter(([, recording]) => (uses.get(recording) ?? 0) > 1));
  if (shared.size === 0) return { recordings: [], alerts };
  return {
    recordings: [...shared.values()],
    alerts: alerts.map((alert) => ({ ...alert, expr: replaceAggregations(alert.expr, shared) })),
  };
}

function replaceAggregations(
  expression: Expression,
  byText: ReadonlyMap<string, Recording>,
  found: (recording: Recording) => void = () => undefined,
): Expression {
  const replace = (part: Expression): Expression => replaceAggregations(part, byText, found);
  switch (expression.kind) {
    case "aggregation": {
      const recording = byText.get(printPromqlLine(expression));
      if (recording === undefined) return { ...expression, of: replace(expression.of) };
      found(recording);
      return recorded(recording);
    }
    case "range":
    case "negation":
      return { ...expression, of: replace(expression.of) };
    case "call":
      return { ...expression, arguments: expression.arguments.map(replace) };
    case "binary":
      return { ...expression, left: replace(expression.left), right: replace(expression.right) };
    case "selector":
    case "number":
    case "text":
    case "raw":
      return expression;
  }
}

/** The series, with the labels of the expression and no other: operators match by labels. */
function recorded({ record, expr, labels }: Recording): Expression {
  const grouping = expr.kind === "aggregation" ? expr.grouping : undefined;
  return {
    kind: "aggregation",
    operator: "sum",
    of: {
      kind: "selector",
      series: record,
      matchers: Object.entries(labels).map(([label, value]) => ({ label, operator: "=" as const, value })),
    },
    ...(grouping === undefined ? {} : { grouping }),
  };
}
