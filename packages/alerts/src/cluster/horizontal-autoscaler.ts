import {
  and,
  equal,
  greaterOrEqual,
  greaterThan,
  max,
  metric,
  oneOf,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const most = metric("kube_horizontalpodautoscaler_spec_max_replicas");
const fewest = metric("kube_horizontalpodautoscaler_spec_min_replicas");
const desired = metric("kube_horizontalpodautoscaler_status_desired_replicas");
const current = metric("kube_horizontalpodautoscaler_status_current_replicas");
const condition = metric("kube_horizontalpodautoscaler_status_condition");
const unavailable = metric("aggregator_unavailable_apiservice");
const usage = metric("container_cpu_usage_seconds_total");
const by = ["namespace", "horizontalpodautoscaler"] as const;
const checkout = { namespace: "team-backend", horizontalpodautoscaler: "checkout" } as const;

/** An autoscaler cannot add further replicas. */
export const autoscalerAtMaximum: Alert = defineAlert({
  name: "AutoscalerAtMaximum",
  category: "cluster",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(
    greaterOrEqual(max(desired, { by }), max(most, { by })),
    greaterThan(max(most, { by }), max(fewest, { by })),
  ),
  for: "30m",
  summary: ({ namespace, horizontalpodautoscaler }) =>
    `Autoscaler ${namespace}/${horizontalpodautoscaler} is at its maximum`,
  description: ({ namespace, horizontalpodautoscaler }) =>
    `${namespace}/${horizontalpodautoscaler} has wanted as many replicas as it may have for 30 minutes.`,
  impact: "More load is not answered by more replicas: latencies grow, then requests fail.",
  runbook: {
    meaning:
      "The autoscaler wants its maximum, so that it may want more and cannot say. There is more load than planned, each request costs more than before, or the maximum is too low. An autoscaler whose maximum is its minimum does not fire.",
    impact: "None as long as these replicas suffice. From here on nothing absorbs a peak.",
    diagnosis: [
      {
        text: "Does it suffice? Look at the service's dashboard: latency, errors, saturation.",
        promql: max(select(desired, { namespace: "<namespace>" }), { by }),
      },
      {
        text: "How far is the metric above its target?",
        command: "kubectl describe horizontalpodautoscaler --namespace <namespace> <name>",
      },
      {
        text: "Is there more load than at the same time last week, or does each request cost more since the last deployment?",
        promql: sum(rate(select(usage, { namespace: "<namespace>" }), "5m"), { by: ["container"] }),
      },
    ],
    mitigation: [
      {
        text: "If users feel it, raise maxReplicas in Git by half, after a look at the team's quota, at the NodePool's limit and at what the database takes in connections.",
      },
      { text: "If a deployment made requests more expensive, take it back." },
      { text: "If the load is not welcome (a crawler, a loop of retries), limit it where it comes in." },
      { text: "If it is normal every day, raise the maximum for good: it is there for the unforeseen." },
    ],
  },
  firstQueries: { traces: '{ resource.service.name = "<name>" && duration > 1s }' },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "it wants all that it may have",
      after: "5m",
      until: "50m",
      labels: checkout,
      series: scaler(2, 10, steady(4, "5m"), steady(10, "45m"), steady(6)),
    },
  ],
  quiet: [
    { name: "it wants one less", series: scaler(2, 10, steady(9)) },
    { name: "its maximum is its minimum", series: scaler(3, 3, steady(3)) },
  ],
});

/** An autoscaler does nothing: it does not get its metrics, or cannot change what it scales. */
export const autoscalerCannotScale: Alert = defineAlert({
  name: "AutoscalerCannotScale",
  category: "cluster",
  severity: "warning",
  owner: "namespace",
  labels: ["namespace", "horizontalpodautoscaler", "condition"],
  expr: and(
    equal(
      max(select(condition, { condition: oneOf("AbleToScale", "ScalingActive"), status: "false" }), {
        by: [...by, "condition"],
      }),
      1,
    ),
    // Scaled to zero on purpose it is not active either.
    greaterThan(max(current, { by }), 0),
    { on: by },
  ),
  for: "15m",
  summary: ({ namespace, horizontalpodautoscaler, condition }) =>
    `Autoscaler ${namespace}/${horizontalpodautoscaler} does not scale: ${condition} is false`,
  description: ({ namespace, horizontalpodautoscaler, condition }) =>
    `The condition ${condition} of ${namespace}/${horizontalpodautoscaler} has been false for 15 minutes: the number of replicas stays as it is.`,
  impact: "The service keeps its replicas whatever the load: too few in a peak, too many at night.",
  runbook: {
    meaning:
      "ScalingActive is false when the metric cannot be read: metrics-server or the adapter is down, the pods have no CPU request, or the metric's name is wrong. AbleToScale is false when the target cannot be read or changed.",
    impact: "A peak of load meets the replicas of a moment ago.",
    diagnosis: [
      {
        text: "What does it say? FailedGetResourceMetric, FailedGetExternalMetric, FailedGetScale, and why.",
        command: "kubectl describe horizontalpodautoscaler --namespace <namespace> <name>",
      },
      {
        text: "Is the API of the metrics down (AggregatedApiDown)?",
        promql: equal(max(unavailable, { by: ["name"] }), 1),
      },
      {
        text: "Is it this one or all? All: metrics-server or the adapter.",
        promql: equal(max(select(condition, { condition: "ScalingActive", status: "false" }), { by }), 1),
      },
      {
        text: "Does each container of the pods request CPU? A sidecar without a request suffices to break it.",
        command:
          "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<name> --output jsonpath='{.items[0].spec.containers[*].resources}'",
      },
    ],
    mitigation: [
      { text: "If it is all of them, the platform's team repairs metrics-server or the adapter." },
      { text: "If it is this one, give the container the request, or correct the metric's name or query in Git." },
      {
        text: "If load is rising meanwhile, set the replicas yourself; the autoscaler takes over again once it is active.",
        command: "kubectl scale --namespace <namespace> deployment/<name> --replicas <more>",
      },
    ],
  },
  dashboard: platformDashboardUid("autoscaling"),
  fires: [
    {
      name: "its metric cannot be read",
      after: "5m",
      until: "30m",
      labels: { ...checkout, condition: "ScalingActive" },
      series: [
        series(current, checkout, steady(4)),
        ...holds("ScalingActive", steady(0, "5m"), steady(1, "25m"), steady(0)),
        ...holds("AbleToScale", steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "it is scaled to zero",
      series: [series(current, checkout, steady(0)), ...holds("ScalingActive", steady(1))],
    },
    {
      name: "it scales, and is not at a limit",
      series: [
        series(current, checkout, steady(4)),
        ...holds("ScalingActive", steady(0)),
        ...holds("ScalingLimited", steady(1)),
      ],
    },
  ],
});

function scaler(least: number, greatest: number, ...wanted: Samples): readonly InputSeries[] {
  return [
    series(fewest, checkout, steady(least)),
    series(most, checkout, steady(greatest)),
    series(desired, checkout, ...wanted),
  ];
}

/** A condition that is false while the samples are 1, and true while they are 0. */
function holds(name: string, ...samples: Samples): readonly InputSeries[] {
  return [
    series(condition, { ...checkout, condition: name, status: "false" }, ...samples),
    series(
      condition,
      { ...checkout, condition: name, status: "true" },
      ...samples.map((stretch) => ({ ...stretch, value: 1 - (stretch.value ?? 0) })),
    ),
  ];
}
