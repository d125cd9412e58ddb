import { equal, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const condition = metric("kube_node_status_condition");
const workingSet = metric("container_memory_working_set_bytes");
const by = ["node"] as const;
const node = { node: "node-a" } as const;

type Pressure = "MemoryPressure" | "DiskPressure" | "PIDPressure";

/** The kubelet of a node says that it is short of memory: it evicts pods. */
export const nodeMemoryPressure: Alert = pressureAlert("NodeMemoryPressure", "MemoryPressure", {
  of: "memory",
  impact:
    "The kubelet evicts pods, those first that use more memory than they request; no BestEffort pod is placed there.",
  runbook: {
    meaning:
      "Less memory is available on the node than the kubelet's eviction threshold (100 MiB unless set otherwise), and has been for five minutes. Pods together use more than they request, or the node reserves too little for the system.",
    impact:
      "Pods are evicted and start again elsewhere, in the order of how far they are above their requests. If memory runs out faster than the kubelet looks, the kernel kills processes, the kubelet's own among them, and the node goes away.",
    diagnosis: [
      {
        text: "Which pods of the node use the most?",
        promql: sum(select(workingSet, { node: "<node>", container: "" }), { by: ["namespace", "pod"] }),
      },
      {
        text: "Do they use more than they request? Requests of 40 % and a use of 95 % mean that requests are too small.",
        command: "kubectl describe node <node>",
      },
      {
        text: "Is it the system and no pod? Compare with what all pods use together.",
        command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host ps aux --sort -rss",
      },
    ],
    mitigation: [
      { text: "Keep new pods away until it is over.", command: "kubectl cordon <node>" },
      {
        text: "Delete the pod that grew, and have its team raise its memory request to what it uses, or repair the leak.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "If many pods are each a little above their requests, the requests are too small everywhere: tell the teams, and until then let the NodePool choose larger machines.",
      },
    ],
  },
});

/** The kubelet of a node says that it is short of disk space or inodes. */
export const nodeDiskPressure: Alert = pressureAlert("NodeDiskPressure", "DiskPressure", {
  of: "disk",
  impact: "The kubelet deletes images and evicts pods, and no pod is placed there.",
  runbook: {
    meaning:
      "The file system of the kubelet or of the images has less space or fewer inodes left than the eviction threshold: 10 % of the space of the node's file system, 15 % of that of the images, 5 % of the inodes. The kubelet has already deleted unused images, and it did not suffice.",
    impact:
      "Pods are evicted in the order of the disk that they use above their requests, and start again elsewhere. Images are pulled again. Pods that write much without a limit take their neighbours with them.",
    diagnosis: [
      {
        text: "Which file system, and is it space or inodes? Look at the condition's message and the events.",
        command: "kubectl describe node <node>",
      },
      {
        text: "Which pods use the most ephemeral storage: logs, writable layers, emptyDir volumes?",
        command: "kubectl get --raw /api/v1/nodes/<node>/proxy/stats/summary",
      },
      {
        text: "Is it something outside the pods?",
        command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host du -xh -d 2 /var",
      },
    ],
    mitigation: [
      {
        text: "Delete the pod that writes: its logs, layers and emptyDir volumes go with it. Have its team set a limit of ephemeral-storage.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "If nothing can be freed, replace the node.",
        command: "kubectl drain <node> --ignore-daemonsets --delete-emptydir-data",
      },
      { text: "If it happens on many nodes, the disks are too small: raise their size in the node class." },
    ],
  },
});

/** The kubelet of a node says that it is short of process ids. */
export const nodePidPressure: Alert = pressureAlert("NodePidPressure", "PIDPressure", {
  of: "process ids",
  impact: "No pod on the node can start a process or thread, and the kubelet evicts pods.",
  runbook: {
    meaning:
      "Nearly all process ids of the machine are taken. A pod forks without end or never reaps its children, or it starts a thread for each request.",
    impact:
      "Whatever tries to fork fails: probes that run a command, shells, new threads of every pod of the node. Evictions follow, of the pods with the most processes.",
    diagnosis: [
      {
        text: "Which program has the processes? Many in the state Z are children that nobody reaps.",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host ps -eLo comm,stat --no-headers",
      },
      {
        text: "Which pods run there?",
        command: "kubectl get pods --all-namespaces --field-selector spec.nodeName=<node>",
      },
    ],
    mitigation: [
      {
        text: "Delete the pod that has them.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "Have its team repair it: an init process such as tini that reaps children, or a bounded pool of threads. Limit process ids for each pod with the kubelet's podPidsLimit in the node class, so that one pod cannot take those of all.",
      },
    ],
  },
});

function pressureAlert(
  name: string,
  pressure: Pressure,
  { of, impact, runbook }: { readonly of: string; readonly impact: string; readonly runbook: Runbook },
): Alert {
  const under = { condition: pressure, status: "true" } as const;
  const not = { condition: pressure, status: "false" } as const;
  return defineAlert({
    name,
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: equal(max(select(condition, under), { by }), 1),
    for: "5m",
    summary: ({ node }) => `Node ${node} is short of ${of}`,
    description: ({ node }) => `The kubelet of ${node} has reported ${pressure} for 5 minutes.`,
    impact,
    runbook,
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "the node reports pressure",
        after: "3m",
        until: "20m",
        labels: node,
        series: [
          series(condition, { ...node, ...under }, steady(0, "3m"), steady(1, "17m"), steady(0)),
          series(condition, { ...node, ...not }, steady(1, "3m"), steady(0, "17m"), steady(1)),
        ],
      },
    ],
    quiet: [
      {
        name: "there is no pressure",
        series: [
          series(condition, { ...node, ...under }, steady(0)),
          series(condition, { ...node, ...not }, steady(1)),
        ],
      },
      {
        name: "only other conditions hold",
        series: [
          series(condition, { ...node, ...under }, steady(0)),
          series(condition, { ...node, condition: "Ready", status: "true" }, steady(1)),
        ],
      },
    ],
  });
}
