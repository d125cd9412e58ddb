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
  argocd_app_reconcile: {
    type: "histogram",
    unit: "seconds",
    labels: ["namespace", "dest_server"],
    help: "How long the reconciliation of an Application took. The namespace is that of the Application.",
  },
  argocd_cluster_connection_status: {
    type: "gauge",
    unit: "boolean",
    labels: ["server", "k8s_version"],
    help: "Whether the controller's watches of a cluster work.",
  },
  argocd_git_request_total: {
    type: "counter",
    unit: "count",
    labels: ["repo", "request_type"],
    help: "Requests of the repository server to a Git repository: fetch or ls-remote. Exists from the first one on.",
  },
  argocd_git_fetch_fail_total: {
    type: "counter",
    unit: "count",
    labels: ["repo", "revision"],
    help: "Fetches from a Git repository that failed.",
  },
  argocd_git_lsremote_fail_total: {
    type: "counter",
    unit: "count",
    labels: ["repo", "revision"],
    help: "Looks at the branches of a Git repository that failed.",
  },
  argocd_redis_request_total: {
    type: "counter",
    unit: "count",
    labels: ["hostname", "initiator", "command", "failed"],
    help: "Requests to Redis, by whether they failed: true or false.",
  },
  argocd_login_request_total: {
    type: "counter",
    unit: "count",
    labels: ["status"],
    help: "Logins with a name and a password: success or failure. Exists from the first one on; single sign-on is not counted.",
  },
  workqueue_depth: {
    type: "gauge",
    unit: "count",
    labels: ["name", "controller", "priority"],
    help: "Objects that wait in a controller's queue: for Argo CD name app_reconciliation_queue. Every controller that is built with Kubernetes' libraries exposes it.",
  },
} as const;
