import { avg, count, divide, greaterThan, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const processors = metric("node_cpu_seconds_total");
const load = metric("node_load5");
const containers = metric("container_cpu_usage_seconds_total");
const by = ["instance"] as const;
const instance = { instance: "10.30.0.7:9100" } as const;

/** Far more is waiting for a processor of a node, or for its disk, than the node has processors. */
export const nodeCpuSaturated: Alert = defineTunableAlert({ value: 2, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeCpuSaturated",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(divide(max(load, { by }), count(select(processors, { mode: "idle" }), { by })), limit),
    for: "15m",
    summary: ({ instance }) => `The processors of ${instance} are overloaded`,
    description: ({ instance }) =>
      `The load of ${instance} has been more than ${limit} for each of its processors for 15 minutes.`,
    impact:
      "Everything on the node is slow, probes time out, and in the end the kubelet is late and the node not ready.",
    runbook: {
      meaning:
        "The load counts tasks that run or want to run, and those that wait for a disk. A node may be fully used without being slow; here more is waiting than is served, for a quarter of an hour.",
      impact:
        "Latencies of all pods on the node grow, those without a CPU request first. Liveness probes may fail and restart pods, which makes it worse.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Do tasks wait for the processor or for the disk? A high iowait is NodeDiskSaturated.",
          promql: avg(rate(select(processors, { instance: "<instance>" }), "5m"), { by: ["mode"] }),
        },
        {
          text: "Which pods of the node use it? Compare with their requests.",
          promql: sum(rate(select(containers, { node: "<node>", container: "" }), "5m"), { by: ["namespace", "pod"] }),
        },
        {
          text: "Is it the kubelet, the container runtime or another program of the node?",
          command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host top -b -n 1",
        },
      ],
      mitigation: [
        { text: "Keep new pods away while you look.", command: "kubectl cordon <node>" },
        {
          text: "If one pod has run wild, delete it and tell its team; a pod that uses several times its request takes from its neighbours what they did not reserve.",
          command: "kubectl delete pod --namespace <namespace> <pod>",
        },
        {
          text: "If requests are far below use on all nodes, the scheduler packs too many pods: have the teams raise their CPU requests.",
        },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "many tasks wait",
        after: "5m",
        until: "30m",
        labels: instance,
        series: [...machine(4), series(load, instance, steady(1, "5m"), steady(4 * limit * 1.5, "25m"), steady(1))],
      },
    ],
    quiet: [{ name: "a few tasks wait", series: [...machine(4), series(load, instance, steady(4 * limit * 0.8))] }],
  }),
);

/** The hypervisor takes processor time away from a node. */
export const nodeCpuStolen: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeCpuStolen",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(avg(rate(select(processors, { mode: "steal" }), "5m"), { by }), limit),
    for: "30m",
    summary: ({ instance }) => `The hypervisor takes processor time from ${instance}`,
    description: ({ instance }, value) =>
      `${value.percentage} of the processor time of ${instance} has been given to other machines for 30 minutes.`,
    impact: "Pods get less processor than their requests promise, and no graph of the cluster shows why they are slow.",
    runbook: {
      meaning:
        "The machine wanted to run and the hypervisor ran another. On EC2 this is a burstable instance (T family) that has used up its credits, or, rarely, a broken host.",
      impact:
        "All pods of the node are slower than elsewhere; replicas there answer late and are hard to tell from slow code.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Which type is the machine? t3 and t4g are burstable.",
          command: "kubectl get node <node> --label-columns node.kubernetes.io/instance-type",
        },
        {
          text: "How much is taken, and since when?",
          promql: avg(rate(select(processors, { mode: "steal" }), "5m"), { by }),
        },
      ],
      mitigation: [
        replaceNode,
        {
          text: "If it is a burstable type, keep the family out of the NodePool (requirement karpenter.k8s.aws/instance-family), or set its credit mode to unlimited.",
        },
        { text: "If another type shows it for hours, open a case with the cloud's support: the host is at fault." },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "more is taken away",
        after: "4m",
        labels: instance,
        value: limit * 1.3,
        series: [spent("0", "steal", limit * 1.3), spent("1", "steal", limit * 1.3), spent("0", "user", 0.5)],
      },
    ],
    quiet: [
      { name: "less is taken away", series: [spent("0", "steal", limit * 0.75), spent("1", "steal", limit * 0.75)] },
      { name: "the machine itself is busy", series: [spent("0", "steal", 0), spent("0", "user", 1)] },
    ],
  }),
);

/** Idle time and use of a machine with so many processors. */
function machine(count: number): readonly InputSeries[] {
  return Array.from({ length: count }, (_, cpu) => [spent(`${cpu}`, "idle", 0.1), spent(`${cpu}`, "user", 0.9)]).flat();
}

function spent(cpu: string, mode: string, share: number): InputSeries {
  return series(processors, { ...instance, cpu, mode }, growing({ from: 1e6, perMinute: share * 60 }));
}
