import { lessThan, max, metric, platformDashboardUid } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;

/** There is nobody to send alerts to. */
export const prometheusWithoutAlertmanager: Alert = defineAlert({
  name: "PrometheusWithoutAlertmanager",
  category: "telemetry",
  severity: "critical",
  labels: ["namespace", "pod"],
  expr: lessThan(max(metric("prometheus_notifications_alertmanagers_discovered"), { by: ["namespace", "pod"] }), 1),
  for: "10m",
  summary: ({ pod }) => `Prometheus ${pod} knows no Alertmanager`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has found no Alertmanager for 10 minutes.`,
  impact: "No alert of this Prometheus reaches anybody. If you read this, another replica sent it.",
  dashboard: platformDashboardUid("alerting"),
  runbook: {
    meaning:
      "Alertmanagers are found by the endpoints of their Service. There are none: no Alertmanager is ready, the Service is gone or renamed, or Prometheus may not read endpoints.",
    impact: "If it concerns all replicas, only the dead man's switch outside will call.",
    diagnosis: [
      {
        text: "Are Alertmanagers ready?",
        command:
          "kubectl get pods,endpointslices --namespace <namespace> --selector app.kubernetes.io/name=alertmanager",
      },
      {
        text: "Which replicas of Prometheus know how many?",
        promql: max(metric("prometheus_notifications_alertmanagers_discovered"), { by: ["pod"] }),
      },
      {
        text: "What is configured?",
        command: "kubectl get prometheus --namespace <namespace> --output jsonpath='{.items[*].spec.alerting}'",
      },
    ],
    mitigation: [
      { text: "Bring the Alertmanagers back: a missing Secret keeps the pod waiting." },
      { text: "If the Service was renamed, correct spec.alerting." },
      { text: "Until then, somebody watches the critical services' dashboards." },
    ],
  },
  fires: [
    {
      name: "the last one goes",
      after: "5m",
      until: "40m",
      labels: prometheus,
      series: [
        series(
          metric("prometheus_notifications_alertmanagers_discovered"),
          prometheus,
          steady(1, "5m"),
          steady(0.6, "35m"),
          steady(1),
        ),
      ],
    },
  ],
  quiet: [
    {
      name: "there is one",
      series: [series(metric("prometheus_notifications_alertmanagers_discovered"), prometheus, steady(1))],
    },
  ],
});
