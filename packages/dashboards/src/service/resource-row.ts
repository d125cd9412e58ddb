import { namespaceOf, podLabelsOf } from "@plinth/core";
import {
  divide,
  type Expression,
  group,
  increase,
  metric,
  multiply,
  notEqualTo,
  type Operand,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Query } from "../model/dashboard.ts";
import { query, timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";

const window = "$__rate_interval";
// cAdvisor's series without a container are the sums of a pod.
const containers = notEqualTo("");

/** What the service's pods use of what they asked for and may have, how many there are, and how often they had to start again. */
export function resourceRow(): ServiceRow {
  return (view) => {
    const { namespace, ofService } = serviceSeries(view);
    const cpu = rate(select(metric("container_cpu_usage_seconds_total"), { namespace, container: containers }), window);
    const memory = select(metric("container_memory_working_set_bytes"), { namespace, container: containers });
    const claims = (resource: "cpu" | "memory"): Query[] => [
      query(
        "requested",
        sum(ofService(select(metric("kube_pod_container_resource_requests"), { namespace, resource }))),
      ),
      query("limit", sum(ofService(select(metric("kube_pod_container_resource_limits"), { namespace, resource })))),
    ];
    const cpuRequest = select(metric("kube_pod_container_resource_requests"), { namespace, resource: "cpu" });
    const memoryLimit = select(metric("kube_pod_container_resource_limits"), { namespace, resource: "memory" });
    const restarts = select(metric("kube_pod_container_status_restarts_total"), { namespace });
    const ready = select(metric("kube_pod_status_ready"), { namespace, condition: "true" });
    const all = select(metric("kube_pod_info"), { namespace });
    return row(
      "Resources",
      [
        timeseries("CPU", [query("used", sum(ofService(cpu))), ...claims("cpu")], {
          unit: "short",
          min: 0,
          description: "Cores that all pods use, beside what they request and may use at most.",
        }),
        timeseries("Memory", [query("used", sum(ofService(memory))), ...claims("memory")], {
          unit: "bytes",
          min: 0,
          description: "Memory that counts against the limit, beside what the pods request and may use at most.",
        }),
        timeseries("Pods", [query("ready", sum(ofService(ready))), query("all", sum(ofService(all)))], {
          unit: "short",
          min: 0,
          decimals: 0,
          description:
            "Pods that take requests, beside all that there are. A lasting gap is a rollout that hangs, or pods that find no node.",
        }),
        timeseries("CPU by pod, of its request", perPod(ofService(cpu), ofService(cpuRequest)), {
          unit: "percentunit",
          min: 0,
          legend: "{{pod}}",
          thresholds: badAbove({ warning: 1, bad: 2 }),
          description:
            "Share of the CPU that each pod requested. Above 100 % it lives on what others leave, and is slow when its node is full.",
        }),
        timeseries("Memory by pod, of its limit", perPod(ofService(memory), ofService(memoryLimit)), {
          unit: "percentunit",
          min: 0,
          legend: "{{pod}}",
          thresholds: badAbove({ warning: 0.8, bad: 0.95 }),
          description: "Share of its memory limit that each pod uses. At 100 % the kernel kills it.",
        }),
        timeseries("Restarts by pod", sum(ofService(increase(restarts, window)), { by: ["pod", "container"] }), {
          unit: "short",
          min: 0,
          legend: "{{pod}} {{container}}",
          description:
            "Containers that had to start again. Look at the log's end before the restart, and whether the memory reached its limit.",
        }),
      ],
      { id: "resources" },
    );
  };
}

function perPod(part: Operand, whole: Operand): Expression {
  return divide(sum(part, { by: ["pod"] }), sum(whole, { by: ["pod"] }));
}

/** Narrows series of the namespace's pods to those of the service: names of pods do not tell flagd's from flagd-ui's, their labels do. */
function serviceSeries({ platform, service }: ServiceView): {
  namespace: string;
  ofService: (operand: Operand) => Expression;
} {
  const namespace = namespaceOf(platform, service);
  const name = podLabelsOf(service)["app.kubernetes.io/name"] ?? service.name;
  const pods = group(select(metric("kube_pod_labels"), { namespace, label_app_kubernetes_io_name: name }), {
    by: ["namespace", "pod"],
  });
  return { namespace, ofService: (operand) => multiply(operand, pods, { on: ["namespace", "pod"], groupLeft: [] }) };
}
