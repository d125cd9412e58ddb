import { divide, greaterThan, metric, notEqualTo, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series } from "../alert/scenario.ts";

const periods = metric("container_cpu_cfs_periods_total");
const throttled = metric("container_cpu_cfs_throttled_periods_total");
const usage = metric("container_cpu_usage_seconds_total");
const limits = metric("kube_pod_container_resource_limits");
const by = ["namespace", "pod", "container"] as const;
const container = { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout" } as const;

/** A container is held back by its CPU limit much of the time. */
export const containerCpuThrottled: Alert = defineTunableAlert({ value: 0.25, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ContainerCpuThrottled",
    category: "workloads",
    severity: "info",
    owner: "namespace",
    labels: by,
    expr: greaterThan(
      divide(
        sum(rate(throttled, "5m"), { by }),
        // Without a container it is the pod as a whole.
        sum(rate(select(periods, { container: notEqualTo("") }), "5m"), { by }),
      ),
      limit,
    ),
    for: "15m",
    summary: ({ namespace, pod, container }) =>
      `Container ${container} of ${namespace}/${pod} is held back by its CPU limit`,
    description: ({ namespace, pod, container }, value) =>
      `In ${value.percentage} of the scheduling periods of the last 15 minutes the container ${container} of ${namespace}/${pod} had used up its CPU limit.`,
    impact: "Answers are late by up to a tenth of a second each time, though the node has processors to spare.",
    runbook: {
      meaning:
        "A CPU limit is a quota for each tenth of a second. A program with many threads uses it up in a few milliseconds and stands still for the rest, even if its mean use is low.",
      impact:
        "Look at the latency of the service: a batch that is held back is nobody's problem, a service with a promise of 200 milliseconds is.",
      diagnosis: [
        {
          text: "How much does it use on average, and how much may it?",
          promql: sum(rate(select(usage, { namespace: "<namespace>", pod: "<pod>" }), "5m"), { by: ["container"] }),
        },
        {
          text: "Its limit:",
          promql: sum(select(limits, { namespace: "<namespace>", pod: "<pod>", resource: "cpu" }), {
            by: ["container"],
          }),
        },
        { text: "Does latency suffer at the same times? See the service's dashboard." },
        {
          text: "Does its runtime start as many threads as the node has processors (GOMAXPROCS, a JVM without container support)?",
        },
      ],
      mitigation: [
        {
          text: "Remove the CPU limit and keep an honest request, where the platform's policies allow it: the request guarantees its share, the limit only takes away.",
        },
        { text: "Otherwise raise the limit, or set the number of threads to it." },
        { text: "If nobody suffers, raise the threshold of this alert for the namespace." },
      ],
    },
    firstQueries: { traces: '{ resource.k8s.pod.name = "<pod>" && duration > 500ms }' },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "it is held back more often",
        after: "1m",
        labels: container,
        value: limit * 1.5,
        series: heldBack(limit * 1.5, container.container),
      },
    ],
    quiet: [
      { name: "it is held back less often", series: heldBack(limit * 0.75, container.container) },
      { name: "it is the pod as a whole", series: heldBack(limit * 1.5, "") },
    ],
  }),
);

function heldBack(share: number, name: string): readonly InputSeries[] {
  const labels = { ...container, container: name };
  return [
    series(periods, labels, growing({ from: 0, perMinute: 600 })),
    series(throttled, labels, growing({ from: 0, perMinute: 600 * share })),
  ];
}
