import { divide, greaterThan, metric, oneOf, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series } from "../alert/scenario.ts";
import { replaceNode } from "./node-of-instance.ts";

const calls = metric("kubelet_runtime_operations_total");
const errors = metric("kubelet_runtime_operations_errors_total");
const by = ["node", "operation_type"] as const;
const node = { node: "node-a" } as const;

// Those that start and stop pods. Looking at a container that has just gone fails in everyday life.
const changing = {
  operation_type: oneOf("run_podsandbox", "stop_podsandbox", "create_container", "start_container", "stop_container"),
} as const;

/** The container runtime of a node refuses to start or stop pods. */
export const kubeletRuntimeErrors: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "KubeletRuntimeErrors",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(
      divide(sum(rate(select(errors, changing), "10m"), { by }), sum(rate(calls, "10m"), { by })),
      limit,
    ),
    for: "15m",
    summary: ({ node, operation_type }) => `The container runtime of ${node} fails: ${operation_type}`,
    description: ({ node, operation_type }, value) =>
      `${value.percentage} of the calls ${operation_type} to the container runtime of ${node} have failed for 15 minutes.`,
    impact: "Pods do not start or do not end on that node, and the scheduler goes on to place them there.",
    runbook: {
      meaning:
        "The kubelet asks the container runtime to make or end a sandbox or a container, and it refuses. run_podsandbox is nearly always the network plugin that has no address or does not answer; create_container and start_container are bad images, mounts or commands; stop_ is a runtime that hangs.",
      impact: "Replicas stay in ContainerCreating or Terminating. A rollout that meets such a node waits.",
      diagnosis: [
        {
          text: "One node or many, and which calls?",
          promql: greaterThan(divide(sum(rate(errors, "10m"), { by }), sum(rate(calls, "10m"), { by })), 0.01),
        },
        {
          text: "What is the error? The events of the pods on that node have it: FailedCreatePodSandBox, Failed, FailedKillPod.",
          command:
            "kubectl get events --all-namespaces --field-selector source.host=<node>,type=Warning --sort-by .lastTimestamp",
        },
        {
          text: "If it is the network: does the agent of the CNI run there, and has it addresses?",
          command: "kubectl logs --namespace kube-system --selector k8s-app=aws-node --tail 100 --prefix",
        },
        {
          text: "If one pod alone fails again and again, it is the pod: its team has PodCrashLooping or ContainerConfigError.",
        },
      ],
      mitigation: [
        { text: "Keep new pods away.", command: "kubectl cordon <node>" },
        {
          text: "Restart the CNI's agent of that node, if it is the network.",
          command:
            "kubectl delete pod --namespace kube-system --selector k8s-app=aws-node --field-selector spec.nodeName=<node>",
        },
        replaceNode,
        { text: "If many nodes show it since a new node image or CNI version, go back to the previous one." },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "more calls fail",
        after: "1m",
        labels: { ...node, operation_type: "run_podsandbox" },
        value: limit * 1.5,
        series: failing("run_podsandbox", limit * 1.5),
      },
    ],
    quiet: [
      { name: "fewer calls fail", series: failing("run_podsandbox", limit * 0.75) },
      { name: "containers are gone when somebody looks at them", series: failing("container_status", 0.9) },
    ],
  }),
);

function failing(operation: string, share: number): readonly InputSeries[] {
  const labels = { ...node, operation_type: operation };
  return [
    series(calls, labels, growing({ from: 0, perMinute: 60 })),
    series(errors, labels, growing({ from: 0, perMinute: 60 * share })),
  ];
}
