import { equal, max, metric, rate, rawPromql, select, vector } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { platformAlerts } from "../catalogue.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { podCrashLooping } from "../workloads/pod-crash-looping.ts";
import type { Alert } from "./alert.ts";
import { alertFindings } from "./alert-findings.ts";

const paths = (changes: Partial<Alert>): readonly (string | undefined)[] =>
  alertFindings({ ...nodeNotReady, ...changes }).map(({ path }) => path?.replace("alerts[NodeNotReady].", ""));
const ready = metric("kube_node_status_condition");

describe("an alert", () => {
  it.each(platformAlerts.map((alert) => [alert.name, alert] as const))("%s has no finding", (_, alert) => {
    expect(alertFindings(alert)).toEqual([]);
  });

  it("asks for metrics and labels that exist", () => {
    expect(
      alertFindings({ ...nodeNotReady, expr: max(rawPromql("kube_node_status_conditions"), { by: ["node"] }) })[0],
    ).toMatchObject({ code: "invalid-expression", path: "alerts[NodeNotReady].expr" });
    expect(paths({ expr: max(rate(ready, "5m"), { by: ["node"] }) })).toEqual(["expr"]);
    expect(paths({ expr: rawPromql("max by (node) (") })).toContain("expr");
  });

  it("has exactly the labels that its expression gives", () => {
    expect(alertFindings({ ...nodeNotReady, expr: equal(max(ready, { by: ["node", "condition"] }), 0) })).toMatchObject(
      [
        {
          code: "conflicting-fields",
          path: "alerts[NodeNotReady].labels",
          message: "are node; the expression gives node, condition",
          expected: "exactly the labels of the result: aggregate by them",
        },
      ],
    );
    expect(paths({ expr: equal(select(ready, { condition: "Ready" }), 0) })).toEqual(["labels"]);
    expect(paths({ expr: vector(1) })).toEqual(["labels"]);
  });

  it("names in its texts only labels that survive", () => {
    expect(alertFindings({ ...nodeNotReady, summary: "{{ $labels.instance }} is down" })).toMatchObject([
      {
        code: "unknown-reference",
        path: "alerts[NodeNotReady].summary",
        message: 'names the label "instance", which the expression does not give',
        expected: "one of node",
      },
    ]);
    expect(paths({ description: "{{ $labels.node | toUpper }}" })).toEqual(["description"]);
    expect(paths({ description: "{{ $value | humanizePercentage }}" })).toEqual(["fires[0].value"]);
    expect(paths({ summary: " " })).toEqual(["summary"]);
    expect(paths({ summary: "two\nlines" })).toEqual(["summary"]);
  });

  it("has a name, durations and labels as Prometheus and the routing take them", () => {
    expect(alertFindings({ ...nodeNotReady, name: "node-not-ready" })).toMatchObject([
      { path: "alerts[node-not-ready].name" },
    ]);
    expect(paths({ for: "10 minutes", keepFiringFor: "soon" })).toEqual(["for", "keepFiringFor"]);
    expect(paths({ extraLabels: { severity: "critical", node: "a" } })).toEqual([
      "extraLabels.severity",
      "extraLabels.node",
    ]);
    expect(paths({ owner: "namespace" })).toEqual(["owner"]);
    expect(alertFindings(podCrashLooping)).toEqual([]);
  });

  it("has a runbook whose queries work", () => {
    const { runbook } = nodeNotReady;
    expect(paths({ runbook: { ...runbook, meaning: "", mitigation: [] } })).toEqual([
      "runbook.meaning",
      "runbook.mitigation",
    ]);
    expect(paths({ runbook: { ...runbook, diagnosis: [{ text: "Look.", promql: rawPromql("nod_load1") }] } })).toEqual([
      "runbook.diagnosis[0].promql",
    ]);
  });

  it("has a firing and a quiet situation that a test can run", () => {
    expect(paths({ fires: [] })).toEqual(["fires"]);
    expect(paths({ quiet: [] })).toEqual(["quiet"]);
    const [fires] = nodeNotReady.fires;
    expect(
      paths({ fires: fires === undefined ? [] : [{ ...fires, labels: {}, after: "90s", until: "never" }] }),
    ).toEqual(["fires[0].labels", "fires[0].after", "fires[0].until"]);
    expect(
      paths({ quiet: [{ name: "x", series: [{ series: "up", labels: {}, samples: [{ value: 1, lasts: "10s" }] }] }] }),
    ).toEqual(["scenarios[1].series"]);
  });
});
