/**
 * Argo CD 3.x application controller. `namespace` is that of the Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
 */
export const argoCdMetrics = {
  argocd_app_info: {
    type: "gauge",
    unit: "info",
    labels: [
      "autosync_enabled",
      "dest_namespace",
      "dest_server",
      "health_status",
      "name",
      "namespace",
      "operation",
      "project",
      "repo",
      "sync_status",
    ],
    help: "An Application with its sync status and its health.",
  },
  argocd_app_sync_total: {
    type: "counter",
    unit: "count",
    labels: ["dest_server", "name", "namespace", "phase", "project", "dry_run"],
    help: "Finished syncs of an Application, by phase.",
  },
} as const;
