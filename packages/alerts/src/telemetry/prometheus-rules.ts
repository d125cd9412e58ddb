import { increase, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { keepsRising } from "../conditions/increase.ts";
import { stateHolds } from "../conditions/state.ts";

const reload = metric("prometheus_config_last_reload_successful");
const ruleFailures = metric("prometheus_rule_evaluation_failures_total");
const missed = metric("prometheus_rule_group_iterations_missed_total");
const headSeries = metric("prometheus_tsdb_head_series");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;
const dashboard = platformDashboardUid("metrics");
const prometheusLogs = '{namespace="monitoring", app="prometheus"} |~ "level=(ERROR|WARN)"';

/** Prometheus runs with an old configuration. */
export const prometheusConfigReloadFailed: Alert = defineAlert({
  ...stateHolds({ metric: reload, object: prometheus, is: 0 }),
  name: "PrometheusConfigReloadFailed",
  category: "telemetry",
  severity: "warning",
  for: "10m",
  summary: ({ pod }) => `Prometheus ${pod} cannot load its configuration`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has run with an old configuration for 10 minutes.`,
  impact: "New rules, alerts and targets have no effect; after a restart Prometheus would not start.",
  dashboard,
  firstQueries: { logs: prometheusLogs },
  runbook: {
    meaning:
      "The operator wrote a new configuration, and Prometheus refused it: a rule or a scrape configuration that passes the operator and not Prometheus.",
    impact: "Alerts that were merged since then do not exist. Those that were there go on.",
    diagnosis: [
      {
        text: "Which file, which line?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep 'Error loading config'",
      },
      {
        text: "Does the reloader see the same?",
        command: "kubectl logs --namespace <namespace> <pod> --container config-reloader --since 15m",
      },
      { text: "Are all replicas hit?", promql: max(reload, { by: ["pod"] }) },
      {
        text: "What changed last?",
        command:
          "kubectl get prometheusrules,servicemonitors,podmonitors --all-namespaces --sort-by .metadata.creationTimestamp",
      },
    ],
    mitigation: [
      { text: "Revert the object in Git; the next reload happens within a minute." },
      { text: "Do not restart Prometheus before: it would not come up." },
    ],
  },
});

/** Rules cannot be evaluated. */
export const prometheusRuleFailures: Alert = defineAlert({
  ...keepsRising({
    metric: ruleFailures,
    object: { ...prometheus, rule_group: "platform-alerts-cluster.yaml;cluster" },
  }),
  name: "PrometheusRuleFailures",
  category: "telemetry",
  // An alert that cannot be evaluated does not fire.
  severity: "critical",
  for: "10m",
  summary: ({ pod, rule_group }) => `Prometheus ${pod} cannot evaluate ${rule_group}`,
  description: ({ namespace, pod, rule_group }) =>
    `Rules of ${rule_group} have failed in ${namespace}/${pod} for 10 minutes.`,
  impact: "Alerts of this group may not fire, and what it records is missing.",
  dashboard,
  firstQueries: { logs: '{namespace="monitoring", app="prometheus"} |= "Evaluating rule failed"' },
  runbook: {
    meaning:
      "A rule ended in an error: two series with the same labels meet on one side of a join (many-to-many), a result has duplicate series, or the query takes too many samples.",
    impact: "Until it is repaired, this group's alerts have to be watched by hand.",
    diagnosis: [
      {
        text: "Which rule, and which error?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep 'Evaluating rule failed'",
      },
      { text: "Which groups fail?", promql: sum(increase(ruleFailures, "30m"), { by: ["rule_group"] }) },
      {
        text: "Run the expression by hand. many-to-many usually means a second exporter of the same metric: find it by job.",
        command:
          "kubectl exec --namespace <namespace> <pod> --container prometheus -- promtool query instant http://localhost:9090 '<expression>'",
      },
    ],
    mitigation: [
      { text: "If a second exporter appeared, take it out of the scrape." },
      { text: "If the rule is new, revert it; if it is old, aggregate before the join." },
      { text: "Tell the owners of the alerts in this group that they are blind." },
    ],
  },
});

/** Rules are evaluated too late. */
export const prometheusRuleEvaluationsMissed: Alert = defineAlert({
  ...keepsRising({
    metric: missed,
    object: { ...prometheus, rule_group: "service-alerts-checkout.yaml;service-checkout" },
  }),
  name: "PrometheusRuleEvaluationsMissed",
  category: "telemetry",
  severity: "warning",
  for: "15m",
  summary: ({ pod, rule_group }) => `Prometheus ${pod} skips evaluations of ${rule_group}`,
  description: ({ namespace, pod, rule_group }) =>
    `${namespace}/${pod} has skipped evaluations of ${rule_group} for 15 minutes, because the one before was still running.`,
  impact: "Alerts of this group come late.",
  dashboard,
  runbook: {
    meaning:
      "The group takes longer than its interval: its queries are expensive, or Prometheus is short of CPU or disk.",
    impact: "`for` takes longer than it says; recorded series have gaps.",
    diagnosis: [
      { text: "One group or all?", promql: sum(increase(missed, "30m"), { by: ["rule_group"] }) },
      {
        text: "Is Prometheus at its CPU limit?",
        promql: sum(rate(select(metric("container_cpu_usage_seconds_total"), { container: "prometheus" }), "5m"), {
          by: ["pod"],
        }),
      },
      { text: "Did the number of series jump?", promql: max(headSeries, { by: ["pod"] }) },
    ],
    mitigation: [
      { text: "If one group is expensive, split it, or record what its rules share." },
      { text: "If all are late, give Prometheus CPU, and look for the query or the job that grew." },
    ],
  },
});
