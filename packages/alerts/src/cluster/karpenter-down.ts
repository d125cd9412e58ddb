import { absent, equal, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const up = metric("up");
const unschedulable = metric("kube_pod_status_unschedulable");
const synced = metric("karpenter_cluster_state_synced");
const controller = { job: "karpenter", instance: "10.30.5.8:8080" } as const;

const logs = {
  text: "What does it say? The leader alone works; the other replica is silent.",
  command: "kubectl logs --namespace kube-system --selector app.kubernetes.io/name=karpenter --since 30m --prefix",
} as const;

/** No Karpenter runs: no node is added, replaced or removed. */
export const karpenterDown: Alert = defineAlert({
  name: "KarpenterDown",
  category: "cluster",
  severity: "critical",
  expr: absent(equal(select(up, { job: "karpenter" }), 1)),
  for: "10m",
  summary: "The autoscaler of the nodes is down",
  description: "Prometheus has reached no Karpenter for 10 minutes.",
  impact: "No node is added: pods that need room stay pending, and a lost node is not replaced.",
  runbook: {
    meaning:
      "No replica of Karpenter answers. It runs on nodes that it does not manage itself (a managed node group or Fargate), so that it can start without itself.",
    impact:
      "What runs goes on. Scaling out stops as soon as the nodes are full; an interruption of a spot machine is not seen in advance, so that its pods end without warning.",
    diagnosis: [
      {
        text: "Does it run?",
        command: "kubectl get pods --namespace kube-system --selector app.kubernetes.io/name=karpenter --output wide",
      },
      logs,
      {
        text: "Does it lack a permission of the cloud, or its identity? Look for AccessDenied, UnauthorizedOperation, NoCredentialProviders.",
        command: "kubectl describe serviceaccount --namespace kube-system karpenter",
      },
      { text: "How urgent is it: how many pods wait for a node?", promql: sum(unschedulable) },
    ],
    mitigation: [
      {
        text: "If it began with an upgrade or a change of its values, revert it in Git. Its CRDs must be of the same version.",
      },
      { text: "OOMKilled: raise memory request and limit in Git." },
      { text: "Pending: its own node group has no room; raise the group's size in the cloud." },
      { text: "If pods wait meanwhile, raise the size of the managed node group by hand." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"karpenter-.*"' },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "no replica answers",
      after: "5m",
      until: "25m",
      labels: {},
      series: [
        series(up, controller, steady(1, "5m"), steady(0, "20m"), steady(1)),
        series(up, { job: "coredns", instance: "10.30.3.10:9153" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "one of two answers",
      series: [series(up, controller, steady(0)), series(up, { ...controller, instance: "10.30.6.3:8080" }, steady(1))],
    },
  ],
});

/** Karpenter's picture of the nodes is not that of the API: it makes no decision. */
export const karpenterStateNotSynced: Alert = defineAlert({
  name: "KarpenterStateNotSynced",
  category: "cluster",
  severity: "warning",
  expr: equal(max(synced), 0),
  for: "15m",
  summary: "Karpenter does not know the nodes",
  description: "For 15 minutes Karpenter's picture of nodes and NodeClaims has differed from that of the API.",
  impact: "It neither adds nor removes nodes until the pictures agree: pods stay pending.",
  runbook: {
    meaning:
      "Before each decision Karpenter waits until it knows each NodeClaim and each node of the API. It does not get there: a NodeClaim without a machine's id, an API that is slow, or a bug.",
    impact: "As if it were down, while its pods look well.",
    diagnosis: [
      { text: "Does each NodeClaim have a node and an id?", command: "kubectl get nodeclaims --output wide" },
      logs,
      { text: "Is the API slow or refusing (ApiServerSlow, ApiServerRejectsRequests)?" },
    ],
    mitigation: [
      {
        text: "Restart it: it builds its picture anew.",
        command: "kubectl rollout restart --namespace kube-system deployment/karpenter",
      },
      {
        text: "If one NodeClaim is without a machine for long, delete it; Karpenter orders another one if it is needed.",
        command: "kubectl delete nodeclaim <name>",
      },
    ],
  },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "the pictures differ",
      after: "5m",
      until: "30m",
      labels: {},
      series: [series(synced, { job: "karpenter" }, steady(1, "5m"), steady(0, "25m"), steady(1))],
    },
  ],
  quiet: [{ name: "the pictures agree", series: [series(synced, { job: "karpenter" }, steady(1))] }],
});
