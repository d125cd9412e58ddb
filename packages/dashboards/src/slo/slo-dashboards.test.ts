import { describe, expect, it } from "vitest";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard, Panel } from "../model/dashboard.ts";
import { panelOf, singleValue, valuesOf, viewOf } from "../service/service-view.fixture.ts";
import { sloRow } from "../service/slo-row.ts";
import { sloDetailDashboard } from "./slo-detail.ts";
import { sloOverviewDashboard } from "./slo-overview.ts";

const labels = (name: string, service = "checkout", more = ""): string =>
  `environment="production",team="backend",tier="critical",sloth_service="${service}",sloth_slo="${name}",sloth_id="${service}-${name}"${more}`;

/** A promise of 99.9 % over 30 days, half of whose budget is used up, and that burns twice too fast. */
const series = {
  [`slo:objective:ratio{${labels("availability")}}`]: "0.999x120",
  [`slo:error_budget:ratio{${labels("availability")}}`]: "0.001x120",
  [`slo:time_period:days{${labels("availability")}}`]: "30x120",
  [`slo:period_burn_rate:ratio{${labels("availability", "checkout", ',sloth_window="30d"')}}`]: "0.5x120",
  [`slo:period_error_budget_remaining:ratio{${labels("availability", "checkout", ',sloth_window="30d"')}}`]: "0.5x120",
  [`slo:current_burn_rate:ratio{${labels("availability", "checkout", ',sloth_window="5m"')}}`]: "2x120",
  [`slo:sli_error:ratio_rate1h{${labels("availability", "checkout", ',sloth_window="1h"')}}`]: "0.0144x120",
  [`slo:sli_error:ratio_rate6h{${labels("availability", "checkout", ',sloth_window="6h"')}}`]: "0.006x120",
  [`slo:sli_error:ratio_rate3d{${labels("availability", "checkout", ',sloth_window="3d"')}}`]: "0.001x120",
};
const at = "90m";

const row = (service: string, changes = {}): Pick<Dashboard, "rows"> => {
  const made = sloRow()(viewOf(service, changes));
  return { rows: made === undefined ? [] : [made] };
};

describe("what a service promises", () => {
  const panel = (id: string, changes = {}): Panel => panelOf(row("checkout", changes), "slo", id);

  it("is shown with what is kept, what is left, and when that is gone", () => {
    const read = (query: string) => singleValue(panel("promises"), series, { query, at });
    expect(read("objective")).toBeCloseTo(0.999);
    expect(read("measured")).toBeCloseTo(0.9995);
    expect(read("left")).toBeCloseTo(0.5);
    expect(read("burn")).toBeCloseTo(2);
    // Half of the budget of 30 days, used up twice too fast.
    expect(read("gone")).toBeCloseTo(7.5 * 86_400);
  });

  it("lasts for ever where nothing burns", () => {
    const calm = {
      ...series,
      [`slo:current_burn_rate:ratio{${labels("availability", "checkout", ',sloth_window="5m"')}}`]: "0x120",
    };
    expect(singleValue(panel("promises"), calm, { query: "gone", at })).toBeUndefined();
  });

  it("is used up already where the promise is broken", () => {
    const broken = {
      ...series,
      [`slo:period_error_budget_remaining:ratio{${labels("availability", "checkout", ',sloth_window="30d"')}}`]:
        "-0.5x120",
    };
    expect(singleValue(panel("promises"), broken, { query: "gone", at })).toBe(0);
  });

  it("burns over the windows of the alert that wakes somebody", () => {
    const { A: lines = [] } = valuesOf(panel("burn-by-window"), series, at);
    expect(lines.map(({ labels: { sloth_window: window }, value }) => [window, Math.round(value * 10) / 10])).toEqual([
      ["1h", 14.4],
      ["6h", 6],
    ]);
  });

  it("burns over all windows where a period has its own", () => {
    const weekly = panel("burn-by-window", { promises: [{ kind: "availability", objective: 99.9, period: "7d" }] });
    expect(valuesOf(weekly, series, at)["A"]).toHaveLength(3);
  });

  it("has a budget of the calendar where a promise asks for one", () => {
    const calendar = row("checkout", { promises: [{ kind: "availability", objective: 99.9, calendar: "month" }] });
    expect(panelOf(calendar, "slo", "calendar-budget").queries.map(({ name }) => name)).toEqual(["left", "elapsed"]);
    expect(() => panel("calendar-budget")).toThrow();
  });

  it("leads to each promise in detail", () =>
    expect(panel("burn-rate").links.map(({ title, url }) => [title, url])).toEqual([
      ["SLO availability", "/d/slo-detail?var-service=checkout&var-slo=availability"],
      ["SLO latency", "/d/slo-detail?var-service=checkout&var-slo=latency"],
    ]));
});

describe("the dashboards about SLOs", () => {
  it.each([
    ["overview", sloOverviewDashboard()],
    ["detail", sloDetailDashboard()],
  ])("follow every rule but those about scrape jobs: %s", (_, dashboard) =>
    expect(lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions })).toEqual([]),
  );

  it("count the promises of which little is left, those of the platform among them", () => {
    const many = {
      ...series,
      [`slo:period_error_budget_remaining:ratio{${labels("availability", "dns")}}`]: "-1x120",
      [`slo:period_error_budget_remaining:ratio{${labels("availability", "cart")}}`]: "0.2x120",
    };
    const read = (panel: string) => singleValue(panelOf(sloOverviewDashboard(), "glance", panel), many, { at });
    expect([read("promises"), read("broken"), read("low"), read("burning")]).toEqual([1, 1, 2, 1]);
    expect(singleValue(panelOf(sloOverviewDashboard(), "glance", "broken"), series, { at })).toBe(0);
  });

  it("are a league, the least budget first", () => {
    const { A: bars = [] } = valuesOf(
      panelOf(sloOverviewDashboard(), "league", "budget-left"),
      { ...series, [`slo:period_error_budget_remaining:ratio{${labels("availability", "dns")}}`]: "-1x120" },
      at,
    );
    expect(bars.map(({ labels: { sloth_service: service } }) => service)).toEqual(["dns", "checkout"]);
  });

  it("tell how a budget went within seven days", () => {
    const week = {
      [`slo:period_error_budget_remaining:ratio{${labels("availability")}}`]: "0.9x10080 0.6x120",
    };
    expect(
      singleValue(panelOf(sloOverviewDashboard(), "league", "promises"), week, { query: "change", at: "10140m" }),
    ).toBeCloseTo(-0.3);
  });

  it("show which share of events is bad, beside what may be", () => {
    const one = Object.fromEntries(Object.entries(series).map(([name, samples]) => [name, samples]));
    const panel = panelOf(sloDetailDashboard(), "events", "bad-events");
    const chosen = {
      ...panel,
      queries: panel.queries.map((query) =>
        query.source === "prometheus"
          ? { ...query, expr: query.expr.replaceAll("$service", "checkout").replaceAll("$slo", "availability") }
          : query,
      ),
    };
    expect(singleValue(chosen, one, { query: "bad", at })).toBeCloseTo(0.002);
    expect(singleValue(chosen, one, { query: "allowed", at })).toBeCloseTo(0.001);
  });
});
