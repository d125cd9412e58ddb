import {
  divide,
  greaterThan,
  lessThan,
  max,
  metric,
  min,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const available = metric("node_memory_MemAvailable_bytes");
const total = metric("node_memory_MemTotal_bytes");
const faults = metric("node_vmstat_pgmajfault");
const workingSet = metric("container_memory_working_set_bytes");
const by = ["instance"] as const;
const instance = { instance: "10.30.0.7:9100" } as const;

const biggestPods = {
  text: "Which pods of the node use the most? Compare with their requests.",
  promql: sum(select(workingSet, { node: "<node>", container: "" }), { by: ["namespace", "pod"] }),
} as const;

/** Hardly any memory of a node is left. */
export const nodeMemoryAlmostExhausted: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeMemoryAlmostExhausted",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: lessThan(divide(min(available, { by }), max(total, { by })), limit),
    for: "10m",
    summary: ({ instance }) => `The memory of ${instance} is almost exhausted`,
    description: ({ instance }, value) => `${instance} has had ${value.percentage} of its memory left for 10 minutes.`,
    impact: "The kubelet evicts pods next; if it is too late for that, the kernel kills processes of its own choice.",
    runbook: {
      meaning:
        "So little memory can be had without taking it from somebody that the next burst hits the limit of the machine. Memory limits of the pods add up to more than the machine has, and they use it at the same time; or the system itself has grown.",
      impact:
        "Page cache is gone, so that disks are read more and everything is slower. Evictions come at 100 MiB; a faster burst ends in the kernel's out-of-memory killer, which may choose a pod that did nothing wrong.",
      diagnosis: [
        nodeOfInstance,
        biggestPods,
        {
          text: "Has it grown for hours (a leak), or jumped (a batch)?",
          promql: divide(
            min(select(available, { instance: "<instance>" }), { by }),
            max(select(total, { instance: "<instance>" }), { by }),
          ),
        },
        {
          text: "Is it outside the pods? Look for what is not a container.",
          command:
            "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host ps aux --sort -rss",
        },
      ],
      mitigation: [
        { text: "Keep new pods away.", command: "kubectl cordon <node>" },
        {
          text: "Delete the pod that grew: it starts again on a node with room.",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        {
          text: "Have its team set the memory request to what it really uses, and the limit equal to the request: then the scheduler knows.",
        },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "too little is left",
        after: "5m",
        until: "25m",
        labels: instance,
        value: limit * 0.75,
        series: [
          series(available, instance, steady(32e9, "5m"), steady(64e9 * limit * 0.75, "20m"), steady(32e9)),
          series(total, instance, steady(64e9)),
        ],
      },
    ],
    quiet: [
      {
        name: "a little more is left",
        series: [series(available, instance, steady(64e9 * limit * 1.5)), series(total, instance, steady(64e9))],
      },
    ],
  }),
);

/** A node reads pages from disk all the time that should be in memory. */
export const nodeMajorPageFaults: Alert = defineTunableAlert({ value: 500, unit: "count" }, (limit) =>
  defineAlert({
    name: "NodeMajorPageFaults",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(max(rate(faults, "5m"), { by }), limit),
    for: "15m",
    summary: ({ instance }) => `${instance} thrashes: it reads its programs from disk again and again`,
    description: ({ instance }) => `${instance} has had more than ${limit} major page faults a second for 15 minutes.`,
    impact: "Everything on the node waits for its disk; pods look hung, and the kubelet may be late.",
    runbook: {
      meaning:
        "The kernel throws pages of running programs out of memory and reads them back at once. That is how a shortage of memory looks before anything is killed: the working set of all programs together is larger than the memory.",
      impact: "Latencies of all pods on the node rise by orders of magnitude, with little processor use.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "How much memory is left?",
          promql: divide(
            min(select(available, { instance: "<instance>" }), { by }),
            max(select(total, { instance: "<instance>" }), { by }),
          ),
        },
        biggestPods,
        {
          text: "Is one container at its own limit? Then only that one thrashes, inside its cgroup, and the node has memory left: see ContainerMemoryNearLimit.",
        },
      ],
      mitigation: [
        {
          text: "If the node is short of memory, delete the pod that grew, or cordon and drain the node.",
          command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
        },
        { text: "If one container is at its limit, raise the limit in Git, and look for why it needs more." },
        {
          text: "If a database maps large files into memory on purpose, the rate may be normal for it: raise the threshold of this alert for that environment.",
        },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "there are more",
        after: "4m",
        labels: instance,
        series: [series(faults, instance, growing({ from: 1e9, perMinute: limit * 60 * 1.3 }))],
      },
    ],
    quiet: [
      {
        name: "there are fewer",
        series: [series(faults, instance, growing({ from: 1e9, perMinute: limit * 60 * 0.8 }))],
      },
    ],
  }),
);
