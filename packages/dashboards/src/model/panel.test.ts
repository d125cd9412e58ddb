import { metric, rate, spanMetrics } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { stat, timeseries } from "./panel.ts";
import { query } from "./query.ts";

const said = { unit: "ops", description: "d" } as const;

describe("a panel", () => {
  it("of one expression asks one question, with the labels that differ as its legend", () =>
    expect(timeseries("Calls", rate(spanMetrics.calls, "$__rate_interval"), said).queries).toEqual([
      {
        source: "prometheus",
        name: "A",
        expr: "rate(traces_span_metrics_calls_total[$__rate_interval])",
        legend: "__auto",
        exemplars: false,
      },
    ]));

  it("of several queries calls each by its name", () => {
    const queries = [
      query("used", metric("kube_pod_info")),
      query("all", metric("kube_pod_info"), { legend: "{{pod}}" }),
    ];
    expect(stat("Pods", queries, said).queries).toMatchObject([
      { name: "used", legend: "used" },
      { name: "all", legend: "{{pod}}" },
    ]);
  });

  it("keeps its id when it is given one, whatever its title", () => {
    expect(stat("New title", metric("kube_pod_info"), { ...said, id: "pods" }).id).toBe("pods");
    expect(stat("Pods, all", metric("kube_pod_info"), said).id).toBe("pods-all");
  });
});
