import { catalogueWith, defineMetric, rate, select } from "@plinth/metrics";
import { evaluatePromql } from "@plinth/metrics/evaluation";
import { describe, expect, it } from "vitest";
import { dashboardFindings } from "../custom/dashboard-findings.ts";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { queryText } from "../model/query.ts";
import { row } from "../model/row.ts";
import { consumerRow } from "../service/consumer-row.ts";
import { dependencyRow } from "../service/dependency-row.ts";
import { redRow } from "../service/red-row.ts";
import { resourceRow } from "../service/resource-row.ts";
import { runtimeRow } from "../service/runtime-row.ts";
import { sloRow } from "../service/slo-row.ts";
import { chosenEnvironment, type DescribedService, type DescribedServiceOptions } from "./described-service.ts";
import { serviceDashboard } from "./service-dashboard.ts";

const loyalty: DescribedService = {
  name: "loyalty",
  team: "backend",
  promises: [
    { kind: "availability", objective: 99.5 },
    { kind: "latency", objective: 99, below: "300ms", route: "/points/**" },
  ],
};
const points = defineMetric({
  name: "loyalty_points_total",
  type: "counter",
  unit: "count",
  labels: ["deployment_environment_name"],
  help: "Points that were booked.",
});
const booked = row("Bookings", [
  timeseries("Booked points", rate(select(points, chosenEnvironment), "$__rate_interval"), {
    unit: "ops",
    description: "Points booked per second.",
  }),
]);
const everything: DescribedServiceOptions = {
  description: "Books points.",
  language: "java",
  answers: ["http", "grpc"],
  calls: ["payment"],
  consumes: ["orders"],
};

function panelOf({ rows }: Dashboard, id: string): Dashboard["rows"][number]["panels"][number] {
  const found = rows.flatMap(({ panels }) => panels).find((panel) => panel.id === id);
  if (found === undefined) throw new TypeError(`there is no panel ${id}`);
  return found;
}

describe("the dashboard of a service in its own repository", () => {
  it.each<[string, Dashboard]>([
    ["of ten lines", serviceDashboard(loyalty, [redRow(), sloRow(), booked], { metrics: [points] })],
    ["of every row that suits it", serviceDashboard(loyalty)],
    ["of a service of which all is said", serviceDashboard(loyalty, undefined, everything)],
    [
      "of one environment and namespace",
      serviceDashboard(loyalty, undefined, { environment: "staging", namespace: "x" }),
    ],
    ["of a consumer", serviceDashboard({ ...loyalty, promises: [] }, undefined, { consumes: ["orders"] })],
    ["of a long name", serviceDashboard({ ...loyalty, name: "a".repeat(42) })],
  ])("follows every rule: that %s", (_, dashboard) => {
    expect(dashboard.findings).toEqual([]);
    expect(dashboardFindings(dashboard)).toEqual([]);
    expect(dashboardJson(dashboard)).not.toMatch(/chosen-(env|ns)\b/);
  });

  it("lets the reader choose the environment and the namespace, each only where a query asks for it", () => {
    const chosen = (dashboard: Dashboard): readonly (string | undefined)[] =>
      dashboard.rows.flatMap(({ variables }) =>
        variables.map((each) => (each.kind === "label" ? each.name : undefined)),
      );
    expect(chosen(serviceDashboard(loyalty, [redRow(), resourceRow()]))).toEqual([
      "environment",
      "namespace",
      "operation",
    ]);
    const pinned = serviceDashboard(loyalty, [redRow(), resourceRow()], {
      environment: "production",
      namespace: "team-backend",
    });
    expect(chosen(pinned)).toEqual(["operation"]);
    expect(dashboardJson(pinned)).toContain('deployment_environment_name=\\"production\\"');
  });

  it("shows promises whose rules say no environment, and those of the chosen one where they do", () => {
    const [query] = panelOf(serviceDashboard(loyalty, [sloRow()]), "burn-rate").queries;
    const asked = (query === undefined ? "" : queryText(query)).replaceAll("$environment", "production");
    const series = (more: string): Record<string, string> => ({
      [`slo:current_burn_rate:ratio{sloth_service="loyalty",sloth_slo="availability"${more}}`]: "2x10",
    });
    expect(evaluatePromql(asked, series(""), { at: "5m" })).toHaveLength(1);
    expect(evaluatePromql(asked, series(',environment="production"'), { at: "5m" })).toHaveLength(1);
    expect(evaluatePromql(asked, series(',environment="staging"'), { at: "5m" })).toHaveLength(0);
  });

  it("judges its panels by what it promises", () => {
    expect(panelOf(serviceDashboard(loyalty, [redRow()]), "errors")).toMatchObject({
      thresholds: {
        steps: [
          { from: 0.005, state: "warning" },
          { from: 0.072, state: "bad" },
        ],
      },
    });
  });

  it("has the uid that alerts lead to, unless it says another", () => {
    expect(serviceDashboard(loyalty).uid).toBe("service-loyalty");
    expect(serviceDashboard(loyalty, [booked], { uid: "loyalty-bookings" }).uid).toBe("loyalty-bookings");
  });

  it("knows its own metrics, and no others", () => {
    const without = serviceDashboard(loyalty, [booked]);
    expect(dashboardFindings(without)).toMatchObject([
      {
        code: "unknown-reference",
        message: expect.stringContaining("loyalty_points_total is not in the metric catalogue"),
      },
    ]);
    expect(
      lintDashboard(dashboardJson(without), { exclusions: without.exclusions, catalogue: catalogueWith(points) }),
    ).toEqual([]);
  });
});

