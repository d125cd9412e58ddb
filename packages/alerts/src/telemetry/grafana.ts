import { countOf, matching, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { shareAbove } from "../conditions/share.ts";

const requests = countOf(metric("grafana_http_request_duration_seconds"));
const dashboard = platformDashboardUid("metrics");
const pods = "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=grafana";

/** Grafana is down. */
export const grafanaDown: Alert = defineAlert({
  ...disappears(metric("grafana_build_info")),
  name: "GrafanaDown",
  category: "telemetry",
  severity: "warning",
  software: "grafana",
  for: "5m",
  summary: "Grafana is down",
  description: "Prometheus has not seen Grafana for 15 minutes.",
  impact: "Nobody sees a dashboard. Alerts go on: they are Prometheus' own.",
  dashboard,
  runbook: {
    meaning:
      "Prometheus has reached no pod of Grafana for some minutes: it is not running, it waits for its database, or the network between the two is closed.",
    impact: "Whoever is on call works with runbooks and kubectl.",
    diagnosis: [
      { text: "Does it run?", command: pods },
      {
        text: "Why did it end? A plugin that cannot be fetched, or a database that is not there, keeps it from starting.",
        command: "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=grafana --previous --tail 100",
      },
      { text: "If it runs: is it scraped?", promql: max(metric("up"), { by: ["job", "pod"] }) },
    ],
    mitigation: [
      { text: "If a change broke it, revert it in Git: dashboards and data sources come from there, nothing is lost." },
      {
        text: "Meanwhile ask Prometheus itself.",
        command: "kubectl port-forward --namespace <namespace> service/prometheus-operated 9090",
      },
    ],
  },
});

/** Grafana answers with errors. */
export const grafanaErrors: Alert = defineTunableAlert({ value: 0.2, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: requests,
        where: { status_code: matching("5..") },
        sample: { status_code: "500", method: "GET" },
      },
      whole: { metric: requests, sample: { status_code: "200", method: "GET" } },
      object: { handler: "/api/ds/query" },
      limit,
      least: 0.02,
    }),
    name: "GrafanaErrors",
    category: "telemetry",
    severity: "info",
    software: "grafana",
    for: "15m",
    summary: ({ handler }) => `Grafana answers ${handler} with errors`,
    description: ({ handler }, value) =>
      `${value.percentage} of Grafana's answers to ${handler} have been errors over the last 5 minutes.`,
    impact: "Panels stay empty.",
    dashboard,
    runbook: {
      meaning: "/api/ds/query is a panel that asks a data source: the error is usually the data source's.",
      impact: "Dashboards show less than there is.",
      diagnosis: [
        {
          text: "Which handlers?",
          promql: sum(rate(select(requests, { status_code: matching("5..") }), "5m"), {
            by: ["handler", "status_code"],
          }),
        },
        {
          text: "Which data source?",
          command:
            "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=grafana --since 15m | grep level=error",
        },
      ],
      mitigation: [
        { text: "Go on with the data source: Prometheus, Loki or Tempo has an alert of its own." },
        { text: "If it is one dashboard, its query is too expensive: shorten its time or record what it asks for." },
      ],
    },
  }),
);
