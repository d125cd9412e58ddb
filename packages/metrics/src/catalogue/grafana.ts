/**
 * Grafana about itself.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/set-up-grafana-monitoring/
 */
export const grafanaMetrics = {
  grafana_build_info: {
    type: "gauge",
    unit: "info",
    labels: ["version", "revision", "branch", "goversion", "edition"],
    help: "The version: there as long as Grafana is.",
  },
  grafana_http_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["handler", "status_code", "method"],
    help: "How long an answer took.",
  },
} as const;
