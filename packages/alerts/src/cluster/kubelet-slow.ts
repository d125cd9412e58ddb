import {
  bucketsOf,
  greaterThan,
  histogramQuantile,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { fasterThan, slowerThan } from "./latency-scenario.ts";
import { replaceNode } from "./node-of-instance.ts";

const relist = metric("kubelet_pleg_relist_duration_seconds");
const start = metric("kubelet_pod_start_sli_duration_seconds");
const operations = metric("kubelet_runtime_operations_total");
const by = ["node", "le"] as const;
const node = { node: "node-a" } as const;

const kubeletLog = {
  text: "What does the kubelet say?",
  command:
    "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host journalctl --unit kubelet --since -30min",
} as const;

/** A kubelet takes long to ask its container runtime for all pods: before it takes three minutes, the node is not ready. */
export const kubeletPlegSlow: Alert = defineTunableAlert({ value: 5, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "KubeletPlegSlow",
    category: "cluster",
    severity: "warning",
    labels: ["node"],
    expr: greaterThan(histogramQuantile(0.99, sum(rate(bucketsOf(relist), "5m"), { by })), limit),
    for: "10m",
    summary: ({ node }) => `The container runtime of ${node} is slow`,
    description: ({ node }) =>
      `The kubelet of ${node} has taken more than ${limit} seconds to ask its container runtime for all pods, for 10 minutes.`,
    impact: "Pods start and end late on that node; at three minutes the kubelet calls the node not ready.",
    runbook: {
      meaning:
        "Every second the kubelet asks the container runtime which containers exist (the pod lifecycle event generator, PLEG). It normally takes milliseconds. The runtime hangs, the disk of the node is slow, or there are very many containers.",
      impact:
        "The kubelet sees late that a container has ended or is ready. With more delay the node becomes not ready, and its pods are evicted.",
      diagnosis: [
        {
          text: "Which calls to the runtime are made most?",
          promql: sum(rate(select(operations, { node: "<node>" }), "5m"), { by: ["operation_type"] }),
        },
        {
          text: "Does the runtime answer at all?",
          command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host crictl ps --all",
        },
        {
          text: "Is the disk saturated (NodeDiskSaturated), or the processor (NodeCpuSaturated)? Both slow the runtime.",
        },
        kubeletLog,
      ],
      mitigation: [
        { text: "Keep new pods away.", command: "kubectl cordon <node>" },
        {
          text: "Restart the container runtime; running containers go on.",
          command:
            "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host systemctl restart containerd",
        },
        replaceNode,
        {
          text: "If a probe runs a command in hundreds of containers each second, have its team probe by HTTP, or less often.",
        },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [{ name: "it takes longer", after: "1m", labels: node, series: slowerThan(limit, relist, node) }],
    quiet: [{ name: "it takes less long", series: fasterThan(limit, relist, node) }],
  }),
);

/** Pods take long to start on a node, pulling images and init containers not counted. */
export const kubeletPodStartSlow: Alert = defineTunableAlert({ value: 60, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "KubeletPodStartSlow",
    category: "cluster",
    severity: "warning",
    labels: ["node"],
    expr: greaterThan(histogramQuantile(0.99, sum(rate(bucketsOf(start), "10m"), { by })), limit),
    for: "15m",
    summary: ({ node }) => `Pods start slowly on ${node}`,
    description: ({ node }) =>
      `Pods have taken more than ${limit} seconds to start on ${node} for 15 minutes, image pulls and init containers not counted.`,
    impact: "Rollouts and scaling out take minutes longer; after an outage recovery does.",
    runbook: {
      meaning:
        "From its creation until its containers run, a pod waits for the scheduler, for volumes, for its network address and for the container runtime. One of these is slow on this node.",
      impact: "Autoscaling lags behind the load, and rollouts look stuck.",
      diagnosis: [
        {
          text: "What does a new pod wait for? The events show the gap: FailedAttachVolume, FailedCreatePodSandBox, or nothing between Scheduled and Pulling.",
          command: "kubectl get events --all-namespaces --field-selector source.host=<node> --sort-by .lastTimestamp",
        },
        {
          text: "Is it the network? With the VPC CNI a node may have no address left: look for `failed to assign an IP address`.",
          command: "kubectl logs --namespace kube-system --selector k8s-app=aws-node --tail 100 --prefix",
        },
        {
          text: "Is it volumes? Mounts that fail are VolumeMountFailing.",
        },
        kubeletLog,
      ],
      mitigation: [
        {
          text: "No addresses: free subnets of unused addresses, add a subnet to the node class, or turn prefix delegation on.",
        },
        { text: "A volume with millions of files: set fsGroupChangePolicy to OnRootMismatch in the pod." },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [{ name: "they take longer", after: "1m", labels: node, series: slowerThan(limit, start, node) }],
    quiet: [{ name: "they take less long", series: fasterThan(limit, start, node) }],
  }),
);
