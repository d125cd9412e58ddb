import {
  bucketsOf,
  countOf,
  divide,
  histogramQuantile,
  increase,
  max,
  metric,
  min,
  noneOf,
  notEqualTo,
  rate,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import { type Topic, window } from "../topic.ts";

const byNamespace = { by: ["namespace"] } as const;
const legend = "{{namespace}}";
// cAdvisor's series without a container are the sums of a pod.
const containers = { container: notEqualTo("") } as const;

const workloads: Topic = {
  name: "workloads",
  title: "Workloads",
  description: "Pods, and what keeps them running: by namespace at a glance, one by one below.",
  overview: [
    {
      title: "Pods that are not ready",
      asks: sum(select(metric("kube_pod_status_ready"), { condition: "false" }), byNamespace),
      unit: "short",
      legend,
      min: 0,
      decimals: 0,
      description: "Pods that take no requests, those that have finished among them.",
    },
    {
      title: "Restarts",
      asks: sum(increase(metric("kube_pod_container_status_restarts_total"), window), byNamespace),
      unit: "short",
      legend,
      min: 0,
      description: "Containers that had to start again.",
    },
    {
      title: "Replicas that are missing",
      asks: sum(metric("kube_deployment_status_replicas_unavailable"), byNamespace),
      unit: "short",
      legend,
      min: 0,
      decimals: 0,
      description: "Replicas of Deployments that should be there and are not available.",
    },
    {
      title: "CPU of what is requested",
      asks: divide(
        sum(rate(select(metric("container_cpu_usage_seconds_total"), containers), window), byNamespace),
        sum(select(metric("kube_pod_container_resource_requests"), { resource: "cpu" }), byNamespace),
      ),
      unit: "percentunit",
      legend,
      min: 0,
      description: "Above 100 % a namespace lives on what others leave.",
    },
    {
      title: "Memory of its limit",
      asks: divide(
        sum(select(metric("container_memory_working_set_bytes"), containers), byNamespace),
        sum(select(metric("kube_pod_container_resource_limits"), { resource: "memory" }), byNamespace),
      ),
      unit: "percentunit",
      legend,
      min: 0,
      description: "Share of the memory that containers may have.",
    },
    {
      title: "Quota used",
      asks: divide(
        max(select(metric("kube_resourcequota"), { type: "used" }), { by: ["namespace", "resource"] }),
        max(select(metric("kube_resourcequota"), { type: "hard" }), { by: ["namespace", "resource"] }),
      ),
      unit: "percentunit",
      legend: "{{namespace}} {{resource}}",
      min: 0,
      thresholds: badAbove({ warning: 0.9, bad: 1 }),
      description: "At 100 % nothing more of the resource can be created.",
    },
  ],
};

const byClaim = { by: ["namespace", "persistentvolumeclaim"] } as const;

const storage: Topic = {
  name: "storage",
  title: "Storage",
  description: "Volumes: how full they are, in which state, and what the drivers do.",
  overview: [
    {
      title: "Volumes used",
      asks: subtract(
        1,
        divide(
          min(metric("kubelet_volume_stats_available_bytes"), byClaim),
          max(metric("kubelet_volume_stats_capacity_bytes"), byClaim),
        ),
      ),
      unit: "percentunit",
      legend: "{{namespace}} {{persistentvolumeclaim}}",
      min: 0,
      max: 1,
      description: "Share of each volume that is used up.",
    },
    {
      title: "Claims by phase",
      asks: sum(metric("kube_persistentvolumeclaim_status_phase"), { by: ["phase"] }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      stacked: true,
      description: "A claim that stays pending keeps its pod from starting.",
    },
    {
      title: "Volumes by phase",
      asks: sum(metric("kube_persistentvolume_status_phase"), { by: ["phase"] }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      stacked: true,
      description: "A released volume belongs to nobody and costs all the same.",
    },
    {
      title: "Time of the drivers' operations",
      asks: [
        query(
          "p99",
          histogramQuantile(
            0.99,
            sum(rate(bucketsOf(metric("csi_operations_seconds")), window), {
              by: ["le", "driver_name", "method_name"],
            }),
          ),
          { legend: "{{driver_name}} {{method_name}}", exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "99 of 100 operations of the CSI drivers are faster.",
    },
    {
      title: "Failed operations of the drivers",
      asks: sum(rate(select(countOf(metric("csi_operations_seconds")), { grpc_status_code: noneOf("OK") }), window), {
        by: ["driver_name", "method_name", "grpc_status_code"],
      }),
      unit: "eps",
      legend: "{{driver_name}} {{method_name}} {{grpc_status_code}}",
      min: 0,
      description: "Operations of the CSI drivers that did not succeed, per second.",
    },
  ],
};

/** What runs in the cluster, and what it keeps. */
export const workloadTopics: readonly Topic[] = [workloads, storage];
