import { type PromiseTermsInput, serviceNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { type AlertingRule, promqlSyntaxFindings, type RuleGroup } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { objectivesOf } from "../objectives/objectives-of.ts";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { availability } from "../promises/availability.ts";
import { prometheusServiceLevelSpec } from "../sloth/prometheus-service-level.ts";
import { slothRuleGroups } from "../sloth/rule-groups.ts";
import { objectiveRules } from "./objective-rules.ts";

const input = examplePlatformInput();

function objectiveWith(terms: Partial<PromiseTermsInput>): ServiceLevelObjective {
  const platform = examplePlatform({
    services: input.services.map((service) =>
      service.name === "checkout"
        ? { ...service, promises: [availability({ objective: 99.9, absent: false, budgetPolicy: [], ...terms })] }
        : service,
    ),
  });
  const production = platform.environments.find(({ name }) => name === "production");
  const [objective] = production ? objectivesOf(platform, production, serviceNamed(platform, "checkout")) : [];
  if (objective === undefined) throw new Error("not in the example platform");
  return objective;
}

const groupsWith = (terms: Partial<PromiseTermsInput>): readonly RuleGroup[] => objectiveRules(objectiveWith(terms));
const alertsOf = (groups: readonly RuleGroup[]): readonly AlertingRule[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule] : [])));
const namesOf = (groups: readonly RuleGroup[]): readonly string[] =>
  groups.map(({ name }) => name.replace("-checkout-availability", ""));
const slothsNames = ["sloth-slo-sli-recordings", "sloth-slo-meta-recordings", "sloth-slo-alerts"];

describe("the rules of an objective", () => {
  it("without extras are Sloth's, and keep their names", () => {
    const objective = objectiveWith({});
    const groups = objectiveRules(objective);
    expect(groups).toEqual(slothRuleGroups(prometheusServiceLevelSpec("checkout", [objective])));
    expect(namesOf(groups)).toEqual(slothsNames);
  });

  it("in the mode of Sloth are Sloth's whatever is wanted", () => {
    const objective = objectiveWith({ alertNames: "distinct", minimumEvents: 50, absent: true });
    expect(objectiveRules(objective, { mode: "sloth" })).toEqual(
      slothRuleGroups(prometheusServiceLevelSpec("checkout", [objective])),
    );
  });

  it("all parse, with every extra at once", () => {
    const groups = groupsWith({
      alertNames: "distinct",
      minimumEvents: 50,
      absent: true,
      by: ["span_name"],
      seriesLimit: 20,
      calendar: "quarter",
      periodRatio: "events",
      period: "90d",
      for: { page: "2m", ticket: "15m" },
      budgetPolicy: [{ left: 10, action: "Stop.", alert: "critical" }],
    });
    expect(groups.flatMap(({ rules }) => rules).flatMap(({ expr }) => promqlSyntaxFindings(expr))).toEqual([]);
  });
});

describe("what Sloth has no words for", () => {
  it("names of their own for page and ticket", () => {
    const groups = groupsWith({ alertNames: "distinct" });
    expect(alertsOf(groups).map(({ alert }) => alert)).toEqual([
      "AvailabilityBudgetBurnPage",
      "AvailabilityBudgetBurnTicket",
    ]);
    expect(namesOf(groups)).toEqual([...slothsNames.slice(0, 2), "plinth-slo-alerts"]);
  });

  it("a wait of each alert", () =>
    expect(alertsOf(groupsWith({ for: { ticket: "15m" } })).map((rule) => rule.for)).toEqual([undefined, "15m"]));

  it("events enough in the long window", () => {
    const [page] = alertsOf(groupsWith({ minimumEvents: 50 }));
    expect(page?.expr).toContain("and on ()\n    (sum(rate(");
    expect(page?.expr).toContain("[1h])) > 0) * 3600 >= 50\n");
    expect(page?.expr).toContain("[6h])) > 0) * 21600 >= 50\n");
  });

  it("the whole period event by event", () => {
    const period = groupsWith({ periodRatio: "events" })[0]?.rules.at(-1);
    expect(period?.expr).toContain("[30d]");
    expect(period?.expr).not.toContain("sum_over_time");
  });

  it("a budget for each value of a label, as many as are allowed", () => {
    const objective = objectiveWith({ by: ["span_name"], seriesLimit: 20 });
    const [first] = objectiveRules(objective)[0]?.rules ?? [];
    expect(first?.expr).toContain("sum by (span_name) (rate(");
    expect(first?.expr).toContain("* 0");
    expect(first?.expr).toContain("and on () count(sum by (span_name)");
    expect(first?.expr).toContain("<= 20");
    expect(objective.alerts.page?.annotations["summary"]).toContain("span_name {{ $labels.span_name }}");
  });

  it("another period", () => {
    const groups = groupsWith({ period: "7d" });
    expect(groups[0]?.rules.map((rule) => ("record" in rule ? rule.record : ""))).toEqual(
      ["5m", "15m", "30m", "1h25m", "5h30m", "17h", "1w"].map((window) => `slo:sli_error:ratio_rate${window}`),
    );
    expect(alertsOf(groups)[0]?.expr).toContain("(13.44 * ");
  });

  it("an alert that nothing is measured, which waits as long as an outage would", () => {
    const alerts = alertsOf(groupsWith({ absent: true }));
    expect(alerts.at(-1)).toMatchObject({ alert: "SloMetricAbsent", for: "5m", labels: { severity: "warning" } });
    expect(alerts.at(-1)?.expr).toMatch(/^absent\(count_over_time\(traces_span_metrics_calls_total\{.*\}\[5m\]\)\)$/);
  });

  it("alerts on what is left, that say what was agreed", () => {
    const alerts = alertsOf(
      groupsWith({
        budgetPolicy: [
          { left: 50, action: "Look." },
          { left: 20, action: "Wait.", alert: "info" },
          { left: 0, action: "Stop.", alert: "critical" },
        ],
      }),
    ).slice(2);
    expect(
      alerts.map(({ alert, labels, annotations }) => [alert, labels["severity"], annotations["description"]]),
    ).toEqual([
      ["ErrorBudgetLow", "info", "Wait."],
      ["ErrorBudgetExhausted", "critical", "Stop."],
    ]);
    expect(alerts[0]?.expr).toContain("<= 0.2)");
  });

  it("a budget that begins with the month or the quarter", () => {
    for (const calendar of ["month", "quarter"] as const) {
      const additions = groupsWith({ calendar }).at(-1);
      expect(additions?.name).toBe("plinth-slo-additions-checkout-availability");
      expect(additions?.rules.map((rule) => ("record" in rule ? rule.record : ""))).toEqual([
        "slo:calendar_window:index",
        "slo:calendar_elapsed:ratio",
        "slo:calendar_error:ratio",
        "slo:calendar_error_budget_remaining:ratio",
      ]);
    }
  });
});
