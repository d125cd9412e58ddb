import { count, greaterThan, labelReplace, max, metric, platformDashboardUid } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type InputSeries, missing, type Samples, series, steady } from "../alert/scenario.ts";

const info = metric("kube_node_info");
const minorOf = labelReplace(max(info, { by: ["node", "kubelet_version"] }), {
  to: "minor",
  replacement: "$1",
  from: "kubelet_version",
  matches: "v([0-9]+[.][0-9]+)[.].*",
});

/** Nodes have run different minor versions of Kubernetes for longer than an upgrade takes. */
export const kubernetesVersionMismatch: Alert = defineAlert({
  name: "KubernetesVersionMismatch",
  category: "cluster",
  severity: "info",
  expr: greaterThan(count(count(minorOf, { by: ["minor"] })), 1),
  for: "6h",
  summary: "Nodes run different minor versions of Kubernetes",
  description:
    "For 6 hours there have been nodes of more than one minor version of Kubernetes: an upgrade does not go on.",
  impact:
    "Pods behave differently from node to node, and the control plane cannot be upgraded beyond what the oldest node allows.",
  runbook: {
    meaning:
      "An upgrade of the nodes has begun and not ended. Kubelets may be up to three minor versions behind the API server, so that nothing breaks at once.",
    impact: "Features that depend on the node are there on some nodes only; old nodes miss security updates.",
    diagnosis: [
      { text: "How many nodes of which version?", promql: count(info, { by: ["kubelet_version"] }) },
      { text: "Which are old?", command: "kubectl get nodes --sort-by .metadata.creationTimestamp" },
      {
        text: "Why are they not replaced? Karpenter says in the node's events what keeps it: a disruption budget, a pod with karpenter.sh/do-not-disrupt, the NodePool's own budget.",
        command: "kubectl describe node <node>",
      },
    ],
    mitigation: [
      { text: "Remove what keeps the old nodes: see NodeTerminationStuck and PodDisruptionBudgetBlocksDrains." },
      {
        text: "If the node class pins an image, move the pin in Git.",
        command: "kubectl get ec2nodeclasses --output yaml",
      },
    ],
  },
  dashboard: platformDashboardUid("cluster"),
  fires: [
    {
      name: "one node stays behind",
      after: "5m",
      until: "370m",
      labels: {},
      series: [
        node("node-a", "v1.34.2-eks-113cf36"),
        node("node-b", "v1.33.5-eks-113cf36", missing("5m"), steady(1, "361m"), missing()),
      ],
    },
  ],
  quiet: [
    {
      name: "only the patch differs",
      series: [node("node-a", "v1.34.2-eks-113cf36"), node("node-b", "v1.34.1-eks-3025e55")],
    },
  ],
});

function node(name: string, version: string, ...samples: Samples): InputSeries {
  return series(info, { node: name, kubelet_version: version }, ...(samples.length === 0 ? [steady(1)] : samples));
}
