import {
  type Dashboard,
  link,
  type Panel,
  redRow,
  row,
  runtimeRow,
  serviceDashboard,
  sloRow,
  timeseries,
} from "@plinth/dashboards";
import { defineMetric, promql, rate } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { dashboardFiles, type ServiceDashboardOptions } from "./dashboard-files.ts";
import type { FromFile } from "./load-descriptions.ts";

const loyalty = { name: "loyalty", team: "backend", promises: [{ kind: "availability", objective: 99.5 }] } as const;
const points = defineMetric({
  name: "loyalty_points_total",
  type: "counter",
  unit: "count",
  labels: [],
  help: "Points that were booked.",
});
const booked = timeseries("Booked points", rate(points, "$__rate_interval"), {
  unit: "ops",
  description: "Points booked per second.",
});
const options: ServiceDashboardOptions = {
  delivery: "config-map",
  command: "gitops-render service",
  owner: { service: "loyalty", team: "backend" },
  services: ["loyalty"],
  metrics: [points],
  root: "/",
};
const withPanel = (panel: Panel): Dashboard =>
  serviceDashboard(loyalty, [redRow(), sloRow(), row("Bookings", [panel])]);
const from = (...dashboards: readonly Dashboard[]): readonly FromFile<Dashboard>[] =>
  dashboards.map((value, index) => ({ value, source: "dashboards.ts", index }));
/** What plain JavaScript could export: the type is that of the original. */
function changed<Value>(value: Value, from: string, to: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(from, to));
}

describe("dashboards of a service's repository", () => {
  it("lie beside its promises, each in one object", () => {
    const { files, findings } = dashboardFiles(from(withPanel(booked)), options);
    expect(findings).toEqual([]);
    expect(files.map(({ path, entry }) => [path, entry])).toEqual([
      ["loyalty/configmap-grafana-dashboard-service-loyalty.yaml", { component: "dashboards", service: "loyalty" }],
    ]);
    expect(files[0]?.text()).not.toContain("namespace: default");
  });

  it.each([
    ["config-map", "kind: ConfigMap"],
    ["grafana-dashboard", "kind: GrafanaDashboard"],
    ["grafana-manifest", "kind: GrafanaManifest"],
  ] as const)("reach Grafana as the command says: %s", (delivery, kind) => {
    const { files } = dashboardFiles(from(withPanel(booked)), { ...options, delivery, namespace: "team-backend" });
    expect(files[0]?.text()).toContain(kind);
    expect(files[0]?.text()).toContain("namespace: team-backend");
  });

  it("may lead to dashboards that the platform has", () => {
    const led = (url: string): readonly string[] =>
      dashboardFiles(
        from(withPanel({ ...booked, links: [link("There", url, { description: "Where it comes from." })] })),
        options,
      ).findings.map(({ message }) => message);
    expect(led("/d/service-payment?viewPanel=panel-12&var-operation=All")).toEqual([]);
    expect(led("/d/overview-backend")).toEqual([]);
    expect(led("/d/platform-dns")).toEqual([]);
    expect(led("/d/slo-detail?var-slo=availability")).toEqual([]);
    expect(led("/d/slo-detail?var-sol=availability")).toEqual([expect.stringContaining("sets the variable sol")]);
    expect(led("/d/platform-dsn")).toEqual([expect.stringContaining('leads to the dashboard "platform-dsn"')]);
  });

  it("warn of a row that has nothing to show, and are written", () => {
    const { files, findings } = dashboardFiles(from(serviceDashboard(loyalty, [redRow(), runtimeRow()])), options);
    expect(findings).toMatchObject([{ severity: "warning", path: "[0].rows[1]" }]);
    expect(files).toHaveLength(1);
  });
});

describe("mistakes are findings at their place, and nothing is written", () => {
  it.each<[string, readonly Dashboard[], RegExp]>([
    ["a panel without a query", [withPanel({ ...booked, queries: [] })], /\(panel-no-targets\)/],
    ["a unit that Grafana does not know", [withPanel(changed(booked, '"ops"', '"points"'))], /\(panel-units\)/],
    ["two dashboards of one uid", [withPanel(booked), withPanel(booked)], /has the uid "service-loyalty" of "Service/],
    ["more than an object holds", [withPanel({ ...booked, description: "a".repeat(1_100_000) })], /\(dashboard-size\)/],
    [
      "a metric that nobody described",
      [withPanel(changed(booked, "loyalty_points_total", "loyalty_pionts_total"))],
      /loyalty_pionts_total is not in the metric catalogue/,
    ],
    ["PromQL that does not parse", [withPanel(changed(booked, "rate(", "rate(("))], /\(target-promql\)/],
    ["a kind of panel that is none", [withPanel(changed(booked, '"timeseries"', '"pie"'))], /./],
    ["a name that is none", [serviceDashboard({ ...loyalty, name: "Loyalty!" }, [redRow()])], /is "Loyalty!"/],
    [
      "a promise that is none",
      [serviceDashboard({ ...loyalty, promises: [{ kind: "availability", objective: 101 }] }, [sloRow()])],
      /is 101/,
    ],
  ])("%s", (_, dashboards, message) => {
    const { files, findings } = dashboardFiles(from(...dashboards), options);
    expect(files).toEqual([]);
    const errors = findings.filter(({ severity }) => severity === "error");
    expect(errors.map((finding) => finding.message)).toContainEqual(expect.stringMatching(message));
    expect(errors.every(({ source, path }) => source !== undefined && path?.startsWith("["))).toBe(true);
  });

  it("a service that is nearly the repository's own, as a warning", () => {
    const calls = promql('sum(rate(traces_span_metrics_calls_total{service_name="loyalti"}[$__rate_interval]))', {
      variables: "grafana",
    });
    const panel = timeseries("Calls", calls, { unit: "reqps", description: "Calls of the service per second." });
    expect(dashboardFiles(from(withPanel(panel)), options).findings).toMatchObject([
      { severity: "warning", message: expect.stringContaining('"loyalti", which does not exist'), expected: "loyalty" },
    ]);
  });
});
