import {
  and,
  divide,
  greaterOrEqual,
  greaterThan,
  lessThan,
  max,
  metric,
  min,
  platformDashboardUid,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const quota = metric("kube_resourcequota");
const requests = metric("kube_pod_container_resource_requests");
const by = ["namespace", "resourcequota", "resource"] as const;
const memory = { namespace: "team-backend", resourcequota: "team", resource: "requests.memory" } as const;
const used = divide(max(select(quota, { type: "used" }), { by }), min(select(quota, { type: "hard" }), { by }));

const diagnosis: Runbook["diagnosis"] = [
  { text: "How much of each resource is used?", command: "kubectl describe resourcequota --namespace <namespace>" },
  {
    text: "Which pods request the most?",
    promql: sum(select(requests, { namespace: "<namespace>" }), { by: ["pod", "resource"] }),
  },
  {
    text: "Is something left over: old ReplicaSets with pods, finished Jobs, claims that nobody mounts?",
    command: "kubectl get pods,jobs,persistentvolumeclaims --namespace <namespace>",
  },
];

const mitigation: Runbook["mitigation"] = [
  {
    text: "Lower requests that are far above what is used: processor and memory that are requested and not used count, too.",
  },
  { text: "Delete what is left over." },
  {
    text: "If the growth is honest, ask the platform's team for a larger quota: it stands in the team's definition in Git, and each request has its price.",
  },
];

/** A team has used up a resource of its quota. */
export const quotaExhausted: Alert = defineAlert({
  name: "QuotaExhausted",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: greaterOrEqual(used, 1),
  for: "15m",
  summary: ({ namespace, resource }) => `The quota of ${namespace} is used up: ${resource}`,
  description: ({ namespace, resourcequota, resource }) =>
    `All of ${resource} that the quota ${namespace}/${resourcequota} allows has been in use for 15 minutes.`,
  impact: "No further pod, claim or object of the kind can be made: rollouts stop half-way, and autoscaling with them.",
  runbook: {
    meaning:
      "The API server refuses whatever would go beyond the quota. A Deployment does not say so loudly: its new pods are simply not there. A rollout with maxSurge needs room for one more replica.",
    impact:
      "What runs goes on. What is restarted on another node keeps its share, so that a loss of a node does not make it worse.",
    diagnosis,
    mitigation,
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "all of it is used",
      after: "5m",
      until: "30m",
      labels: memory,
      series: using(steady(50, "5m"), steady(64, "25m"), steady(50)),
    },
  ],
  quiet: [{ name: "nearly all of it is used", series: using(steady(60)) }],
});

/** A team has used nearly all of a resource of its quota. */
export const quotaAlmostExhausted: Alert = defineTunableAlert({ value: 0.9, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "QuotaAlmostExhausted",
    category: "workloads",
    severity: "info",
    owner: "namespace",
    labels: by,
    expr: and(greaterThan(used, limit), lessThan(used, 1)),
    for: "1h",
    summary: ({ namespace, resource }) => `The quota of ${namespace} is nearly used up: ${resource}`,
    description: ({ namespace, resourcequota, resource }, value) =>
      `${value.percentage} of ${resource} that the quota ${namespace}/${resourcequota} allows has been in use for an hour.`,
    impact: "None yet. A rollout that needs one replica more, or a peak, may find no room.",
    runbook: {
      meaning: "The namespace uses nearly all that its quota allows. QuotaExhausted follows when it is all.",
      impact: "A rollout with maxSurge, a CronJob, or the autoscaler may be refused for a moment already.",
      diagnosis,
      mitigation,
    },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "nearly all of it is used",
        after: "5m",
        until: "90m",
        labels: memory,
        value: (1 + limit) / 2,
        series: using(steady(10, "5m"), steady(32 * (1 + limit), "85m"), steady(10)),
      },
    ],
    quiet: [
      { name: "less of it is used", series: using(steady(64 * limit * 0.8)) },
      { name: "all of it is used", series: using(steady(64)) },
    ],
  }),
);

function using(...samples: Samples): readonly InputSeries[] {
  return [
    series(quota, { ...memory, type: "used" }, ...samples),
    series(quota, { ...memory, type: "hard" }, steady(64)),
  ];
}
