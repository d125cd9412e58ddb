import { and, divide, equal, greaterThan, increase, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const workingSet = metric("container_memory_working_set_bytes");
const limits = metric("kube_pod_container_resource_limits");
const restarts = metric("kube_pod_container_status_restarts_total");
const lastEnd = metric("kube_pod_container_status_last_terminated_reason");
const by = ["namespace", "pod", "container"] as const;
const container = { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout" } as const;

const used = {
  text: "How did its memory go over the last days? A line that rises until it falls is a leak; a step is a deployment or more load.",
  promql: max(select(workingSet, { namespace: "<namespace>", pod: "<pod>" }), { by: ["container"] }),
} as const;

/** A container is killed again and again because it wants more memory than it may have. */
export const containerOutOfMemory: Alert = defineTunableAlert({ value: 2, unit: "count" }, (limit) =>
  defineAlert({
    name: "ContainerOutOfMemory",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    expr: and(
      greaterThan(max(increase(restarts, "1h"), { by }), limit),
      equal(max(select(lastEnd, { reason: "OOMKilled" }), { by }), 1),
    ),
    summary: ({ namespace, pod, container }) =>
      `Container ${container} of ${namespace}/${pod} is killed for its memory`,
    description: ({ namespace, pod, container }) =>
      `The container ${container} of ${namespace}/${pod} has been restarted more than ${limit} times within an hour; the last time it was killed because it wanted more memory than its limit.`,
    impact: "Requests that were under way fail each time, and the replica is missing until it has started again.",
    runbook: {
      meaning:
        "The kernel kills a container that goes beyond its memory limit. Its limit is too low for what it does, it has a leak, or single requests need very much (an upload, a report, a query without a limit).",
      impact:
        "Users see single errors. When all replicas grow alike, they are killed at the same time, and the service is down for a moment.",
      diagnosis: [
        used,
        {
          text: "Is it all replicas (limit, leak) or one (a request, a partition)?",
          promql: equal(
            max(select(lastEnd, { namespace: "<namespace>", reason: "OOMKilled" }), { by: ["pod", "container"] }),
            1,
          ),
        },
        {
          text: "What did it do before it was killed?",
          command: "kubectl logs --namespace <namespace> <pod> --container <container> --previous --tail 100",
        },
        {
          text: "Does its runtime know the limit? A JVM, Go or Node.js that does not takes what the node has.",
          command: "kubectl get pod --namespace <namespace> <pod> --output jsonpath='{.spec.containers[*].resources}'",
        },
      ],
      mitigation: [
        { text: "If it began with a deployment, revert it in Git and let Argo CD sync." },
        {
          text: "Otherwise raise request and limit together in Git, by half: that buys time. Look at the team's quota first.",
        },
        {
          text: "A leak: restart the replicas one after the other in the meantime, and take a heap dump before.",
          command: "kubectl rollout restart --namespace <namespace> deployment/<name>",
        },
        { text: "Single large requests: find them by their traces just before the restarts, and limit their size." },
      ],
    },
    firstQueries: {
      logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>" | k8s_container_name="<container>"',
      traces: '{ resource.k8s.pod.name = "<pod>" && duration > 1s }',
    },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "it is killed again",
        after: `${killedAfter(limit)}m`,
        labels: container,
        series: killed(limit, "OOMKilled"),
      },
    ],
    quiet: [
      { name: "it ends with an error", series: killed(limit, "Error") },
      { name: "it was killed less often", series: killed(limit - 1, "OOMKilled") },
    ],
  }),
);

/** A container has used nearly all of the memory that it may have, for a quarter of an hour. */
export const containerMemoryNearLimit: Alert = defineTunableAlert({ value: 0.95, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ContainerMemoryNearLimit",
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    expr: greaterThan(divide(max(workingSet, { by }), max(select(limits, { resource: "memory" }), { by })), limit),
    for: "15m",
    summary: ({ namespace, pod, container }) =>
      `Container ${container} of ${namespace}/${pod} is near its memory limit`,
    description: ({ namespace, pod, container }, value) =>
      `The container ${container} of ${namespace}/${pod} has used ${value.percentage} of its memory limit for 15 minutes.`,
    impact: "A little more and it is killed, with the requests that are under way.",
    runbook: {
      meaning:
        "The working set is what the kernel cannot take back without swapping; at the limit the container is killed. A program that fills a cache of fixed size may live here for ever; most cannot.",
      impact: "None yet. Some programs slow down before, because they collect garbage or lose their page cache.",
      diagnosis: [
        used,
        {
          text: "Do all replicas look like this?",
          promql: divide(
            max(select(workingSet, { namespace: "<namespace>" }), { by }),
            max(select(limits, { namespace: "<namespace>", resource: "memory" }), { by }),
          ),
        },
        {
          text: "What is in it? Take a heap profile while it is full.",
          command: "kubectl top pod --namespace <namespace> <pod> --containers",
        },
      ],
      mitigation: [
        {
          text: "Raise request and limit together in Git, if it has grown with the load; look at the team's quota first.",
        },
        { text: "If it has a cache or a heap of a set size, set that to three quarters of the limit." },
        {
          text: "A leak: restart it at a moment of your choice, before the kernel chooses one.",
          command: "kubectl rollout restart --namespace <namespace> deployment/<name>",
        },
      ],
    },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "nearly all is used",
        after: "5m",
        until: "30m",
        labels: container,
        value: (1 + limit) / 2,
        series: memory(steady(1e8, "5m"), steady(5e8 * (1 + limit), "25m"), steady(1e8)),
      },
    ],
    quiet: [{ name: "less is used", series: memory(steady(1e9 * limit * 0.8)) }],
  }),
);

/** It restarts every ten minutes, until it has done so once more often than the limit. */
function killed(limit: number, reason: string): readonly InputSeries[] {
  const times = Math.floor(limit) + 1;
  return [
    series(restarts, container, ...Array.from({ length: times }, (_, count) => steady(count, "10m")), steady(times)),
    series(lastEnd, { ...container, reason }, steady(1)),
  ];
}

function killedAfter(limit: number): number {
  return (Math.floor(limit) + 1) * 10;
}

function memory(...samples: Samples): readonly InputSeries[] {
  return [
    series(workingSet, container, ...samples),
    series(limits, { ...container, resource: "memory", unit: "byte" }, steady(1e9)),
    series(limits, { ...container, resource: "ephemeral_storage", unit: "byte" }, steady(1e10)),
  ];
}
