import {
  count,
  greaterThan,
  increase,
  lessThan,
  max,
  metric,
  min,
  platformDashboardUid,
  subtract,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";
import { disappears } from "../conditions/disappearance.ts";
import { shareAbove } from "../conditions/share.ts";
import { stateHolds } from "../conditions/state.ts";

const reload = metric("alertmanager_config_last_reload_successful");
const failed = metric("alertmanager_notifications_failed_total");
const sent = metric("alertmanager_notifications_total");
const members = metric("alertmanager_cluster_members");
const hash = metric("alertmanager_config_hash");
const alertmanager = { namespace: "monitoring", pod: "alertmanager-platform-0" } as const;
const dashboard = platformDashboardUid("alerting");
const logs = '{namespace="monitoring", app="alertmanager"} |~ "level=(ERROR|WARN)"';

/** Alertmanager is down. */
export const alertmanagerDown: Alert = defineAlert({
  ...disappears(metric("alertmanager_build_info")),
  name: "AlertmanagerDown",
  category: "telemetry",
  severity: "critical",
  software: "alertmanager",
  summary: "Alertmanager is down",
  description: "Prometheus has seen no Alertmanager for 10 minutes.",
  impact:
    "Nobody is told of anything. That this alert arrives means that at least one comes back; otherwise the dead man's switch outside calls.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "No replica answers Prometheus. This alert can be sent only when one does again: read it as 'there was a gap'.",
    impact: "Alerts of the gap come now, all at once. Resolved ones of the gap never come.",
    diagnosis: [
      {
        text: "Do they run now?",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=alertmanager",
      },
      { text: "How long was the gap?", promql: max(metric("alertmanager_build_info"), { by: ["pod"] }) },
      {
        text: "Why did they end? A Secret that is mounted and missing keeps them from starting.",
        command: "kubectl describe pods --namespace <namespace> --selector app.kubernetes.io/name=alertmanager",
      },
      { text: "What fires meanwhile?", promql: sum(metric("alertmanager_alerts"), { by: ["state"] }) },
    ],
    mitigation: [
      { text: "Bring back the Secret, or revert the change of the routing." },
      { text: "If all replicas stood on one node, give them anti-affinity and a budget." },
      { text: "While it is down, tell those on call to watch the critical services' dashboards." },
    ],
  },
});

