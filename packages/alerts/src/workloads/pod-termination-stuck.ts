import { lessThan, max, metric, platformDashboardUid, subtract, time } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const deleted = metric("kube_pod_deletion_timestamp");
const by = ["namespace", "pod"] as const;
const pod = { namespace: "team-data", pod: "kafka-0" } as const;

/** A pod was to end long ago and is still there. */
export const podTerminationStuck: Alert = defineTunableAlert({ value: 1800, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "PodTerminationStuck",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    // The timestamp has the grace period in it.
    expr: lessThan(max(deleted, { by }), subtract(time(), limit)),
    for: "5m",
    summary: ({ namespace, pod }) => `Pod ${namespace}/${pod} does not end`,
    description: ({ namespace, pod }) =>
      `The grace period of ${namespace}/${pod} was over more than ${Math.round(limit / 60)} minutes ago, and it is still there.`,
    impact:
      "A StatefulSet does not make the pod anew before it is gone; its volume stays attached; its node cannot be removed.",
    runbook: {
      meaning:
        "After the grace period the kubelet kills the containers, unmounts the volumes and tells the API. It does not get through: the node is lost, a process hangs in the kernel on a volume that does not answer (NFS, EFS), or a finalizer keeps the pod.",
      impact: "For Deployments a new pod runs already. For StatefulSets and volumes of one node nothing goes on.",
      diagnosis: [
        {
          text: "Is there a finalizer, and on which node is it?",
          command:
            "kubectl get pod --namespace <namespace> <pod> --output custom-columns=NODE:.spec.nodeName,FINALIZERS:.metadata.finalizers,DELETED:.metadata.deletionTimestamp",
        },
        { text: "Is the node ready? If not, NodeNotReady is the cause.", command: "kubectl get nodes" },
        {
          text: "What does the kubelet try? FailedKillPod, unmount errors.",
          command:
            "kubectl get events --namespace <namespace> --field-selector involvedObject.name=<pod> --sort-by .lastTimestamp",
        },
        {
          text: "Does a process hang in the kernel (state D)?",
          command:
            "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host ps -eo pid,stat,wchan:32,comm",
        },
      ],
      mitigation: [
        {
          text: "A lost node: make sure that the machine is off, then delete the node; its pods go with it.",
          command: "kubectl delete node <node>",
        },
        { text: "A process in state D on a network volume: bring the file server back, or restart the machine." },
        { text: "A finalizer: repair the controller that it belongs to." },
        {
          text: "Delete by force only when it is certain that no container of it runs any more: otherwise two of a database may write to one volume.",
          command: "kubectl delete pod --namespace <namespace> <pod> --grace-period 0 --force",
        },
      ],
    },
    firstQueries: { logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>"' },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "it should have ended long ago",
        after: "11m",
        // A minute after the last sample, and the 5 minutes for which Prometheus looks back.
        until: "34m",
        labels: pod,
        series: [series(deleted, pod, steady(600 - limit, "30m"), missing())],
      },
    ],
    quiet: [{ name: "it should have ended a moment ago", series: [series(deleted, pod, steady(0, "15m"), missing())] }],
  }),
);
