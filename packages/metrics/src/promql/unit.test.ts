import { describe, expect, it } from "vitest";
import { unitOf } from "./unit.ts";

describe("the unit of a result", () => {
  it.each([
    ["node_memory_MemAvailable_bytes", "bytes"],
    ["rate(container_network_receive_bytes_total[5m])", "bytes-per-second"],
    ["sum(increase(container_network_receive_bytes_total[1h]))", "bytes"],
    ["sum(rate(traces_span_metrics_calls_total[5m]))", "per-second"],
    ["rate(traces_span_metrics_duration_seconds_count[5m])", "per-second"],
    ["histogram_quantile(0.9, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))", "seconds"],
    [
      "rate(traces_span_metrics_duration_seconds_sum[5m]) / rate(traces_span_metrics_duration_seconds_count[5m])",
      "seconds",
    ],
    ["rate(node_cpu_seconds_total[5m])", "ratio"],
    ["node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "ratio"],
    ["1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", "ratio"],
    ["time() - certmanager_certificate_expiration_timestamp_seconds", "seconds"],
    ["up", "boolean"],
    ["sum(up)", "count"],
    ["avg(up)", "ratio"],
    ["count(kube_pod_info)", "count"],
    ["up > bool 0", "boolean"],
    ["node_memory_MemAvailable_bytes > 5", "bytes"],
    ["sum(rate(traces_span_metrics_calls_total[5m])) or vector(0)", "per-second"],
    ['kube_pod_container_resource_limits{resource="memory"}', "bytes"],
    ['kube_pod_container_resource_limits{resource="cpu"}', "cores"],
    ['kube_pod_container_resource_limits{resource="nvidia_com_gpu"}', "count"],
    ["kube_pod_container_resource_limits", undefined],
    ['container_memory_working_set_bytes / on (pod) kube_pod_container_resource_limits{resource="memory"}', "ratio"],
    ["unknown_metric", undefined],
    ["node_memory_MemAvailable_bytes * up", undefined],
    ["sum(", undefined],
  ])("of %s is %s", (text, unit) => expect(unitOf(text)).toBe(unit));
});
