import { emitYaml, type Finding } from "@plinth/core";
import { promqlSyntaxFindings } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { SlothIndicator } from "../../sloth/prometheus-service-level.ts";
import { readServiceLevels } from "../read-service-levels.ts";

const source = { file: "slo.yaml" };
const metric = (query: string): object => ({ metricSource: { type: "Prometheus", spec: { query } } });
const slo = (spec: object, indicator: object = ratio): object => ({
  apiVersion: "openslo/v1",
  kind: "SLO",
  metadata: { name: "web-availability", displayName: "Availability" },
  spec: {
    service: "web",
    indicator: { metadata: { name: "web-availability" }, spec: indicator },
    budgetingMethod: "Occurrences",
    timeWindow: [{ duration: "1M", isRolling: true }],
    objectives: [{ displayName: "Good", target: 0.995 }],
    ...spec,
  },
});
const ratio = {
  ratioMetric: {
    counter: true,
    good: metric('sum(http_requests_total{component="web",code=~"2xx|4xx"})'),
    total: metric('sum(http_requests_total{component="web"})'),
  },
};
const read = (...documents: readonly object[]): ReturnType<typeof readServiceLevels> =>
  readServiceLevels(documents.map((document) => emitYaml(document)).join("---\n"), source);
const said = ({ findings }: { readonly findings: readonly Finding[] }): readonly string[] =>
  findings.map(({ severity, path, message }) => `${severity} ${path ?? ""} ${message}`);
const indicatorOf = (...documents: readonly object[]): SlothIndicator | undefined =>
  read(...documents).documents[0]?.spec.slos[0]?.sli;