describe("what nobody said", () => {
  it("is said to be missing where somebody asks for a row that needs it", () => {
    const { findings = [] } = serviceDashboard({ ...loyalty, promises: [] }, [
      redRow(),
      dependencyRow(),
      consumerRow(),
      runtimeRow(),
      sloRow(),
    ]);
    expect(findings.map(({ severity, path, message }) => `${severity} ${path}: ${message}`)).toEqual([
      'warning rows[1]: the row "Dependencies" of loyalty shows nothing: nobody said whom the service calls',
      'warning rows[2]: the row "Messages" of loyalty shows nothing: nobody said which topics the service reads',
      'warning rows[3]: the row "Runtime" of loyalty shows nothing: no instrumentation of the service\'s language is known that measures its runtime',
      'warning rows[4]: the row "Promises and error budget" of loyalty shows nothing: the service promises nothing that is counted',
    ]);
    expect(findings.every(({ expected, example }) => expected !== undefined && example !== undefined)).toBe(true);
  });

  it("adds no panel that guesses", () => {
    const titles = serviceDashboard(loyalty).rows.map(({ title }) => title);
    expect(titles).not.toContain("Dependencies");
    expect(titles).not.toContain("Runtime");
  });
});

describe("a description that is wrong", () => {
  it.each<[string, Partial<DescribedService>, DescribedServiceOptions, string]>([
    ["a name", { name: "Loyalty!" }, {}, "name"],
    ["a promise", { promises: [{ kind: "availability", objective: 101 }] }, {}, "promises[0].objective"],
    ["a namespace", {}, { namespace: "Team Backend" }, "namespace"],
    ["an environment", {}, { environment: "Prod!" }, "environment"],
    ["a called service", {}, { calls: ["Payment!"] }, "calls[0]"],
    ["a topic", {}, { consumes: ["or/ders"] }, "consumes[0]"],
  ])("of %s is a finding at its place in the description, and nothing is thrown", (_, changes, options, path) => {
    const dashboard = serviceDashboard({ ...loyalty, ...changes }, undefined, options);
    const findings = dashboardFindings(dashboard);
    expect(findings.map((finding) => finding.path)).toContain(path);
    expect(findings.every(({ severity, source }) => severity === "error" && source?.file.endsWith(".test.ts"))).toBe(
      true,
    );
  });
});
