import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import { steady } from "../alert/scenario.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { platformOwner } from "../routing/owner.ts";
import { alertingRule } from "../rules/alert-rule.ts";
import { watchdog } from "../telemetry/watchdog.ts";
import { evaluationInterval, printRuleTests, type RuleTest, ruleTests } from "./rule-tests.ts";

const platform = examplePlatform();
const testsOf = (alert: Alert): readonly RuleTest[] =>
  ruleTests(alert, alertingRule(platform, platformOwner(platform), alert));
/** When something fires, and when nothing does. */
const times = (test: RuleTest | undefined): readonly string[] =>
  (test?.alert_rule_test ?? []).map(
    ({ eval_time, exp_alerts }) => `${eval_time} ${exp_alerts.length === 0 ? "quiet" : "fires"}`,
  );

const { dashboard: _, ...unseen } = nodeNotReady;

describe("the unit tests of an alert", () => {
  it("have it fire at the end of `for`, and not an evaluation before; and end when it says so", () => {
    expect(times(testsOf(nodeNotReady)[0])).toEqual(["14m quiet", "15m fires", "29m fires", "30m quiet"]);
  });

  it("have it fire as long as keepFiringFor says", () => {
    expect(times(testsOf({ ...nodeNotReady, keepFiringFor: "5m" })[0])).toEqual([
      "14m quiet",
      "15m fires",
      "34m fires",
      "35m quiet",
    ]);
  });

  it("round `for` up to the next evaluation", () => {
    expect(times(testsOf({ ...nodeNotReady, for: "90s" })[0])).toEqual([
      "6m quiet",
      "7m fires",
      "29m fires",
      "30m quiet",
    ]);
  });

  it("have an alert without series fire at once", () => {
    expect(testsOf(watchdog)).toHaveLength(1);
    expect(times(testsOf(watchdog)[0])).toEqual(["0s fires"]);
  });

  it("have it quiet all the time on a quiet situation", () => {
    const [, quiet] = testsOf(nodeNotReady);
    expect(quiet?.name).toBe("NodeNotReady stays quiet when the node is ready");
    expect(new Set(times(quiet).map((text) => text.split(" ")[1]))).toEqual(new Set(["quiet"]));
    expect(times(quiet).at(-1)).toBe("35m quiet");
  });

  it("expect the labels of the rule and of the series, and the texts with their labels filled in", () => {
    expect(testsOf(unseen)[0]?.alert_rule_test[1]?.exp_alerts).toEqual([
      {
        exp_labels: { node: "node-a", severity: "critical", team: "platform" },
        exp_annotations: {
          summary: "Node node-a is not ready",
          description: "The kubelet of node-a has not reported ready for 10 minutes, and nobody has cordoned the node.",
          impact: nodeNotReady.impact,
          runbook_url: "https://git.example.com/shop/platform/blob/main/rendered/runbooks/NodeNotReady.md",
        },
      },
    ]);
  });

  it("are printed as promtool reads them", () => {
    const alert: Alert = {
      ...unseen,
      for: "1m",
      fires: [
        { name: "it breaks", labels: { node: "a" }, series: [{ series: "up", labels: {}, samples: [steady(0)] }] },
      ],
      quiet: [],
      summary: "s",
      description: "d",
      impact: "i",
    };
    expect(printRuleTests("monitoring.x.rules.yaml", testsOf(alert))).toBe(`rule_files:
  - monitoring.x.rules.yaml
evaluation_interval: 1m
tests:
  - name: NodeNotReady fires when it breaks
    interval: 1m
    input_series:
      - series: up
        values: "0x2"
    alert_rule_test:
      - eval_time: 0s
        alertname: NodeNotReady
        exp_alerts: []
      - eval_time: 1m
        alertname: NodeNotReady
        exp_alerts:
          - exp_labels:
              node: a
              severity: critical
              team: platform
            exp_annotations:
              summary: s
              description: d
              impact: i
              runbook_url: https://git.example.com/shop/platform/blob/main/rendered/runbooks/NodeNotReady.md
`);
  });
});

describe("how often rules are evaluated in their tests", () => {
  const lasting = (after: string, holds: string): Alert => ({
    ...nodeNotReady,
    for: holds,
    fires: nodeNotReady.fires.map(({ until: _, ...scenario }) => ({ ...scenario, after })),
  });

  it("is each minute, unless they last for many hours", () => {
    expect(evaluationInterval([nodeNotReady])).toBe(60_000);
    expect(evaluationInterval([lasting("5h", "15m")])).toBe(60_000);
  });

  it("is as seldom as every moment still falls on an evaluation", () => {
    expect(evaluationInterval([lasting("1d", "30m")])).toBe(15 * 60_000);
    expect(evaluationInterval([lasting("1d", "10m")])).toBe(5 * 60_000);
    expect(evaluationInterval([lasting("1d", "7m")])).toBe(60_000);
    expect(evaluationInterval([lasting("1d", "30m"), nodeNotReady])).toBe(5 * 60_000);
  });

  it("moves what is looked at: an evaluation before it fires, not a minute", () => {
    const alert = lasting("1d", "30m");
    const rule = alertingRule(platform, platformOwner(platform), alert);
    const [test] = ruleTests(alert, rule, evaluationInterval([alert]));
    expect(test?.alert_rule_test.map(({ eval_time }) => eval_time)).toEqual(["1d15m", "1d30m"]);
  });
});
