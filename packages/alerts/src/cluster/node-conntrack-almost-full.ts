import { divide, greaterThan, max, metric, platformDashboardUid } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { nodeOfInstance } from "./node-of-instance.ts";

const entries = metric("node_nf_conntrack_entries");
const most = metric("node_nf_conntrack_entries_limit");
const by = ["instance"] as const;
const instance = { instance: "10.30.0.7:9100" } as const;
const used = divide(max(entries, { by }), max(most, { by }));

/** The kernel of a node can hardly track further connections. */
export const nodeConntrackAlmostFull: Alert = defineTunableAlert({ value: 0.75, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeConntrackAlmostFull",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(used, limit),
    for: "5m",
    summary: ({ instance }) => `${instance} tracks almost as many connections as it can`,
    description: ({ instance }, value) =>
      `${value.percentage} of the connections that ${instance} can track are in use.`,
    impact: "When the table is full, new connections of every pod on the node are dropped without an answer.",
    runbook: {
      meaning:
        "Each connection through a Service, and each UDP query, takes an entry until it has timed out. A pod opens connections without reusing them, there is an attack or a load test, or name resolution is asked far too often.",
      impact:
        "Established connections go on; new ones fail at random, among them health checks, name resolution and the kubelet's.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Is it one node or all? One: a pod of that node. All: traffic from outside, or a new version of something that runs everywhere.",
          promql: used,
        },
        {
          text: "Which addresses have the most entries? Port 53 means name resolution.",
          command:
            "kubectl debug node/<node> --image=nicolaka/netshoot --profile=sysadmin -it -- conntrack --dump --output extended",
        },
        {
          text: "Which pod has that address?",
          command: "kubectl get pods --all-namespaces --output wide --field-selector status.podIP=<address>",
        },
      ],
      mitigation: [
        {
          text: "If one pod opens them, restart it to free them, and have its team reuse connections (keep-alive, a pool).",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        {
          text: "If it is honest load, raise net.netfilter.nf_conntrack_max in the node class; each entry takes about 300 bytes.",
        },
        { text: "If it is name resolution, see CoreDnsSlow: a cache on each node takes the queries out of the table." },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "more are in use",
        after: "5m",
        until: "20m",
        labels: instance,
        value: (1 + limit) / 2,
        series: [
          series(entries, instance, steady(1000, "5m"), steady(131072 * (1 + limit), "15m"), steady(1000)),
          series(most, instance, steady(262144)),
        ],
      },
    ],
    quiet: [
      {
        name: "fewer are in use",
        series: [series(entries, instance, steady(262144 * limit * 0.8)), series(most, instance, steady(262144))],
      },
    ],
  }),
);