/** Alertmanager runs with an old configuration. */
export const alertmanagerConfigReloadFailed: Alert = defineAlert({
  ...stateHolds({ metric: reload, object: alertmanager, is: 0 }),
  name: "AlertmanagerConfigReloadFailed",
  category: "telemetry",
  severity: "critical",
  software: "alertmanager",
  for: "10m",
  summary: ({ pod }) => `Alertmanager ${pod} cannot load its configuration`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has run with an old configuration for 10 minutes.`,
  impact:
    "Alerts go by the old routing; after a restart Alertmanager would not start, and nobody would be told of anything.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "A new configuration was mounted and refused: it does not parse, or names a template or a file that is not there.",
    impact: "One restart away from no alerting: a node replacement is enough.",
    diagnosis: [
      {
        text: "Which line?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container alertmanager --since 15m | grep 'Loading configuration file failed'",
      },
      { text: "Are all replicas hit?", promql: max(reload, { by: ["pod"] }) },
      {
        text: "Check what is mounted.",
        command:
          "kubectl exec --namespace <namespace> <pod> --container alertmanager -- amtool check-config /etc/alertmanager/config_out/alertmanager.env.yaml",
      },
      { text: "Are all secret files there?", command: "kubectl get externalsecrets --namespace <namespace>" },
    ],
    mitigation: [
      { text: "Revert the change in Git; it is loaded within two minutes. Do not restart before." },
      { text: "If a Secret is missing, bring it back first." },
    ],
  },
});

const integration = { namespace: "monitoring", integration: "pagerduty" } as const;

/** Alertmanager cannot tell anybody. */
export const alertmanagerNotificationsFailing: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: failed, sample: { reason: "serverError" } },
      whole: { metric: sent },
      object: integration,
      limit,
      least: 0.002,
    }),
    name: "AlertmanagerNotificationsFailing",
    category: "telemetry",
    severity: "critical",
    software: "alertmanager",
    for: "5m",
    summary: ({ integration }) => `Alertmanager cannot notify by ${integration}`,
    description: ({ namespace, integration }, value) =>
      `${value.percentage} of the notifications by ${integration} of the Alertmanagers in ${namespace} have failed over the last 5 minutes.`,
    impact: "People who should have been told have not been.",
    dashboard,
    firstQueries: { logs: '{namespace="monitoring", app="alertmanager"} |= "Notify for alerts failed"' },
    runbook: {
      meaning:
        "The receiver does not take notifications: a key that was revoked, an address that changed, a limit, or the way out of the cluster is closed. This alert itself goes by another integration if there is one.",
      impact: "Whoever is reached only by this integration knows nothing.",
      diagnosis: [
        { text: "Why?", promql: sum(increase(failed, "30m"), { by: ["integration", "reason"] }) },
        {
          text: "Which receiver, with which answer?",
          command:
            "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=alertmanager --container alertmanager --since 30m | grep 'Notify for alerts failed'",
        },
        { text: "When was the key brought last?", command: "kubectl get externalsecrets --namespace <namespace>" },
        { text: "Does the receiver's own status page say something?" },
      ],
      mitigation: [
        { text: "authError: renew the key in the secret store. The file is read anew with each notification." },
        { text: "rateLimited: find the alert that floods, and silence or repair it." },
        {
          text: "If PagerDuty itself is down, tell those on call by telephone, and set the environment's paging to chat until it is back.",
        },
      ],
    },
  }),
);

const cluster = (seen: readonly number[]): readonly InputSeries[] =>
  seen.map((count, index) =>
    series(members, { namespace: "monitoring", pod: `alertmanager-platform-${index}` }, steady(count)),
  );

/** Alertmanagers do not know each other. */
export const alertmanagerMembersMissing: Alert = defineAlert({
  name: "AlertmanagerMembersMissing",
  category: "telemetry",
  severity: "warning",
  software: "alertmanager",
  labels: ["namespace", "pod"],
  expr: lessThan(max(members, { by: ["namespace", "pod"] }), count(members, { by: ["namespace"] }), {
    on: ["namespace"],
    groupLeft: [],
  }),
  for: "15m",
  summary: ({ pod }) => `Alertmanager ${pod} does not know all others`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has seen fewer Alertmanagers than there are for 15 minutes.`,
  impact: "People are told of the same alert several times, and silences hold on a part of the replicas only.",
  dashboard,
  runbook: {
    meaning:
      "Replicas gossip about silences and about who has been told what. One of them cannot reach the others: port 9094, TCP and UDP, is closed between them, or it has an old address of them.",
    impact: "Doubled pages. A silence that was made on one replica does not hold on the other.",
    diagnosis: [
      { text: "Who sees how many?", promql: max(members, { by: ["pod"] }) },
      {
        text: "Does a policy close the port? UDP is easily forgotten.",
        command: "kubectl get networkpolicies --namespace <namespace> --output yaml | grep -B3 -A3 9094",
      },
      {
        text: "What does it say?",
        command:
          "kubectl logs --namespace <namespace> <pod> --container alertmanager --since 15m | grep --ignore-case -e peer -e gossip",
      },
    ],
    mitigation: [
      { text: "Open 9094 for TCP and UDP between the replicas." },
      {
        text: "Restart the one that is alone: it looks up its peers at the start.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
    ],
  },
  fires: [
    {
      name: "one is alone",
      labels: { namespace: "monitoring", pod: "alertmanager-platform-2" },
      series: cluster([3, 3, 1]),
    },
  ],
  quiet: [
    { name: "each sees all", series: cluster([3, 3, 3]) },
    { name: "there is only one", series: cluster([1]) },
  ],
});

const hashes = (values: readonly number[]): readonly InputSeries[] =>
  values.map((value, index) =>
    series(hash, { namespace: "monitoring", pod: `alertmanager-platform-${index}` }, steady(value)),
  );

/** Alertmanagers have different configurations. */
export const alertmanagerConfigInconsistent: Alert = defineAlert({
  name: "AlertmanagerConfigInconsistent",
  category: "telemetry",
  severity: "warning",
  software: "alertmanager",
  labels: ["namespace"],
  expr: greaterThan(
    subtract(max(hash, { by: ["namespace"] }), min(hash, { by: ["namespace"] }), { on: ["namespace"] }),
    0,
  ),
  for: "20m",
  summary: ({ namespace }) => `Alertmanagers in ${namespace} have different configurations`,
  description: ({ namespace }) =>
    `The replicas of Alertmanager in ${namespace} have had different configurations for 20 minutes.`,
  impact: "Whom an alert reaches depends on which replica is first.",
  dashboard,
  runbook: {
    meaning:
      "A new configuration has reached some replicas and not others: one could not load it, or its volume is not brought up to date.",
    impact: "Alerts reach the right people sometimes.",
    diagnosis: [
      { text: "Which replica differs?", promql: max(hash, { by: ["pod"] }) },
      { text: "Has it refused the new one?", promql: max(reload, { by: ["pod"] }) },
      {
        text: "What does its reloader say?",
        command: "kubectl logs --namespace <namespace> <pod> --container config-reloader --since 30m",
      },
    ],
    mitigation: [
      { text: "If one refuses, repair the configuration: the others have only not restarted yet." },
      { text: "If one simply lags, delete its pod.", command: "kubectl delete pod --namespace <namespace> <pod>" },
    ],
  },
  fires: [{ name: "one has another", labels: { namespace: "monitoring" }, series: hashes([7, 7, 9]) }],
  quiet: [{ name: "all have the same", series: hashes([7, 7, 7]) }],
});
