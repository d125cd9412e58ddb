import { parseDuration } from "@plinth/core";
import type { RuleGroup } from "@plinth/metrics";
import { promqlSyntaxFindings } from "@plinth/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertWindows } from "./alert-windows.ts";
import type { PrometheusServiceLevelSpec, SlothObjective } from "./prometheus-service-level.ts";
import { plinthOrigin, slothRuleGroups } from "./rule-groups.ts";

const objective: SlothObjective = {
  name: "availability",
  objective: 99.9,
  labels: { tier: "critical" },
  sli: {
    events: {
      errorQuery: 'sum(rate(http_requests_total{job="checkout",code=~"5.."}[{{.window}}]))',
      totalQuery: 'sum(rate(http_requests_total{job="checkout"}[{{ .window }}]))',
    },
  },
  alerting: {
    name: "CheckoutAvailability",
    labels: { team: "backend" },
    annotations: { runbook_url: "https://example.com" },
    pageAlert: { labels: { severity: "critical" } },
    ticketAlert: { labels: { severity: "warning" } },
  },
};
const spec: PrometheusServiceLevelSpec = { service: "checkout", labels: { owner: "backend" }, slos: [objective] };

const groupNamed = (groups: readonly RuleGroup[], name: string): RuleGroup["rules"] =>
  groups.find((group) => group.name === name)?.rules ?? [];
const expressions = (rules: RuleGroup["rules"]): Readonly<Record<string, string>> =>
  Object.fromEntries(rules.map((rule) => ["record" in rule ? rule.record : rule.alert, rule.expr]));

const filter = '{sloth_id="checkout-availability", sloth_service="checkout", sloth_slo="availability"}';

// Worked by hand from the SRE workbook's table and Sloth's templates: 99.9 % of 30 days leaves 43.2 minutes; 2 % of them in one hour burn 14.4 times too fast.
describe("the rules of 99.9 % over 30 days", () => {
  const groups = slothRuleGroups(spec);
  const indicators = groupNamed(groups, "sloth-slo-sli-recordings-checkout-availability");
  const metadata = groupNamed(groups, "sloth-slo-meta-recordings-checkout-availability");
  const alerts = groupNamed(groups, "sloth-slo-alerts-checkout-availability");

  it("are three groups", () => expect(groups).toHaveLength(3));

  it("record the share of errors over each window, the shortest first", () => {
    expect(Object.keys(expressions(indicators))).toEqual(
      ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"].map((window) => `slo:sli_error:ratio_rate${window}`),
    );
    expect(indicators[1]).toEqual({
      record: "slo:sli_error:ratio_rate30m",
      expr: '(sum(rate(http_requests_total{job="checkout",code=~"5.."}[30m])))\n/\n(sum(rate(http_requests_total{job="checkout"}[30m])))\n',
      labels: {
        owner: "backend",
        sloth_id: "checkout-availability",
        sloth_service: "checkout",
        sloth_slo: "availability",
        sloth_window: "30m",
        tier: "critical",
      },
    });
  });

  it("average the 5-minute slices over the period instead of querying all of it", () => {
    expect(indicators.at(-1)?.expr).toBe(
      `sum_over_time(slo:sli_error:ratio_rate5m${filter}[30d])\n/ ignoring (sloth_window)\ncount_over_time(slo:sli_error:ratio_rate5m${filter}[30d])\n`,
    );
  });

  it("record what dashboards read", () => {
    const burnRate = (series: string): string =>
      `${series}${filter}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\nslo:error_budget:ratio${filter}\n`;
    expect(expressions(metadata)).toEqual({
      "slo:objective:ratio": "vector(0.9990000000000001)",
      "slo:error_budget:ratio": "vector(1-0.9990000000000001)",
      "slo:time_period:days": "vector(30)",
      "slo:current_burn_rate:ratio": burnRate("slo:sli_error:ratio_rate5m"),
      "slo:period_burn_rate:ratio": burnRate("slo:sli_error:ratio_rate30d"),
      "slo:period_error_budget_remaining:ratio": `1 - slo:period_burn_rate:ratio${filter}`,
      sloth_slo_info: "vector(1)",
    });
    expect(metadata.at(-1)?.labels).toMatchObject({ sloth_mode: plinthOrigin.mode, sloth_objective: "99.9" });
  });

  it("page when 2 % of the budget burn in an hour or 5 % in six, and it still burns", () => {
    const above = (window: string, factor: string): string =>
      `    max(slo:sli_error:ratio_rate${window}${filter} > (${factor} * 0.0009999999999999432)) without (sloth_window)\n`;
    expect(alerts[0]).toEqual({
      alert: "CheckoutAvailability",
      expr: `(\n${above("5m", "14.4")}    and\n${above("1h", "14.4")})\nor\n(\n${above("30m", "6")}    and\n${above("6h", "6")})\n`,
      labels: { severity: "critical", sloth_severity: "page", team: "backend" },
      annotations: {
        runbook_url: "https://example.com",
        summary: "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is over expected.",
        title: "(page) {{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too fast.",
      },
    });
  });

  it("open a ticket when 10 % of the budget burn in a day or in three", () => {
    expect(alerts[1]?.labels).toEqual({ severity: "warning", sloth_severity: "ticket", team: "backend" });
    for (const [window, factor] of [
      ["2h", 3],
      ["1d", 3],
      ["6h", 1],
      ["3d", 1],
    ] as const) {
      expect(alerts[1]?.expr).toContain(
        `slo:sli_error:ratio_rate${window}${filter} > (${factor} * 0.0009999999999999432)`,
      );
    }
  });
});

