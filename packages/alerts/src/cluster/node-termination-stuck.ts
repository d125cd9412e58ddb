import { equal, lessThan, max, metric, platformDashboardUid, subtract, time } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const deleted = metric("kube_node_deletion_timestamp");
const allowed = metric("kube_poddisruptionbudget_status_pod_disruptions_allowed");
const by = ["node"] as const;
const node = { node: "node-a" } as const;

/** A node was to go and is still there: something does not let its pods leave. */
export const nodeTerminationStuck: Alert = defineTunableAlert({ value: 3600, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "NodeTerminationStuck",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: lessThan(max(deleted, { by }), subtract(time(), limit)),
    for: "5m",
    summary: ({ node }) => `Node ${node} cannot be removed`,
    description: ({ node }) =>
      `The deletion of ${node} was asked for more than ${Math.round(limit / 60)} minutes ago, and it is still there.`,
    impact: "The node is paid for and takes no pods; security updates and moves to cheaper machines do not go on.",
    runbook: {
      meaning:
        "The node has a deletion time, and a finalizer keeps it: Karpenter drains it first. Draining stops at a pod whose disruption budget allows no eviction, at one with the annotation karpenter.sh/do-not-disrupt, at one that does not end, or at a volume that is not detached.",
      impact:
        "Nothing is down. But old nodes stay, with the vulnerabilities of their image, and they are paid for; when Karpenter is at its disruption budget, no other node is replaced either.",
      diagnosis: [
        {
          text: "What does Karpenter wait for? The events of the node and of its NodeClaim name the pod.",
          command: "kubectl describe node <node>",
        },
        {
          text: "Which pods are still there? Those of DaemonSets do not count.",
          command: "kubectl get pods --all-namespaces --field-selector spec.nodeName=<node> --output wide",
        },
        {
          text: "Which budgets allow no eviction?",
          promql: equal(max(allowed, { by: ["namespace", "poddisruptionbudget"] }), 0),
        },
        {
          text: "Is a volume still attached?",
          command: "kubectl get volumeattachments --output wide",
        },
      ],
      mitigation: [
        {
          text: "If a budget is in the way because a replica is not healthy, repair the replica: its team has PodDisruptionBudgetBlocksDrains or PodNotReady at the same time.",
        },
        {
          text: "If the budget can never be kept (one replica and minAvailable 1), ask the team to run two replicas or to allow one to be missing.",
        },
        {
          text: "If the team agrees to the interruption, delete the pod yourself: a deletion, unlike an eviction, asks no budget.",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        {
          text: "Do not remove the finalizer while the machine runs: its volumes stay attached, and the machine is paid for without anybody seeing it.",
        },
      ],
    },
    firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*" |= "<node>"' },
    dashboard: platformDashboardUid("autoscaling"),
    fires: [
      {
        name: "a node was deleted long ago",
        after: "11m",
        // A minute after the last sample, and the 5 minutes for which Prometheus looks back.
        until: "34m",
        labels: node,
        series: [series(deleted, node, steady(600 - limit, "30m"), {})],
      },
    ],
    quiet: [
      { name: "a node was deleted a moment ago", series: [series(deleted, node, steady(0, "15m"), {})] },
      { name: "no node was deleted", series: [series(metric("kube_node_spec_unschedulable"), node, steady(1))] },
    ],
  }),
);
