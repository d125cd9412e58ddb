import { divide, greaterThan, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const running = metric("kubelet_running_pods");
const allocatable = metric("kube_node_status_allocatable");
const by = ["node"] as const;
const node = { node: "node-a" } as const;
const pods = { resource: "pods", unit: "integer" } as const;

/** A node runs almost as many pods as it may. */
export const kubeletTooManyPods: Alert = defineTunableAlert({ value: 0.95, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "KubeletTooManyPods",
    category: "cluster",
    severity: "info",
    labels: by,
    expr: greaterThan(divide(max(running, { by }), max(select(allocatable, { resource: "pods" }), { by })), limit),
    for: "15m",
    summary: ({ node }) => `Node ${node} runs almost as many pods as it may`,
    description: ({ node }, value) => `${node} has run ${value.percentage} of the pods that it may for 15 minutes.`,
    impact: "A new pod finds no place there, though processor and memory are free: the rest of the machine is wasted.",
    runbook: {
      meaning:
        "The number of pods of a node is limited: with the VPC CNI by the addresses that its network interfaces can have, unless prefix delegation is on. Many small pods reach that limit before processor and memory are used up.",
      impact: "None for the pods that run. DaemonSets that are added later may find no room on such nodes.",
      diagnosis: [
        {
          text: "Which nodes, and of which types?",
          promql: divide(max(running, { by }), max(select(allocatable, { resource: "pods" }), { by })),
        },
        { text: "How much else is free?", command: "kubectl describe node <node>" },
        {
          text: "Is prefix delegation on? It gives each interface sixteen addresses for one.",
          command:
            "kubectl get daemonset --namespace kube-system aws-node --output jsonpath='{.spec.template.spec.containers[0].env}'",
        },
      ],
      mitigation: [
        {
          text: "If processor and memory are free on most of these nodes, turn prefix delegation on and raise maxPods in the node class, or let the NodePool choose fewer, smaller machines.",
        },
        { text: "If both are used, too, the node is simply full: nothing is to be done." },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "nearly all are used",
        after: "5m",
        until: "30m",
        labels: node,
        value: (1 + limit) / 2,
        series: [
          series(running, node, steady(4, "5m"), steady(50 * (1 + limit), "25m"), steady(4)),
          series(allocatable, { ...node, ...pods }, steady(100)),
          series(allocatable, { ...node, resource: "memory", unit: "byte" }, steady(64e9)),
        ],
      },
    ],
    quiet: [
      {
        name: "fewer are used",
        series: [
          series(running, node, steady(100 * limit * 0.8)),
          series(allocatable, { ...node, ...pods }, steady(100)),
        ],
      },
    ],
  }),
);
