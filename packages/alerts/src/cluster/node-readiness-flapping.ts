import { changes, equal, greaterThan, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type Samples, series, steady } from "../alert/scenario.ts";

const condition = metric("kube_node_status_condition");
const ready = { condition: "Ready", status: "true" } as const;
const by = ["node"] as const;
const node = { node: "node-a" } as const;

/** A node becomes ready and not ready again and again. */
export const nodeReadinessFlapping: Alert = defineAlert({
  name: "NodeReadinessFlapping",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: greaterThan(max(changes(select(condition, ready), "15m"), { by }), 2),
  for: "15m",
  summary: ({ node }) => `Node ${node} flaps between ready and not ready`,
  description: ({ node }) =>
    `The readiness of ${node} has changed more than twice in 15 minutes, for another 15 minutes.`,
  impact:
    "Its pods leave and enter the endpoints of their Services each time: requests fail without a visible pattern.",
  runbook: {
    meaning:
      "The kubelet reports, falls silent for longer than the control plane waits (40 seconds), and reports again; or it reports that its container runtime or network is not ready and takes it back. The machine is overloaded, its network loses packets, or the container runtime hangs now and then. NodeNotReady does not see it, because it waits for ten minutes without a break.",
    impact:
      "Each time, the pods of the node are taken out of their Services. Nothing is evicted, because eviction begins after five minutes: users see errors and slow answers that come and go.",
    diagnosis: [
      {
        text: "One node, or all of a zone or a type? Several at once point to the network or to the control plane.",
        promql: greaterThan(max(changes(select(condition, ready), "15m"), { by }), 0),
      },
      {
        text: "What does the kubelet give as the reason? Look at the message of the condition Ready and at the events.",
        command: "kubectl describe node <node>",
      },
      {
        text: "Is the machine short of memory, of processes or of disk? Pressure that comes and goes is the most frequent cause.",
        promql: equal(max(select(condition, { node: "<node>", status: "true" }), { by: ["condition"] }), 1),
      },
      {
        text: "Does the container runtime hang? The kubelet says `PLEG is not healthy` then.",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host journalctl --unit kubelet --since -30min",
      },
    ],
    mitigation: [
      { text: "Keep new pods away.", command: "kubectl cordon <node>" },
      {
        text: "If one pod starves the machine, delete it and have its owner set limits. If nothing stands out, replace the node: a machine that flaps seldom heals.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
      },
      {
        text: "If several nodes flap, stop here and look at the network between nodes and API server and at the cloud's health page; open a case with the cloud's support. Draining would only move the load.",
      },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "readiness changes every 4 minutes",
      after: "12m",
      labels: node,
      series: [series(condition, { ...node, ...ready }, ...flapping(4))],
    },
  ],
  quiet: [
    { name: "readiness changes every 7 minutes", series: [series(condition, { ...node, ...ready }, ...flapping(7))] },
    {
      name: "another condition flaps",
      series: [
        series(condition, { ...node, ...ready }, steady(1)),
        series(condition, { ...node, condition: "MemoryPressure", status: "true" }, ...flapping(4)),
        series(condition, { ...node, condition: "Ready", status: "unknown" }, ...flapping(4)),
      ],
    },
  ],
});

function flapping(minutes: number): Samples {
  return Array.from({ length: 20 }, (_, turn) => steady((turn + 1) % 2, `${minutes}m`));
}
