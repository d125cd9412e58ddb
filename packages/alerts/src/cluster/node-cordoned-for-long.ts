import { count, equal, max, metric, platformDashboardUid } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const cordoned = metric("kube_node_spec_unschedulable");
const pods = metric("kube_pod_info");
const by = ["node"] as const;
const node = { node: "node-a" } as const;

/** Somebody has cordoned a node and forgotten it. */
export const nodeCordonedForLong: Alert = defineAlert({
  name: "NodeCordonedForLong",
  category: "cluster",
  severity: "info",
  labels: by,
  expr: equal(max(cordoned, { by }), 1),
  for: "6h",
  summary: ({ node }) => `Node ${node} has been cordoned for 6 hours`,
  description: ({ node }) => `No pod has been placed on ${node} for 6 hours, because somebody has cordoned it.`,
  impact: "The machine is paid for and not used, and NodeNotReady says nothing of a cordoned node.",
  runbook: {
    meaning:
      "A person or a program has set the node unschedulable, and nobody has taken it back: usually the end of an investigation that was forgotten. NodeNotReady trusts whoever cordons a node and stays quiet.",
    impact: "Capacity is missing that is paid for; when the node fails, nobody is told.",
    diagnosis: [
      {
        text: "Who did it, and when? The audit log has the patch of the node; the managed fields its time and its program.",
        command: "kubectl get node <node> --show-managed-fields --output yaml",
      },
      {
        text: "Does it still run pods that matter?",
        promql: count(pods, { by: ["node", "namespace"] }),
      },
    ],
    mitigation: [
      { text: "If the reason is over, give it back.", command: "kubectl uncordon <node>" },
      {
        text: "If the node is not trusted any more, remove it.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data && kubectl delete node <node>",
      },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "a node stays cordoned",
      after: "5m",
      until: "370m",
      labels: node,
      series: [series(cordoned, node, steady(0, "5m"), steady(1, "365m"), steady(0))],
    },
  ],
  quiet: [
    {
      name: "a node is cordoned for a while",
      series: [series(cordoned, node, steady(0, "5m"), steady(1, "5h"), steady(0))],
    },
  ],
});
