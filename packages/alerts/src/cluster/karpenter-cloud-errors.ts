import { greaterThan, metric, noneOf, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";

const errors = metric("karpenter_cloudprovider_errors_total");
const unschedulable = metric("kube_pod_status_unschedulable");
const created = metric("karpenter_nodeclaims_created_total");
const insufficient = "InsufficientCapacityError";

/** The cloud refuses what Karpenter asks of it. */
export const karpenterCloudErrors: Alert = defineAlert({
  name: "KarpenterCloudErrors",
  category: "cluster",
  severity: "warning",
  labels: ["method", "error"],
  // A machine that is gone when Karpenter looks for it is everyday life; no capacity has an alert of its own.
  expr: greaterThan(
    sum(rate(select(errors, { error: noneOf(insufficient, "NodeClaimNotFoundError") }), "10m"), {
      by: ["method", "error"],
    }),
    0,
  ),
  for: "15m",
  summary: ({ method, error }) => `The cloud refuses Karpenter: ${method} ${error}`,
  description: ({ method, error }) =>
    `For 15 minutes calls of Karpenter to the cloud (${method}) have failed: ${error}.`,
  impact: "Nodes are not added or not removed: pods stay pending, or machines are paid for that nobody uses.",
  runbook: {
    meaning:
      "Create is a machine that is not launched, Delete one that is not given back. Reasons are a permission that is missing, a launch template with something that does not exist (image, subnet, security group, instance profile), a quota of the account, or too many calls.",
    impact: "With Create all scaling out stops for the NodePools that it hits.",
    diagnosis: [
      { text: "Which calls?", promql: sum(rate(errors, "10m"), { by: ["method", "error"] }) },
      {
        text: "What is the cloud's message? UnauthorizedOperation, VcpuLimitExceeded, InvalidParameter, RequestLimitExceeded.",
        command:
          "kubectl logs --namespace kube-system --selector app.kubernetes.io/name=karpenter --since 30m | grep -i error",
      },
      {
        text: "Is the node class ready? Its conditions name what was not found.",
        command: "kubectl describe ec2nodeclasses",
      },
      { text: "How many pods wait?", promql: sum(unschedulable, { by: ["namespace"] }) },
    ],
    mitigation: [
      { text: "A permission or a resource: revert the change of the role or of the node class in Git." },
      {
        text: "A quota of the account: have it raised in the cloud's console (Service Quotas); it takes minutes to hours. Meanwhile lower what can wait.",
      },
      { text: "Too many calls (RequestLimitExceeded): find who else calls in that account and region." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*" |~ "(?i)error"' },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "machines are not launched",
      after: "6m",
      labels: { method: "Create", error: "NodeClassNotReadyError" },
      series: refused("NodeClassNotReadyError"),
    },
  ],
  quiet: [
    { name: "the cloud has no such machine", series: refused(insufficient) },
    { name: "a machine was gone already", series: refused("NodeClaimNotFoundError") },
    {
      name: "calls failed long ago",
      series: [series(errors, { method: "Create", error: "NodeClassNotReadyError" }, steady(7))],
    },
  ],
});

/** The cloud has had no machines of the types that Karpenter may choose for half an hour. */
export const karpenterInsufficientCapacity: Alert = defineAlert({
  name: "KarpenterInsufficientCapacity",
  category: "cluster",
  severity: "warning",
  labels: ["method"],
  expr: greaterThan(sum(rate(select(errors, { error: insufficient }), "10m"), { by: ["method"] }), 0),
  for: "30m",
  summary: "The cloud has no machines of the types that Karpenter may choose",
  description: ({ method }) =>
    `For 30 minutes calls of Karpenter to the cloud (${method}) have failed again and again, because there is no capacity of the chosen types.`,
  impact: "New nodes come late or not at all; pods may stay pending.",
  runbook: {
    meaning:
      "For each type and zone without capacity Karpenter waits three minutes and tries the next cheapest. Half an hour of it means that the choice is too narrow: few types, one zone, or spot machines of a type that everybody wants.",
    impact: "As long as another type is found, none but the price. Look whether pods wait.",
    diagnosis: [
      { text: "Do pods wait for nodes?", promql: sum(unschedulable, { by: ["namespace"] }) },
      { text: "Do nodes come all the same, of other types?", promql: sum(rate(created, "30m"), { by: ["nodepool"] }) },
      {
        text: "Which types and zones are refused?",
        command:
          "kubectl logs --namespace kube-system --selector app.kubernetes.io/name=karpenter --since 30m | grep -i capacity",
      },
      { text: "How much choice has the NodePool?", command: "kubectl get nodepools --output yaml" },
    ],
    mitigation: [
      { text: "Widen the requirements in Git: more families and sizes, all zones, on-demand beside spot." },
      { text: "A pod that waits for one zone has a volume there: only that zone helps it; add types." },
      { text: "If it is urgent and no type is free, launch larger machines by a NodePool of its own for a while." },
    ],
  },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "no machine is found",
      after: "6m",
      labels: { method: "Create" },
      series: refused(insufficient),
    },
  ],
  quiet: [
    { name: "calls fail for another reason", series: refused("NodeClassNotReadyError") },
    {
      name: "no machine was found long ago",
      series: [series(errors, { method: "Create", error: insufficient }, steady(7))],
    },
  ],
});

function refused(error: string): readonly InputSeries[] {
  return [
    series(
      errors,
      { controller: "nodeclaim.lifecycle", method: "Create", provider: "aws", error },
      steady(0, "5m"),
      growing({ from: 0, perMinute: 1 }),
    ),
  ];
}
