/**
 * Prometheus Operator 0.93.
 *
 * @see https://github.com/prometheus-operator/prometheus-operator/tree/main/pkg/operator
 */
export const prometheusOperatorMetrics = {
  prometheus_operator_ready: {
    type: "gauge",
    unit: "boolean",
    labels: ["controller"],
    help: "Whether a controller has started: prometheus, prometheus-agent, alertmanager or thanos.",
  },
  prometheus_operator_reconcile_operations_total: {
    type: "counter",
    unit: "count",
    labels: ["controller"],
    help: "Reconciliations.",
  },
  prometheus_operator_reconcile_errors_total: {
    type: "counter",
    unit: "count",
    labels: ["controller"],
    help: "Reconciliations that failed.",
  },
  prometheus_operator_managed_resources: {
    type: "gauge",
    unit: "count",
    labels: ["controller", "resource", "state"],
    help: "Rules, monitors and the like that are used or refused: state selected or rejected.",
  },
} as const;
