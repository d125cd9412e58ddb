import { once, type Platform, type Service } from "@plinth/core";
import { divide, type Expression, increase, max, metric, notEqualTo, oneOf, rate, select, sum } from "@plinth/metrics";
import type { Panel, Query, Row } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import { type ServicePods, servicePods } from "./service-pods.ts";
import type { ServiceRow } from "./service-row.ts";

const window = "$__rate_interval";
// cAdvisor's series without a container are the sums of a pod.
const containers = notEqualTo("");

/**
 * What the service's pods use of what they asked for and may have, how many there are, what the autoscaler wants, how often they had to start again and why, how
 * long the CPU was taken from them, and which part of the team's quota they take.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * resourceRow()(view)?.panels[0]?.title; // "CPU"
 */
export function resourceRow(): ServiceRow {
  return ({ platform, service }) => resources(platform, service);
}

/** Nothing of it depends on the environment: each has a Prometheus, or a namespace, of its own. */
const resources = once((platform: Platform, service: Service): Row => {
  const pods = servicePods({ platform, service });
  return row("Resources", [...usePanels(pods), ...podPanels(pods, service), ...byPodPanels(pods), quotaPanel(pods)], {
    id: "resources",
  });
});

function cpuUsed({ namespace }: ServicePods): Expression {
  return rate(select(metric("container_cpu_usage_seconds_total"), { namespace, container: containers }), window);
}

function memoryUsed({ namespace }: ServicePods): Expression {
  return select(metric("container_memory_working_set_bytes"), { namespace, container: containers });
}

function requested({ namespace, of }: ServicePods, resource: "cpu" | "memory"): Expression {
  return of(select(metric("kube_pod_container_resource_requests"), { namespace, resource }));
}

function limited({ namespace, of }: ServicePods, resource: "cpu" | "memory"): Expression {
  return of(select(metric("kube_pod_container_resource_limits"), { namespace, resource }));
}

function usePanels(pods: ServicePods): readonly Panel[] {
  const claims = (resource: "cpu" | "memory"): Query[] => [
    query("requested", sum(requested(pods, resource))),
    query("limit", sum(limited(pods, resource))),
  ];
  return [
    timeseries("CPU", [query("used", sum(pods.of(cpuUsed(pods)))), ...claims("cpu")], {
      unit: "short",
      min: 0,
      description:
        "Cores that all pods use, beside what they request and may use at most. Use above the request is borrowed from the node's other pods.",
    }),
    timeseries("Memory", [query("used", sum(pods.of(memoryUsed(pods)))), ...claims("memory")], {
      unit: "bytes",
      min: 0,
      description:
        "Memory that counts against the limit, beside what the pods request and may use at most. A line that only rises is a leak.",
    }),
  ];
}

function podPanels({ namespace, of }: ServicePods, { name }: Service): readonly Panel[] {
  // KEDA puts its own prefix before the name.
  const autoscaler = { namespace, horizontalpodautoscaler: oneOf(name, `keda-hpa-${name}`) } as const;
  return [
    timeseries(
      "Pods",
      [
        query("ready", sum(of(select(metric("kube_pod_status_ready"), { namespace, condition: "true" })))),
        query("all", sum(of(select(metric("kube_pod_info"), { namespace })))),
        query("wanted", max(select(metric("kube_horizontalpodautoscaler_status_desired_replicas"), autoscaler)), {
          legend: "wanted by the autoscaler",
        }),
        query("most", max(select(metric("kube_horizontalpodautoscaler_spec_max_replicas"), autoscaler)), {
          legend: "most that it may be",
        }),
      ],
      {
        unit: "short",
        min: 0,
        decimals: 0,
        description:
          "Pods that take requests, beside all that there are, and what its autoscaler wants and may, if there is one. A lasting gap is a rollout that hangs, or pods that find no node; an autoscaler at its most cannot help any more.",
      },
    ),
    timeseries(
      "Restarts by pod",
      [
        query(
          "A",
          sum(of(increase(select(metric("kube_pod_container_status_restarts_total"), { namespace }), window)), {
            by: ["pod", "container"],
          }),
          { legend: "{{pod}} {{container}}" },
        ),
        query(
          "out_of_memory",
          sum(
            of(select(metric("kube_pod_container_status_last_terminated_reason"), { namespace, reason: "OOMKilled" })),
            { by: ["pod", "container"] },
          ),
          { legend: "{{pod}} {{container}} last killed for memory" },
        ),
      ],
      {
        unit: "short",
        min: 0,
        description:
          "Containers that had to start again, and those whose last end was a kill for memory. Look at the log's end before the restart; raise the memory limit only when the use is right.",
      },
    ),
  ];
}

function byPodPanels(pods: ServicePods): readonly Panel[] {
  const { namespace, of } = pods;
  const throttled = metric("container_cpu_cfs_throttled_periods_total");
  const periods = metric("container_cpu_cfs_periods_total");
  const perPod = (part: Expression, whole: Expression): Expression =>
    divide(sum(part, { by: ["pod"] }), sum(whole, { by: ["pod"] }));
  const ratesOf = (series: typeof throttled | typeof periods): Expression =>
    of(rate(select(series, { namespace, container: containers }), window));
  const shared = { unit: "percentunit", min: 0, legend: "{{pod}}" } as const;
  return [
    timeseries("CPU by pod, of its request", perPod(of(cpuUsed(pods)), requested(pods, "cpu")), {
      ...shared,
      thresholds: badAbove({ warning: 1, bad: 2 }),
      description:
        "Share of the CPU that each pod requested. Above 100 % it lives on what others leave, and is slow when its node is full.",
    }),
    timeseries("CPU taken away by pod", perPod(ratesOf(throttled), ratesOf(periods)), {
      ...shared,
      thresholds: badAbove({ warning: 0.1, bad: 0.25 }),
      description:
        "Share of the time slices in which a pod reached its CPU limit and had to wait: latency that no dependency explains. Raise the limit, or take it away.",
    }),
    timeseries("Memory by pod, of its limit", perPod(of(memoryUsed(pods)), limited(pods, "memory")), {
      ...shared,
      thresholds: badAbove({ warning: 0.8, bad: 0.95 }),
      description: "Share of its memory limit that each pod uses. At 100 % the kernel kills it.",
    }),
  ];
}

function quotaPanel(pods: ServicePods): Panel {
  const { namespace } = pods;
  const share = (resource: "cpu" | "memory"): Expression =>
    divide(
      sum(requested(pods, resource)),
      max(select(metric("kube_resourcequota"), { namespace, resource: `requests.${resource}`, type: "hard" })),
    );
  return timeseries("Share of the team's quota", [query("cpu", share("cpu")), query("memory", share("memory"))], {
    unit: "percentunit",
    min: 0,
    description:
      "What this service requests of what its team may request in all. When the team's quota is used up new pods are refused, also those of a rollout or an autoscaler: the team's dashboard shows the whole.",
  });
}
