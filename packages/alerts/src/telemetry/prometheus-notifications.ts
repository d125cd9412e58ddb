import { metric, platformDashboardUid, rate, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { increaseAbove } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";

const dropped = metric("prometheus_notifications_dropped_total");
const alertErrors = metric("prometheus_notifications_errors_total");
const alertsSent = metric("prometheus_notifications_sent_total");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;

/** Alerts do not reach an Alertmanager. */
export const prometheusAlertsNotSent: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: alertErrors },
      whole: { metric: alertsSent },
      object: { ...prometheus, alertmanager: "http://10.0.0.7:9093/api/v2/alerts" },
      limit,
      least: 0.01,
    }),
    name: "PrometheusAlertsNotSent",
    category: "telemetry",
    // With several Alertmanagers the others get them: PrometheusNotificationsDropped says when none does.
    severity: "warning",
    for: "15m",
    summary: ({ pod, alertmanager }) => `Prometheus ${pod} cannot send alerts to ${alertmanager}`,
    description: ({ namespace, pod, alertmanager }, value) =>
      `${value.percentage} of the alerts of ${namespace}/${pod} have not reached ${alertmanager} over the last 5 minutes.`,
    impact: "Fewer Alertmanagers know of alerts than should; with the next failure nobody is told.",
    dashboard: platformDashboardUid("alerting"),
    runbook: {
      meaning: "Prometheus sends each alert to every Alertmanager. One of them does not take them.",
      impact: "None while another one does.",
      diagnosis: [
        { text: "Which ones?", promql: sum(rate(alertErrors, "5m"), { by: ["pod", "alertmanager"] }) },
        {
          text: "Is that one well?",
          command:
            "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=alertmanager --output wide",
        },
        {
          text: "With which error?",
          command:
            "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep 'Error sending alert'",
        },
      ],
      mitigation: [
        { text: "Restart the Alertmanager that does not answer; the others keep silences and state." },
        {
          text: "If a network policy is in the way, the error is a timeout: open prometheus to alertmanager on its web port.",
        },
      ],
    },
  }),
);

/** Alerts are lost. */
export const prometheusNotificationsDropped: Alert = defineAlert({
  ...increaseAbove({ metric: dropped, object: prometheus, within: "10m", limit: 0 }),
  name: "PrometheusNotificationsDropped",
  category: "telemetry",
  severity: "critical",
  for: "5m",
  summary: ({ pod }) => `Prometheus ${pod} loses alerts`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has dropped alerts within the last 10 minutes, without sending them to anybody.`,
  impact: "Somebody is not told of something.",
  dashboard: platformDashboardUid("alerting"),
  runbook: {
    meaning:
      "The queue of alerts is full, or every attempt to send a batch failed. Prometheus sends firing alerts again each minute, so a short drop heals itself; a long one does not.",
    impact: "Alerts come late or never.",
    diagnosis: [
      {
        text: "Can any Alertmanager be reached?",
        promql: sum(rate(alertsSent, "5m"), { by: ["pod", "alertmanager"] }),
      },
      {
        text: "How many alerts fire? A flood fills the queue.",
        promql: sum(metric("alertmanager_alerts"), { by: ["state"] }),
      },
      {
        text: "What does it say?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep --ignore-case alert",
      },
    ],
    mitigation: [
      { text: "Bring an Alertmanager back first; see PrometheusAlertsNotSent." },
      { text: "If thousands of alerts fire from one rule, revert that rule." },
    ],
  },
});
