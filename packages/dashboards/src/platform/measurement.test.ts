import { printPromqlLine, promql } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { badAbove, badBelow } from "../model/thresholds.ts";
import { measurementsOf } from "./measurement.ts";

function measured(text: string, threshold?: Parameters<typeof measurementsOf>[0]["threshold"]) {
  return measurementsOf({ expression: promql(text), ...(threshold === undefined ? {} : { threshold }) }).map(
    ({ measured: expression, limit, ...rest }) => ({
      measured: printPromqlLine(expression),
      ...(limit === undefined ? {} : { limit: printPromqlLine(limit) }),
      ...rest,
    }),
  );
}

describe("what an alert measures", () => {
  it("is its expression without the comparison, with the threshold as a line", () => {
    expect(
      measured(
        "max by (instance) (node_nf_conntrack_entries) / max by (instance) (node_nf_conntrack_entries_limit) > 0.75",
      ),
    ).toEqual([
      {
        name: "node_nf_conntrack_entries",
        measured: "max by (instance) (node_nf_conntrack_entries) / max by (instance) (node_nf_conntrack_entries_limit)",
        unit: "percentunit",
        thresholds: badAbove({ bad: 0.75 }),
        fires: "this is above 75 %",
        guarded: false,
      },
    ]);
  });

  it.each([
    [
      "min(kubelet_certificate_manager_client_ttl_seconds) < 172800",
      "s",
      badBelow({ bad: 172_800 }),
      "this is below 2d",
    ],
    ["max(node_timex_offset_seconds) > 0.05", "s", badAbove({ bad: 0.05 }), "this is above 50ms"],
    ["max(node_timex_offset_seconds) > 0.0005", "s", badAbove({ bad: 0.0005 }), "this is above 0.0005 s"],
    ["max(apiserver_storage_size_bytes) >= 6e9", "bytes", badAbove({ bad: 6e9 }), "this is at least 6 GB"],
    ["max(up) == 0", "short", badBelow({ bad: 1 }), "this is exactly 0"],
    ["max(kube_node_spec_unschedulable) == 1", "short", badAbove({ bad: 1 }), "this is exactly 1"],
    ["sum(rate(coredns_panics_total[5m])) > 0", "cps", badAbove({ bad: 0 }), "this is above 0 per second"],
    [
      "sum(rate(node_network_receive_bytes_total[5m])) > 10",
      "Bps",
      badAbove({ bad: 10 }),
      "this is above 10 per second",
    ],
    [
      "histogram_quantile(0.9, sum by (le) (rate(istio_request_duration_milliseconds_bucket[5m]))) > 2000",
      "ms",
      badAbove({ bad: 2000 }),
      "this is above 2000 ms",
    ],
    ["max(up) > 14.4 * 0.001", "short", badAbove({ bad: 0.0144 }), "this is above 0.0144"],
  ])("has a unit, a line and words: %s", (text, unit, thresholds, fires) => {
    expect(measured(text)).toMatchObject([{ unit, thresholds, fires }]);
  });

  it("takes the unit of the threshold where the expression is compared with that very number", () => {
    const text = "max(container_memory_working_set_bytes) / max(kube_pod_container_resource_limits) > 0.95";
    expect(measured(text, { value: 0.95, unit: "ratio" })).toMatchObject([{ unit: "percentunit" }]);
    expect(measured(text, { value: 95, unit: "count" })).toMatchObject([{ unit: measured(text)[0]?.unit }]);
  });

  it("draws an age for a moment, and its limit as a line", () => {
    expect(measured("max by (node) (kube_node_deletion_timestamp) < time() - 3600")).toMatchObject([
      {
        measured: "time() - max by (node) (kube_node_deletion_timestamp)",
        unit: "s",
        thresholds: badAbove({ bad: 3600 }),
        fires: "this is above 1h",
      },
    ]);
  });

  it("draws both sides where neither is a number, and says that something else must hold", () => {
    const text =
      "max(kube_deployment_spec_replicas) > max(kube_deployment_status_replicas_available) and max(kube_deployment_spec_replicas) > 1";
    expect(measured(text)).toMatchObject([
      {
        measured: "max(kube_deployment_spec_replicas)",
        limit: "max(kube_deployment_status_replicas_available)",
        fires: "this is above its limit",
        guarded: true,
      },
    ]);
  });

  it("draws each of several conditions by itself", () => {
    const names = measured(
      "sum(rate(otelcol_receiver_refused_spans[5m])) > 0 or sum(rate(coredns_panics_total[5m])) > 0",
    );
    expect(names.map(({ name }) => name)).toEqual(["otelcol_receiver_refused_spans", "coredns_panics_total"]);
  });

  it.each([
    ['absent(up{job="apiserver"} == 1)', 'count(up{job="apiserver"} == 1) or vector(0)'],
    ["absent_over_time(loki_build_info[10m])", "count(present_over_time(loki_build_info[10m])) or vector(0)"],
  ])("counts what must not be absent: %s", (text, counted) => {
    expect(measured(text)).toMatchObject([
      { measured: counted, thresholds: badBelow({ bad: 1 }), fires: "there is none" },
    ]);
  });

  it("is the whole expression where nothing is compared", () => {
    expect(measured("vector(1)")).toMatchObject([{ measured: "vector(1)", fires: "there is any" }]);
  });
});
