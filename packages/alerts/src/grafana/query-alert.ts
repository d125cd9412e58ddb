import type { PlatformDashboardTopic } from "@plinth/metrics";
import type { AlertOwner, AlertSeverity, Runbook } from "../alert/alert.ts";

/** An alert on logs or traces: Grafana asks Loki or Tempo, and hands what fires to the same Alertmanager as Prometheus does. */
export interface QueryAlert {
  /** Unique in the platform, with a runbook of its own: `LogErrorBurst`. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** Who is told. */
  readonly owner: AlertOwner;
  /** Who answers the query. */
  readonly source: "logs" | "traces";
  /** LogQL or TraceQL that gives numbers: one for each object that may fire. */
  readonly query: string;
  /** It fires above this. */
  readonly above: number;
  readonly for: string;
  /** Labels of the result under the names that the routing knows: `{ namespace: "k8s_namespace_name" }`. */
  readonly labels: Readonly<Record<string, string>>;
  /** One line; `{{ $labels.namespace }}` and the like are filled in by Grafana. */
  readonly summary: string;
  readonly description: string;
  readonly impact: string;
  readonly runbook: Runbook;
}

/** The dashboard of the platform that draws what an alert on logs or traces asks. */
export function queryAlertTopic({ source }: Pick<QueryAlert, "source">): PlatformDashboardTopic {
  return source;
}
