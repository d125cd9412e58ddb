import { and, count, divide, equal, greaterThan, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";

const condition = metric("kube_node_status_condition");
const ready = { condition: "Ready", status: "true" } as const;
const readiness = max(select(condition, ready), { by: ["node"] });
const notReady = count(equal(readiness, 0));
const all = metric("kube_node_info");

/** A large part of the nodes is not ready at once: no machine has failed, but what they share. */
export const manyNodesNotReady: Alert = defineTunableAlert({ value: 0.2, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ManyNodesNotReady",
    category: "cluster",
    severity: "critical",
    // A ratio says little of a cluster of five.
    expr: and(greaterThan(divide(notReady, count(max(all, { by: ["node"] }))), limit), greaterThan(notReady, 2)),
    for: "5m",
    summary: (_, value) => `${value.percentage} of the nodes are not ready`,
    description: (_, value) => `${value.percentage} of the nodes, at least three, have not been ready for 5 minutes.`,
    impact: "A part of the cluster is gone: what runs there is down, and the rest may be too small for all of it.",
    runbook: {
      meaning:
        "So many nodes do not fail by themselves at once. A zone is gone, the nodes cannot reach the API server, a certificate or an IAM role that all of them need has gone bad, or a change was rolled out to all nodes: an image, a DaemonSet, a security group.",
      impact:
        "While more than 55 % of a zone's nodes are not ready, the control plane slows eviction down or stops it, because the network is more likely than the nodes: pods stay where they are, and what is down stays down.",
      diagnosis: [
        { text: "Which nodes, and since when?", promql: equal(readiness, 0) },
        {
          text: "What do they share: a zone, a NodePool, a machine type, an image, their age?",
          command:
            "kubectl get nodes --label-columns topology.kubernetes.io/zone,karpenter.sh/nodepool,node.kubernetes.io/instance-type",
        },
        {
          text: "Do the kubelets fall silent (status unknown: network, API server, machine) or do they say that they are not ready (container runtime, CNI)?",
          promql: count(equal(max(select(condition, { condition: "Ready", status: "unknown" }), { by: ["node"] }), 1)),
        },
        {
          text: "What was changed in the last hour: node class, CNI, security groups, route tables, access entries of the node role?",
          command: "kubectl get pods --namespace kube-system --output wide",
        },
        { text: "Does the cloud's health page name the zone?" },
      ],
      mitigation: [
        {
          text: "Do not delete or drain nodes one by one: it makes the remaining ones smaller and hides the cause.",
        },
        {
          text: "If a change was rolled out, take it back first: revert it in Git and let Argo CD sync; what was changed in the cloud, in the cloud.",
        },
        {
          text: "If it is a zone, shift traffic away from it (zonal shift of the load balancer) and let the autoscaler bring nodes in the others.",
        },
        {
          text: "If kubelets cannot reach the API server and nothing was changed, open a case of the highest severity with the cloud's support at once; the control plane is theirs.",
        },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "three nodes stop reporting, and that is more",
        after: "4m",
        until: "20m",
        labels: {},
        value: 3 / allBut(limit),
        series: nodes(allBut(limit), 3),
      },
    ],
    quiet: [
      { name: "fewer nodes are not ready", series: nodes(100, Math.ceil(limit * 75)) },
      { name: "two nodes of a small cluster are not ready", series: nodes(5, 2) },
      { name: "all nodes are ready", series: nodes(12, 0) },
    ],
  }),
);

/** Nodes of which three are a little more than the limit. */
function allBut(limit: number): number {
  return Math.floor(3 / (limit * 1.25));
}

function nodes(count: number, lost: number): readonly InputSeries[] {
  return Array.from({ length: count }, (_, index) => {
    const node = `node-${index}`;
    const silent = [steady(0, "4m"), steady(1, "16m"), steady(0)];
    return [
      series(all, { node }, steady(1)),
      ...(index < lost
        ? [
            series(condition, { node, ...ready }, steady(1, "4m"), steady(0, "16m"), steady(1)),
            series(condition, { node, condition: "Ready", status: "unknown" }, ...silent),
            series(condition, { node, condition: "DiskPressure", status: "true" }, ...silent),
          ]
        : [series(condition, { node, ...ready }, steady(1))]),
    ];
  }).flat();
}
