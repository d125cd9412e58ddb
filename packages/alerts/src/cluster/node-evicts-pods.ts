import { ago, greaterThan, increase, metric, or, platformDashboardUid, select, sum, unless } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const evictions = metric("kubelet_evictions");
const by = ["node", "eviction_signal"] as const;
const memory = { node: "node-a", eviction_signal: "memory.available" } as const;

/** A kubelet has evicted pods, because its node ran short of something. */
export const nodeEvictsPods: Alert = defineAlert({
  name: "NodeEvictsPods",
  category: "cluster",
  severity: "warning",
  labels: by,
  // The series appears with the first eviction, where nothing has increased yet.
  expr: or(
    greaterThan(sum(increase(evictions, "15m"), { by }), 0),
    unless(greaterThan(sum(evictions, { by }), 0), sum(ago(select(evictions), "15m"), { by })),
  ),
  summary: ({ node, eviction_signal }) => `Node ${node} has evicted pods: ${eviction_signal}`,
  description: ({ node, eviction_signal }) =>
    `The kubelet of ${node} has evicted pods in the last 15 minutes, because of ${eviction_signal}.`,
  impact: "The evicted pods were killed without regard for their disruption budgets, and start again elsewhere.",
  runbook: {
    meaning:
      "The node ran short of what the signal names (memory, space or inodes of a file system, process ids), and the kubelet has killed pods to save the rest: those first that use more than they request.",
    impact:
      "An eviction by the kubelet asks no disruption budget and may not wait for the grace period. A service with few replicas may have lost several at once.",
    diagnosis: [
      {
        text: "Which pods, and why? The message says how much was left, and how much the pod used above its request.",
        command: "kubectl get events --all-namespaces --field-selector reason=Evicted --sort-by .lastTimestamp",
      },
      {
        text: "Is it one node or many?",
        promql: greaterThan(sum(increase(evictions, "1h"), { by }), 0),
      },
      { text: "What does the node have left?", command: "kubectl describe node <node>" },
    ],
    mitigation: [
      {
        text: "If the node is still under pressure (NodeMemoryPressure, NodeDiskPressure), cordon it and follow that runbook.",
        command: "kubectl cordon <node>",
      },
      {
        text: "Have the team of the pod that used more than it requested set requests to what it uses; for disks, a limit of ephemeral-storage or a sizeLimit of its emptyDir.",
      },
      {
        text: "Remove what is left of the evicted pods once they have been looked at.",
        command: "kubectl delete pods --namespace <namespace> --field-selector status.phase=Failed",
      },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "it evicts the first pod",
      after: "20m",
      until: "35m",
      labels: memory,
      series: [series(evictions, memory, missing("20m"), steady(1))],
    },
    {
      name: "it evicts another pod",
      after: "20m",
      labels: memory,
      series: [series(evictions, memory, steady(0, "20m"), steady(2))],
    },
  ],
  quiet: [{ name: "it evicts none", series: [series(evictions, memory, steady(0))] }],
});