describe("an SLO of OpenSLO v1", () => {
  it("is an SLO of its service, over the days that its window means", () => {
    expect(read(slo({ description: "Requests end well" })).documents).toMatchObject([
      {
        format: "openslo/v1",
        period: "30d",
        spec: {
          service: "web",
          slos: [
            {
              name: "web-availability",
              description: "Requests end well",
              objective: 99.5,
              alerting: { pageAlert: { disable: true }, ticketAlert: { disable: true } },
            },
          ],
        },
      },
    ]);
  });

  it("counts how much counters have grown, where it says that they are counters", () => {
    const query = indicatorOf(slo({}))?.raw?.errorRatioQuery ?? "";
    expect(query.replaceAll(/\s+/g, " ").trim()).toBe(
      '1 - ( ( sum(increase(http_requests_total{code=~"2xx|4xx",component="web"}[{{.window}}])) ) / ( sum(increase(http_requests_total{component="web"}[{{.window}}])) ) )',
    );
  });

  it("looks over the window instead of a range of its own, and says so", () => {
    const ranged = slo(
      {},
      {
        ratioMetric: { counter: false, bad: metric("sum(rate(a_total[5m]))"), total: metric("sum(rate(b_total[5m]))") },
      },
    );
    expect(indicatorOf(ranged)).toEqual({
      events: { errorQuery: "sum(rate(a_total[{{.window}}]))", totalQuery: "sum(rate(b_total[{{.window}}]))" },
    });
    expect(said(read(ranged))).toEqual([
      "warning spec.indicator.spec.ratioMetric.bad.metricSource.spec.query has a range of its own, and each rule looks over its window instead",
      "warning spec.indicator.spec.ratioMetric.total.metricSource.spec.query has a range of its own, and each rule looks over its window instead",
    ]);
  });

  it.each([
    ["Occurrences", {}, "1 - avg_over_time(((max(latency_seconds)) < bool 0.5)[{{.window}}:])"],
    [
      "Timeslices",
      { timeSliceWindow: "5m", timeSliceTarget: 0.9 },
      "1 - avg_over_time((avg_over_time(((max(latency_seconds)) < bool 0.5)[5m:]) >= bool 0.9)[{{.window}}:5m])",
    ],
    [
      "RatioTimeslices",
      { timeSliceWindow: "5m" },
      "1 - avg_over_time((avg_over_time(((max(latency_seconds)) < bool 0.5)[5m:]))[{{.window}}:5m])",
    ],
  ])("compares a value at every moment: %s", (budgetingMethod, slice, expected) => {
    const threshold = slo(
      { budgetingMethod, objectives: [{ targetPercent: 99, op: "lt", value: 0.5, ...slice }] },
      { thresholdMetric: metric("max(latency_seconds)") },
    );
    expect(indicatorOf(threshold)).toEqual({ raw: { errorRatioQuery: expected } });
    expect(promqlSyntaxFindings(expected, { variables: "sloth" })).toEqual([]);
  });

  it("judges slices of time by their events", () => {
    const sliced = slo({
      budgetingMethod: "Timeslices",
      objectives: [{ target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: "1m" }],
    });
    const query = indicatorOf(sliced)?.raw?.errorRatioQuery ?? "";
    expect(query).toBe(
      '1 - avg_over_time((((sum(increase(http_requests_total{code=~"2xx|4xx",component="web"}[1m]))) / (sum(increase(http_requests_total{component="web"}[1m])))) >= bool 0.95)[{{.window}}:1m])',
    );
    expect(promqlSyntaxFindings(query, { variables: "sloth" })).toEqual([]);
  });

  it("takes a ratio that is measured already", () => {
    const given = (rawType: string): SlothIndicator | undefined =>
      indicatorOf(slo({}, { ratioMetric: { counter: false, rawType, raw: metric("job:errors:ratio") } }));
    expect(given("failure")).toEqual({ raw: { errorRatioQuery: "avg_over_time((job:errors:ratio)[{{.window}}:])" } });
    expect(given("success")).toEqual({
      raw: { errorRatioQuery: "1 - (avg_over_time((job:errors:ratio)[{{.window}}:]))" },
    });
  });

  it("finds its indicator, its policies and their conditions in other documents", () => {
    const condition = { kind: "burnrate", op: "gt", threshold: 14.4, lookbackWindow: "1h" };
    const { documents, findings } = read(
      slo({ indicator: undefined, indicatorRef: "web", alertPolicies: [{ alertPolicyRef: "fast" }] }),
      { apiVersion: "openslo/v1", kind: "SLI", metadata: { name: "web" }, spec: ratio },
      {
        apiVersion: "openslo/v1",
        kind: "AlertPolicy",
        metadata: { name: "fast" },
        spec: {
          alertWhenBreaching: true,
          conditions: [{ conditionRef: "burning" }],
          notificationTargets: [{ targetRef: "us" }],
        },
      },
      {
        apiVersion: "openslo/v1",
        kind: "AlertCondition",
        metadata: { name: "burning" },
        spec: { severity: "page", condition },
      },
      { apiVersion: "openslo/v1", kind: "Service", metadata: { name: "web" }, spec: {} },
    );
    expect(findings).toEqual([]);
    expect(documents[0]?.spec.slos[0]?.alerting).toEqual({
      name: "web-availability",
      pageAlert: {},
      ticketAlert: { disable: true },
    });
  });

  it.each<readonly [string, readonly object[], readonly string[]]>([
    [
      "an indicator that is nowhere",
      [slo({ indicator: undefined, indicatorRef: "web" })],
      ['error spec.indicatorRef is "web", and no document has an SLI of that name'],
    ],
    ["no indicator", [slo({ indicator: undefined })], ["error spec.indicator is missing"]],
    [
      "two targets",
      [slo({ objectives: [{ target: 0.9, targetPercent: 90 }] })],
      ["error spec.objectives[0] has target and targetPercent"],
    ],
    ["no target", [slo({ objectives: [{}] })], ["error spec.objectives[0] has no target"]],
    [
      "a composite",
      [slo({ objectives: [{ target: 0.9, indicatorRef: "a" }] })],
      ["error spec.objectives is a composite of several indicators"],
    ],
    [
      "another data source",
      [
        slo(
          {},
          {
            ratioMetric: {
              counter: true,
              good: { metricSource: { type: "Datadog", spec: { query: "a" } } },
              total: metric("b"),
            },
          },
        ),
      ],
      ['error spec.indicator.spec.ratioMetric.good.metricSource.type is "Datadog"'],
    ],
    [
      "PromQL that does not parse",
      [slo({}, { ratioMetric: { counter: true, good: metric("sum(a"), total: metric("b") } })],
      ["error spec.indicator.spec.ratioMetric.good.metricSource.spec.query is no PromQL"],
    ],
    [
      "slices without a length",
      [slo({ budgetingMethod: "Timeslices" })],
      ["error spec.objectives[0].timeSliceWindow is missing"],
    ],
    [
      "a comparison without a value",
      [slo({ objectives: [{ target: 0.9, op: "lt" }] }, { thresholdMetric: metric("a") })],
      ["error spec.objectives[0] has no value"],
    ],
    [
      "a calendar's window",
      [
        slo({
          timeWindow: [
            { duration: "1Q", isRolling: false, calendar: { startTime: "2026-01-01 00:00:00", timeZone: "UTC" } },
          ],
        }),
      ],
      ["warning spec.timeWindow[0].calendar is a calendar's window, and is read as a rolling one of that length"],
    ],
  ])("says what is wrong: %s", (_, documents, expected) => {
    const found = said(read(...documents));
    expect(found.length).toBe(expected.length);
    for (const [index, text] of expected.entries()) expect(found[index]).toContain(text);
  });
});
