import { and, changes, equal, greaterThan, max, metric, platformDashboardUid, select, subtract } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const desired = metric("kube_daemonset_status_desired_number_scheduled");
const scheduled = metric("kube_daemonset_status_current_number_scheduled");
const available = metric("kube_daemonset_status_number_available");
const updated = metric("kube_daemonset_status_updated_number_scheduled");
const misscheduled = metric("kube_daemonset_status_number_misscheduled");
const by = ["namespace", "daemonset"] as const;
const agent = { namespace: "opentelemetry", daemonset: "otel-agent" } as const;

const missingPods = {
  text: "On which nodes is it missing, and why? Compare the pods with the nodes.",
  command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<daemonset> --output wide",
} as const;

/** The pods of a DaemonSet are not available on all nodes, and no rollout goes on. */
export const daemonSetPodsUnavailable: Alert = defineAlert({
  name: "DaemonSetPodsUnavailable",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(greaterThan(max(desired, { by }), max(available, { by })), equal(max(changes(updated, "10m"), { by }), 0)),
  for: "15m",
  summary: ({ namespace, daemonset }) => `DaemonSet ${namespace}/${daemonset} is not available on all nodes`,
  description: ({ namespace, daemonset }) =>
    `For 15 minutes ${namespace}/${daemonset} has been available on fewer nodes than it should be, and no rollout goes on.`,
  impact: "On the nodes without it there is none of what it gives: network, volumes, logs and traces, or protection.",
  runbook: {
    meaning:
      "Some of its pods are not ready, and the rollout, if there is one, has not gone on for ten minutes. A DaemonSet rolls out node by node and stops at the first one that does not become ready.",
    impact:
      "It depends on what it is: without the CNI's agent no pod starts on the node, without the CSI driver no volume is mounted, without the collector telemetry is lost.",
    diagnosis: [
      missingPods,
      { text: "What do its events say?", command: "kubectl describe daemonset --namespace <namespace> <daemonset>" },
      {
        text: "Is it the version or the node? Pods of one version, or all pods of one node.",
        promql: subtract(max(desired, { by }), max(available, { by })),
      },
      {
        text: "What does such a pod say?",
        command: "kubectl logs --namespace <namespace> <pod> --all-containers --tail 100",
      },
    ],
    mitigation: [
      { text: "If a new version is at fault, revert it in Git and let Argo CD sync." },
      {
        text: "If it is single nodes, look at them: their alerts (NodeDiskPressure, NodeMemoryPressure) come first; a node that is not well is replaced.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
      },
      { text: "OOMKilled on large nodes only: its memory grows with the pods of a node; raise the limit." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>"' },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "two pods are not available",
      after: "10m",
      until: "40m",
      labels: agent,
      series: [
        series(desired, agent, steady(12)),
        series(available, agent, steady(12, "10m"), steady(10, "30m"), steady(12)),
        series(updated, agent, steady(12)),
      ],
    },
  ],
  quiet: [
    {
      name: "all are available",
      series: [
        series(desired, agent, steady(12)),
        series(available, agent, steady(12)),
        series(updated, agent, steady(12)),
      ],
    },
    {
      name: "a rollout goes on",
      series: [
        series(desired, agent, steady(200)),
        series(available, agent, steady(199)),
        series(updated, agent, growing({ from: 0, perMinute: 1 })),
      ],
    },
  ],
});

/** Pods of a DaemonSet are not placed on nodes where they should be. */
export const daemonSetNotScheduled: Alert = defineAlert({
  name: "DaemonSetNotScheduled",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: greaterThan(subtract(max(desired, { by }), max(scheduled, { by })), 0),
  for: "10m",
  summary: ({ namespace, daemonset }) => `Pods of DaemonSet ${namespace}/${daemonset} are not placed`,
  description: ({ namespace, daemonset }) =>
    `For 10 minutes ${namespace}/${daemonset} has had no pod on some nodes where it should have one.`,
  impact: "On these nodes there is none of what it gives.",
  runbook: {
    meaning:
      "A pod of a DaemonSet can only run on its own node. It is refused by a quota or an admission policy, or the node is full and the pod's priority too low to make room.",
    impact:
      "New nodes start without it. Pods that need it (a volume, a network policy, telemetry) run without, or not at all.",
    diagnosis: [
      {
        text: "Are pods refused? FailedCreate names the quota or the policy.",
        command: "kubectl describe daemonset --namespace <namespace> <daemonset>",
      },
      missingPods,
      {
        text: "What does the pending pod say? `Insufficient memory`, `Too many pods`.",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
    ],
    mitigation: [
      {
        text: "Full nodes: give it the priority class system-node-critical, or one of the platform's, so that it makes room.",
      },
      {
        text: "`Too many pods`: see KubeletTooManyPods; Karpenter plans for the DaemonSets that it knows when it makes a node, not for later ones: replace the node.",
      },
      { text: "A quota or a policy: allow it there." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "a node is full",
      after: "5m",
      until: "30m",
      labels: agent,
      series: [
        series(desired, agent, steady(12)),
        series(scheduled, agent, steady(12, "5m"), steady(11, "25m"), steady(12)),
      ],
    },
  ],
  quiet: [
    { name: "all are placed", series: [series(desired, agent, steady(12)), series(scheduled, agent, steady(12))] },
  ],
});

/** Pods of a DaemonSet run on nodes where they should not. */
export const daemonSetMisscheduled: Alert = defineAlert({
  name: "DaemonSetMisscheduled",
  category: "workloads",
  severity: "info",
  owner: "namespace",
  labels: by,
  expr: greaterThan(max(misscheduled, { by }), 0),
  for: "15m",
  summary: ({ namespace, daemonset }) => `Pods of DaemonSet ${namespace}/${daemonset} run where they should not`,
  description: ({ namespace, daemonset }) =>
    `For 15 minutes pods of ${namespace}/${daemonset} have run on nodes that it does not choose.`,
  impact: "Usually none; they take room that belongs to others.",
  runbook: {
    meaning:
      "The nodeSelector, the affinity or a node's labels or taints were changed, and pods of before are still there: a taint NoSchedule keeps new pods away, and does not remove old ones.",
    impact: "They run with rights that they should not have on these nodes, if the choice was made for safety.",
    diagnosis: [
      missingPods,
      {
        text: "What does it choose?",
        command:
          "kubectl get daemonset --namespace <namespace> <daemonset> --output jsonpath='{.spec.template.spec.nodeSelector}{.spec.template.spec.affinity}{.spec.template.spec.tolerations}'",
      },
      { text: "What do the nodes have?", command: "kubectl get nodes --show-labels" },
      { text: "How many are there?", promql: max(select(misscheduled, { namespace: "<namespace>" }), { by }) },
    ],
    mitigation: [
      {
        text: "If the choice is right, delete those pods: they do not come back.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      { text: "If the nodes' labels are wrong, correct the NodePool in Git." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "a label was taken from a node",
      after: "5m",
      until: "30m",
      labels: agent,
      series: [series(misscheduled, agent, steady(0, "5m"), steady(1, "25m"), steady(0))],
    },
  ],
  quiet: [{ name: "all run where they should", series: [series(misscheduled, agent, steady(0))] }],
});
