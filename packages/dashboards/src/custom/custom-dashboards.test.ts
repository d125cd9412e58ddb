import { type Finding, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { defineMetric, rate, select, spanMetrics, sum } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Dashboard, Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { logs, traces } from "../model/panel-telemetry.ts";
import { row } from "../model/row.ts";
import { dashboardsIn } from "../outputs/dashboards-in.ts";
import { customDashboard } from "./custom-dashboard.ts";
import { customDashboards, customMetrics } from "./custom-dashboards.ts";
import { dashboardFindings } from "./dashboard-findings.ts";

const orders = defineMetric({ name: "shop_orders_total", type: "counter", unit: "count", labels: [], help: "Orders." });
const said = { unit: "ops", description: "Orders per second." } as const;
const panel = timeseries("Orders", rate(orders, "$__rate_interval"), said);
const dashboard = (panels: readonly Panel[], uid = "business-orders"): Dashboard =>
  customDashboard(uid, "Orders", [row("Orders", panels)], { description: "What customers buy.", metrics: [orders] });
const component = (...dashboards: readonly Dashboard[]): ReturnType<typeof customDashboards> =>
  customDashboards({ name: "business", title: "Business", dashboards: () => dashboards });
const platform = examplePlatform();

function errorsOf(...dashboards: readonly Dashboard[]): readonly string[] {
  return plan(platform, [component(...dashboards)]).findings.map(({ message }) => message);
}

describe("dashboards of a platform's own", () => {
  it("lie in a folder of theirs, equal in every environment, and are checked with their own metrics", () => {
    const { files, findings } = plan(platform, [component(dashboard([panel]))]);
    expect(findings).toEqual([]);
    const resources = component(dashboard([panel])).shared?.(platform) ?? [];
    expect(
      resources.flatMap((resource) => dashboardsIn(resource).map(({ uid, folder }) => `${folder}/${uid}`)),
    ).toEqual(["Business/business-orders"]);
    expect(files.map(({ path }) => path).filter((path) => path.includes("dashboard-business-orders"))).toEqual([
      expect.stringMatching(/^foundation\/base\/business-dashboards\//),
    ]);
  });

  it("tell which metrics they have beyond the catalogue, for whoever checks or draws them", () => {
    expect(customMetrics([component(dashboard([panel])), { name: "other", layer: "foundation" }], platform)).toEqual([
      orders,
    ]);
  });

  it("are none where there is no Prometheus that they could ask", () => {
    expect(component(dashboard([panel])).shared?.(examplePlatform({ components: [] }))).toEqual([]);
  });

  it("read the data sources that they ask, and no others", () => {
    const types = ({ dataSources }: Dashboard): readonly string[] => dataSources.map(({ type }) => type);
    const lines = logs("Lines", '{service_name="checkout"}', { description: "What checkout says of its orders." });
    const failed = traces("Failed", "{ status = error }", { description: "Orders that ended in an error." });
    expect(types(dashboard([panel]))).toEqual(["prometheus"]);
    expect(types(dashboard([panel, lines, failed]))).toEqual(["prometheus", "loki", "tempo"]);
    expect(dashboardFindings(dashboard([panel, lines, failed]))).toEqual([]);
  });
});

describe("mistakes stop the render", () => {
  const ofService = (name: string): Panel =>
    timeseries("Calls", sum(rate(select(spanMetrics.calls, { service_name: name }), "$__rate_interval")), said);

  it.each<[string, Dashboard, RegExp]>([
    ["a panel without a query", dashboard([{ ...panel, queries: [] }]), /panel-no-targets/],
    [
      "a service that does not exist",
      dashboard([panel, ofService("chekout")]),
      /asks for the service "chekout", which does not exist/,
    ],
    [
      "a service that does not exist, in a query to Tempo",
      dashboard([panel, traces("Traces", '{ resource.service.name = "chekout" }', { description: "Traces." })]),
      /asks for the service "chekout"/,
    ],
    [
      "a metric that nobody described",
      dashboard([timeseries("X", rate({ ...orders, name: "shop_oders_total" }, "$__rate_interval"), said)]),
      /shop_oders_total is not in the metric catalogue/,
    ],
    [
      "the uid of a service's dashboard",
      dashboard([panel], "service-checkout"),
      /that of the dashboard of the service checkout/,
    ],
    ["more than an object holds", { ...dashboard([panel]), description: "a".repeat(1_100_000) }, /dashboard-size/],
  ])("%s", (_, wrong, message) => {
    expect(errorsOf(wrong)).toContainEqual(expect.stringMatching(message));
  });

  it("a unit that Grafana does not know", () => {
    const wrong: Dashboard = JSON.parse(JSON.stringify(dashboard([panel])).replace('"ops"', '"orders"'));
    expect(errorsOf(wrong)).toContainEqual(expect.stringContaining("(panel-units)"));
  });

  it("two of one uid", () => {
    const { findings } = plan(platform, [component(dashboard([panel]), dashboard([panel]))]);
    expect(findings.map(({ code }) => code)).toContain("duplicate-resource");
  });

  it("a service that is nearly one that is known, as a warning where not all are known", () => {
    const near = (services: readonly string[]): readonly Finding[] =>
      dashboardFindings(dashboard([ofService("chekout")]), { services });
    expect(near(["checkout"])).toMatchObject([{ severity: "warning", expected: "checkout" }]);
    expect(near(["mailer"])).toEqual([]);
  });

  it("what is no dashboard at all, where the types were bypassed", () => {
    const wrong: Dashboard = JSON.parse(JSON.stringify(dashboard([panel])).replace('"timeseries"', '"pie"'));
    expect(dashboardFindings(wrong).map(({ severity }) => severity)).toContain("error");
  });
});

it("a dashboard says where it was written", () => {
  const [finding] = dashboardFindings(dashboard([{ ...panel, queries: [] }]));
  expect(finding?.source?.file).toMatch(/custom-dashboards\.test\.ts$/);
});
