import { equal, max, metric, notEqualTo, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const claims = metric("operator_nodeclaim_status_condition_count");
const pools = metric("operator_nodepool_status_condition_count");
const unschedulable = metric("kube_pod_status_unschedulable");
const by = ["name"] as const;
const claim = { name: "general-x7k2p" } as const;
const pool = { name: "general" } as const;

/** A machine was ordered and does not become a node. */
export const nodeClaimNotRegistered: Alert = defineAlert({
  name: "NodeClaimNotRegistered",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: equal(max(select(claims, { type: "Registered", status: notEqualTo("True") }), { by }), 1),
  // Karpenter gives up after 15 minutes, and the NodeClaim is gone (pkg/controllers/nodeclaim/lifecycle/liveness.go).
  for: "8m",
  summary: ({ name }) => `The machine of ${name} does not become a node`,
  description: ({ name }) => `The NodeClaim ${name} was made more than 8 minutes ago, and no node has joined for it.`,
  impact: "The pods for which it was ordered wait; after 15 minutes Karpenter throws it away and orders the next.",
  runbook: {
    meaning:
      "The machine was not launched, or it was and its kubelet does not reach or is not accepted by the API server: the role of the nodes has no access entry, the security group or the route is closed, the user data is wrong, or the image is too old for the cluster.",
    impact:
      "If it is every machine of a NodePool, nothing scales, and machines are launched and thrown away in a circle that is paid for.",
    diagnosis: [
      {
        text: "Was it launched? The conditions and events of the NodeClaim say how far it came.",
        command: "kubectl describe nodeclaim <name>",
      },
      {
        text: "Is it one, or all of a NodePool?",
        promql: sum(select(claims, { type: "Registered", status: notEqualTo("True") }), { by: ["name", "reason"] }),
      },
      {
        text: "What does the machine say? Its console output has the user data's and the kubelet's errors: Unauthorized is the access entry, a timeout the network.",
        command: "aws ec2 get-console-output --latest --instance-id <instance>",
      },
      { text: "May the role of the nodes join?", command: "aws eks list-access-entries --cluster-name <cluster>" },
    ],
    mitigation: [
      {
        text: "If it is all of them since a change of the node class (image, role, subnets, user data), revert it in Git.",
      },
      { text: "Unauthorized: make the access entry of the node role again, of type EC2_LINUX." },
      {
        text: "If it is this one alone, delete it; Karpenter orders another.",
        command: "kubectl delete nodeclaim <name>",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*" |= "<name>"' },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "no node joins",
      after: "5m",
      until: "24m",
      labels: claim,
      series: [
        series(claims, { ...claim, type: "Registered", status: "Unknown" }, missing("5m"), steady(1, "15m"), missing()),
        series(claims, { ...claim, type: "Launched", status: "True" }, missing("5m"), steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "a node has joined and is not initialized",
      series: [
        series(claims, { ...claim, type: "Registered", status: "True" }, steady(1)),
        series(claims, { ...claim, type: "Initialized", status: "Unknown" }, steady(1)),
      ],
    },
  ],
});

/** A NodePool cannot bring nodes, because its node class is not in order. */
export const nodePoolNotReady: Alert = defineAlert({
  name: "NodePoolNotReady",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: equal(max(select(pools, { type: "Ready", status: "False" }), { by }), 1),
  for: "10m",
  summary: ({ name }) => `NodePool ${name} is not ready`,
  description: ({ name }) => `The NodePool ${name} has not been ready for 10 minutes: Karpenter brings no node for it.`,
  impact: "Pods that only this NodePool can take stay pending.",
  runbook: {
    meaning:
      "A NodePool is ready when its node class is: subnets, security groups, images and instance profile were found and can be used. One was renamed, its tags were changed, or Karpenter may not look at it.",
    impact: "Existing nodes of the pool go on. No new ones come, and none is replaced.",
    diagnosis: [
      {
        text: "What is missing? The conditions of the node class name it.",
        command: "kubectl describe ec2nodeclasses",
      },
      { text: "And those of the pool?", command: "kubectl describe nodepool <name>" },
      { text: "Do pods wait?", promql: sum(unschedulable, { by: ["namespace"] }) },
    ],
    mitigation: [
      { text: "Give subnets and security groups their tags again, or correct the selectors of the node class in Git." },
      { text: "If a permission was taken from Karpenter's role, give it back." },
    ],
  },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "its node class is not in order",
      after: "5m",
      until: "34m",
      labels: pool,
      series: [
        series(pools, { ...pool, type: "Ready", status: "False" }, missing("5m"), steady(1, "25m"), missing()),
        series(pools, { ...pool, type: "Ready", status: "True" }, steady(1, "5m"), missing("25m"), steady(1)),
      ],
    },
  ],
  quiet: [
    { name: "it is ready", series: [series(pools, { ...pool, type: "Ready", status: "True" }, steady(1))] },
    {
      name: "another condition does not hold",
      series: [
        series(pools, { ...pool, type: "Ready", status: "True" }, steady(1)),
        series(pools, { ...pool, type: "NodeRegistrationHealthy", status: "False" }, steady(1)),
      ],
    },
  ],
});
