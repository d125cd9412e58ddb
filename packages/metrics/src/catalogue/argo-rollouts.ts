/**
 * Argo Rollouts 1.10. `namespace` is that of the Rollout where the scrape honours labels.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/controller-metrics/
 */
export const argoRolloutsMetrics = {
  argo_rollouts_controller_info: {
    type: "gauge",
    unit: "info",
    labels: ["version"],
    help: "The version: there as long as the controller is.",
  },
  rollout_info: {
    type: "gauge",
    unit: "info",
    labels: ["namespace", "name", "strategy", "traffic_router", "phase"],
    help: "A Rollout with its phase: Healthy, Progressing, Paused, Degraded and others.",
  },
  rollout_reconcile_error: {
    type: "counter",
    unit: "count",
    labels: ["namespace", "name"],
    help: "Reconciliations of a Rollout that failed.",
  },
} as const;