const raw = (percent: number): PrometheusServiceLevelSpec => ({
  service: "svc",
  slos: [
    {
      name: "slo",
      objective: percent,
      sli: { raw: { errorRatioQuery: "rate(x[{{.window}}])" } },
      alerting: { name: "Burn" },
    },
  ],
});

// Read from what `sloth generate` 0.16.0 printed.
describe("the numbers have Sloth's digits", () => {
  it.each([
    [99.9, "0.9990000000000001", "0.0009999999999999432", "99.9"],
    [99.5, "0.995", "0.005", "99.5"],
    [95, "0.95", "0.05", "95"],
    [99.99, "0.9998999999999999", "0.00010000000000005117", "99.99"],
    [99.999, "0.9999899999999999", "1.0000000000047748e-05", "99.999"],
    [99.9999, "0.999999", "1.0000000000331967e-06", "99.9999"],
    [99.99999, "0.9999998999999999", "1.0000000003174136e-07", "99.99999"],
    [33.333, "0.33332999999999996", "0.66667", "33.333"],
    [66.67, "0.6667000000000001", "0.3333", "66.67"],
    [0.001, "1e-05", "0.9999899999999999", "0.001"],
    [1e-7, "9.999999999999999e-10", "0.999999999", "0.0000001"],
    [100, "1", "0", "100"],
  ])("objective %d", (percent, ratio, budget, label) => {
    const groups = slothRuleGroups(raw(percent));
    const metadata = groupNamed(groups, "sloth-slo-meta-recordings-svc-slo");
    expect(expressions(metadata)["slo:objective:ratio"]).toBe(`vector(${ratio})`);
    expect(expressions(metadata)["slo:error_budget:ratio"]).toBe(`vector(1-${ratio})`);
    expect(metadata.at(-1)?.labels["sloth_objective"]).toBe(label);
    expect(groupNamed(groups, "sloth-slo-alerts-svc-slo")[0]?.expr).toContain(`(14.4 * ${budget})`);
  });

  it("of 28 days, which Prometheus prints as 4w", () => {
    const groups = slothRuleGroups(raw(99.9), { windows: alertWindows["28d"] });
    const indicators = groupNamed(groups, "sloth-slo-sli-recordings-svc-slo");
    expect(indicators.at(-1)).toMatchObject({ record: "slo:sli_error:ratio_rate4w", labels: { sloth_window: "4w" } });
    expect(indicators.at(-1)?.expr).toContain("[4w]");
    const [page, ticket] = groupNamed(groups, "sloth-slo-alerts-svc-slo");
    for (const factor of ["13.44", "5.6000000000000005"]) expect(page?.expr).toContain(`(${factor} * `);
    for (const factor of ["2.8000000000000003", "0.9333333333333333"]) expect(ticket?.expr).toContain(`(${factor} * `);
  });
});

describe("an SLO without alerts", () => {
  it("keeps the other when one is disabled", () => {
    const slo = { ...objective, alerting: { ...objective.alerting, pageAlert: { disable: true } } };
    const alerts = groupNamed(slothRuleGroups({ ...spec, slos: [slo] }), "sloth-slo-alerts-checkout-availability");
    expect(alerts.map(({ labels }) => labels["sloth_severity"])).toEqual(["ticket"]);
  });

  it("has no group of alerts", () => {
    const slo = { ...objective, alerting: { pageAlert: { disable: true }, ticketAlert: { disable: true } } };
    expect(slothRuleGroups({ ...spec, slos: [slo] })).toHaveLength(2);
  });
});

describe("labels", () => {
  it("of the SLO win over those of the specification, and both over Sloth's own", () => {
    const groups = slothRuleGroups({
      ...spec,
      labels: { owner: "a", tier: "b" },
      slos: [{ ...objective, labels: { tier: "c", sloth_window: "d" } }],
    });
    expect(groupNamed(groups, "sloth-slo-sli-recordings-checkout-availability")[0]?.labels).toMatchObject({
      owner: "a",
      tier: "c",
      sloth_window: "d",
    });
  });
});

describe("for whatever objective and period", () => {
  const percent = fc.double({ min: 0, max: 100, minExcluded: true, noNaN: true });

  it("every expression parses, and every rule of a record carries the labels that the others select it by", () => {
    fc.assert(
      fc.property(percent, fc.constantFrom(alertWindows["28d"], alertWindows["30d"]), (value, windows) => {
        for (const { rules } of slothRuleGroups(raw(value), { windows })) {
          for (const rule of rules) {
            expect(promqlSyntaxFindings(rule.expr)).toEqual([]);
            if ("record" in rule)
              expect(rule.labels).toMatchObject({ sloth_id: "svc-slo", sloth_service: "svc", sloth_slo: "slo" });
          }
        }
      }),
    );
  });

  it("the windows are ascending durations, the period the last", () => {
    for (const windows of Object.values(alertWindows)) {
      const recorded = groupNamed(slothRuleGroups(raw(99), { windows }), "sloth-slo-sli-recordings-svc-slo").map(
        ({ labels }) => parseDuration(labels["sloth_window"] ?? "") ?? Number.NaN,
      );
      expect(recorded).toEqual([...new Set(recorded)].sort((a, b) => a - b));
      expect(recorded.at(-1)).toBe(parseDuration(windows.period));
    }
  });
});

it("an indicator plugin is refused: only Sloth can run it", () => {
  const slo: SlothObjective = { ...objective, sli: { plugin: { id: "sloth-common/istio/v1/availability" } } };
  expect(() => slothRuleGroups({ ...spec, slos: [slo] })).toThrow(TypeError);
});
