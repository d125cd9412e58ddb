import {
  and,
  equal,
  greaterOrEqual,
  greaterThan,
  lessThan,
  max,
  metric,
  platformDashboardUid,
  select,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const healthy = metric("kube_poddisruptionbudget_status_current_healthy");
const needed = metric("kube_poddisruptionbudget_status_desired_healthy");
const expected = metric("kube_poddisruptionbudget_status_expected_pods");
const allowed = metric("kube_poddisruptionbudget_status_pod_disruptions_allowed");
const by = ["namespace", "poddisruptionbudget"] as const;
const checkout = { namespace: "team-backend", poddisruptionbudget: "checkout" } as const;

/** Fewer pods are healthy than their own budget asks for. */
export const podDisruptionBudgetViolated: Alert = defineAlert({
  name: "PodDisruptionBudgetViolated",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: lessThan(max(healthy, { by }), max(needed, { by })),
  for: "15m",
  summary: ({ namespace, poddisruptionbudget }) =>
    `Fewer pods are healthy than ${namespace}/${poddisruptionbudget} asks for`,
  description: ({ namespace, poddisruptionbudget }) =>
    `For 15 minutes fewer pods have been healthy than the budget ${namespace}/${poddisruptionbudget} calls the least.`,
  impact: "The service has less than what its team calls the least; nodes with its pods cannot be drained.",
  runbook: {
    meaning:
      "A budget keeps people and programs from evicting too many pods; it cannot keep pods from failing. More of them are not ready than may be: they crash, have no node, or the node was lost.",
    impact: "One step before an outage of the service. Upgrades of nodes wait for it.",
    diagnosis: [
      {
        text: "Which pods are not healthy?",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<name> --output wide",
      },
      {
        text: "How many are, and how many should be?",
        promql: max(select(healthy, { namespace: "<namespace>" }), { by }),
      },
      {
        text: "Does the budget fit? minAvailable as large as the number of replicas is violated by any restart.",
        command: "kubectl describe poddisruptionbudget --namespace <namespace> <name>",
      },
    ],
    mitigation: [
      {
        text: "Follow the alert of the pods themselves: PodCrashLooping, PodNotReady, PodUnschedulable, NodeNotReady.",
      },
      { text: "If only the budget is too strict, correct it in Git: maxUnavailable 1 fits almost always." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "too few are healthy",
      after: "5m",
      until: "30m",
      labels: checkout,
      series: [
        series(healthy, checkout, steady(3, "5m"), steady(1, "25m"), steady(3)),
        series(needed, checkout, steady(2)),
      ],
    },
  ],
  quiet: [
    {
      name: "just enough are healthy",
      series: [series(healthy, checkout, steady(2)), series(needed, checkout, steady(2))],
    },
  ],
});

/** A budget lets no pod be evicted, though all of its pods are well: no node under them can be drained. */
export const podDisruptionBudgetBlocksDrains: Alert = defineAlert({
  name: "PodDisruptionBudgetBlocksDrains",
  category: "workloads",
  severity: "info",
  owner: "namespace",
  labels: by,
  expr: and(
    and(equal(max(allowed, { by }), 0), greaterThan(max(expected, { by }), 0)),
    greaterOrEqual(max(healthy, { by }), max(needed, { by })),
  ),
  for: "2h",
  summary: ({ namespace, poddisruptionbudget }) =>
    `The budget ${namespace}/${poddisruptionbudget} lets no pod be evicted`,
  description: ({ namespace, poddisruptionbudget }) =>
    `For 2 hours the budget ${namespace}/${poddisruptionbudget} has allowed no eviction, though its pods are healthy.`,
  impact: "Nodes under these pods cannot be drained: security updates and moves to cheaper machines wait.",
  runbook: {
    meaning:
      "minAvailable is as large as the number of pods, or maxUnavailable is 0: the budget can never be kept while a pod moves. Often it is a single replica with minAvailable 1.",
    impact:
      "None for the service. The platform's team cannot replace the node without asking; when it has to, it deletes the pod.",
    diagnosis: [
      {
        text: "What does it ask for, and how many pods are there?",
        command: "kubectl describe poddisruptionbudget --namespace <namespace> <name>",
      },
      {
        text: "Which budgets are like that?",
        promql: and(equal(max(allowed, { by }), 0), greaterThan(max(expected, { by }), 0)),
      },
      {
        text: "Does an autoscaler set the replicas to one at night?",
        command: "kubectl get horizontalpodautoscalers --namespace <namespace>",
      },
    ],
    mitigation: [
      { text: "Run at least two replicas and allow one to be missing: maxUnavailable 1." },
      { text: "A program that can only run once: remove the budget, and make its end clean and its start quick." },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "one of one must be available",
      after: "5m",
      until: "150m",
      labels: checkout,
      series: budget([steady(1, "5m"), steady(0, "145m"), steady(1)], 1, 1, 1),
    },
  ],
  quiet: [
    { name: "one may be evicted", series: budget([steady(1)], 3, 2, 3) },
    { name: "it has no pods", series: budget([steady(0)], 0, 0, 0) },
    { name: "a pod is not healthy", series: budget([steady(0)], 1, 2, 3) },
  ],
});

function budget(evictions: Samples, well: number, least: number, all: number): readonly InputSeries[] {
  return [
    series(allowed, checkout, ...evictions),
    series(healthy, checkout, steady(well)),
    series(needed, checkout, steady(least)),
    series(expected, checkout, steady(all)),
  ];
}
