import { equal, max, metric, platformDashboardUid, select, subtract, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const unschedulable = metric("kube_pod_status_unschedulable");
const allocatable = metric("kube_node_status_allocatable");
const requests = metric("kube_pod_container_resource_requests");
const by = ["namespace", "pod"] as const;
const pod = { namespace: "team-backend", pod: "checkout-7d4f9-x2x" } as const;

/** No node can take a pod, and none has come for it. */
export const podUnschedulable: Alert = defineAlert({
  name: "PodUnschedulable",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: equal(max(unschedulable, { by }), 1),
  for: "15m",
  summary: ({ namespace, pod }) => `No node can take pod ${namespace}/${pod}`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has waited for a node for 15 minutes, longer than the autoscaler takes to bring one.`,
  impact: "The replica is missing: less capacity than planned, or a rollout that does not go on.",
  runbook: {
    meaning:
      "The scheduler has looked at every node and found none: too little processor or memory is free, or the pod asks for something that none has (a zone, a label, a toleration, a spread, an affinity). The autoscaler brings a node within minutes, if a NodePool allows one that fits. It has not.",
    impact: "Old replicas go on. A single replica is down until it finds a place.",
    diagnosis: [
      {
        text: "What does the scheduler say? `Insufficient cpu`, `didn't match Pod's node affinity`, `had volume node affinity conflict`; and Karpenter, next to it, why it brings none.",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
      {
        text: "What does it ask for? A request that is larger than any machine of the NodePools never fits.",
        command: "kubectl get pod --namespace <namespace> <pod> --output yaml",
      },
      {
        text: "Is it this one, or many? Many: the NodePools are at their limit (NodePoolAlmostAtLimit), or the autoscaler is in trouble.",
        promql: sum(unschedulable, { by: ["namespace"] }),
      },
      {
        text: "How much processor is free in all?",
        promql: subtract(sum(select(allocatable, { resource: "cpu" })), sum(select(requests, { resource: "cpu" }))),
      },
    ],
    mitigation: [
      { text: "A request that is too large or a rule that nothing fulfils: correct it in Git." },
      {
        text: "A volume that is bound to another zone: the pod can only run there; let the NodePool bring nodes in that zone.",
      },
      {
        text: "A topology spread or anti-affinity that is required and cannot be kept: make it preferred (ScheduleAnyway), or run fewer replicas.",
      },
      {
        text: "If many pods wait, tell the platform's team: KarpenterDown, KarpenterCloudErrors and NodePoolNotReady are theirs.",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*" |= "<pod>"' },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "no node comes",
      after: "5m",
      until: "34m",
      labels: pod,
      series: [series(unschedulable, pod, missing("5m"), steady(1, "25m"), missing())],
    },
  ],
  quiet: [{ name: "a node comes", series: [series(unschedulable, pod, steady(1, "4m"), missing())] }],
});
