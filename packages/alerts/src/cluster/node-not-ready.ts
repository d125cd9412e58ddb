import { equal, max, metric, platformDashboardUid, select, unless } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const condition = metric("kube_node_status_condition");
const cordoned = metric("kube_node_spec_unschedulable");
const ready = { condition: "Ready", status: "true" } as const;

/** A node that was not cordoned is not ready: its pods have been evicted by then. */
export const nodeNotReady: Alert = defineAlert({
  name: "NodeNotReady",
  category: "cluster",
  severity: "critical",
  labels: ["node"],
  expr: unless(equal(max(select(condition, ready), { by: ["node"] }), 0), equal(max(cordoned, { by: ["node"] }), 1)),
  // Longer than the 5 minutes after which pods are evicted: kube-controller-manager, default toleration of node.kubernetes.io/not-ready.
  for: "10m",
  summary: ({ node }) => `Node ${node} is not ready`,
  description: ({ node }) =>
    `The kubelet of ${node} has not reported ready for 10 minutes, and nobody has cordoned the node.`,
  impact: "Its pods are evicted; what is bound to its volumes or has no spare replica is down.",
  runbook: {
    meaning:
      "The control plane has heard nothing good from the node's kubelet for ten minutes. The machine is gone, cut off, out of memory or disk, or its container runtime hangs. After five minutes Kubernetes evicts the pods; those with a volume of one zone wait until the old pod is confirmed gone.",
    impact:
      "Capacity is missing. Deployments come back on other nodes; StatefulSets and single replicas stay down until the node is back or removed.",
    diagnosis: [
      {
        text: "Is it one node, or many? Many at once point to the network, the control plane or a zone, not to a machine.",
        promql: equal(max(select(condition, ready), { by: ["node"] }), 0),
      },
      {
        text: "What does the node say of itself? Look at the conditions, the taints and the events at the end.",
        command: "kubectl describe node <node>",
      },
      {
        text: "Which conditions came before? Memory, disk or process pressure names the cause.",
        promql: equal(max(select(condition, { node: "<node>", status: "true" }), { by: ["condition"] }), 1),
      },
      {
        text: "Does the machine still run? Take the instance's id from the node and look at its state and its system log in the cloud's console.",
        command: "kubectl get node <node> -o jsonpath='{.spec.providerID}'",
      },
      {
        text: "Which pods are stuck there?",
        command: "kubectl get pods --all-namespaces --field-selector spec.nodeName=<node>",
      },
    ],
    mitigation: [
      { text: "Keep new pods away while you look.", command: "kubectl cordon <node>" },
      {
        text: "If the machine is gone for good, delete the node: the autoscaler brings another, and volumes are released.",
        command: "kubectl delete node <node>",
      },
      {
        text: "If it runs but hangs, restart it from the cloud's console, and uncordon it once it is ready.",
        command: "kubectl uncordon <node>",
      },
      {
        text: "If several nodes of one zone are affected, treat it as an outage of the zone: do not delete nodes one by one.",
      },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "a node stops reporting",
      after: "5m",
      until: "30m",
      labels: { node: "node-a" },
      series: [
        series(condition, { node: "node-a", ...ready }, steady(1, "5m"), steady(0, "25m"), steady(1)),
        series(
          condition,
          { node: "node-a", condition: "Ready", status: "unknown" },
          steady(0, "5m"),
          steady(1, "25m"),
          steady(0),
        ),
        series(condition, { node: "node-a", condition: "MemoryPressure", status: "true" }, steady(1)),
        series(cordoned, { node: "node-a" }, steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "the node is ready",
      series: [
        series(condition, { node: "node-a", ...ready }, steady(1)),
        series(cordoned, { node: "node-a" }, steady(0)),
      ],
    },
    {
      name: "somebody has cordoned the node",
      series: [
        series(condition, { node: "node-a", ...ready }, steady(0)),
        series(cordoned, { node: "node-a" }, steady(1)),
      ],
    },
  ],
});
