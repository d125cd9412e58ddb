import { resourceFindings } from "@plinth/core";
import { catalogueWith, defineMetric, metric, rate } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { teamDashboardFolder } from "../folders/dashboard-folder.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { dataSource } from "../model/variable.ts";
import { dashboardResource } from "./dashboard-resource.ts";
import { deliveredDashboard } from "./delivered-dashboard.ts";

const points = defineMetric({
  name: "loyalty_points_total",
  type: "counter",
  unit: "count",
  labels: ["route"],
  help: "Points that were booked.",
});
const said = { unit: "ops", description: "Points per second." } as const;
const reason = "the dashboard is about one service";

const dashboard: Dashboard = {
  uid: "loyalty",
  title: "Loyalty",
  description: "Points.",
  tags: ["team:backend"],
  timeRange: "3h",
  refresh: "1m",
  dataSources: [dataSource("prometheus")],
  links: [],
  rows: [row("Bookings", [timeseries("Booked points", rate(points, "$__rate_interval"), said)])],
  exclusions: [
    { rule: "template-job", because: reason },
    { rule: "template-instance", because: reason },
    { rule: "target-job", because: reason },
    { rule: "target-instance", because: reason },
  ],
};
const place = { name: "loyalty", namespace: "team-backend", folder: "backend" };
const operated = { ...place, delivery: "grafana-dashboard" } as const;

describe("the object of a dashboard", () => {
  it("is a ConfigMap for the sidecar unless said otherwise: its label, the folder's title, a file named after the uid", () => {
    const resource = dashboardResource(dashboard, { ...place, catalogue: catalogueWith(points) });
    expect(resource).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "grafana-dashboard-loyalty",
        namespace: "team-backend",
        labels: { grafana_dashboard: "1" },
        annotations: { grafana_folder: "backend" },
      },
      data: { "loyalty.json": expect.stringMatching(/^\{\n {2}"annotations"[^\t]*\n\}\n$/) },
    });
    expect(resourceFindings(resource)).toEqual([]);
  });

  it("is a GrafanaManifest with Grafana's own resource of the second schema", () => {
    const resource = dashboardResource(dashboard, {
      ...place,
      delivery: "grafana-manifest",
      catalogue: catalogueWith(points),
    });
    expect(resource).toMatchObject({
      kind: "GrafanaManifest",
      metadata: { name: "dashboard-loyalty", namespace: "team-backend" },
      spec: {
        instanceSelector: { matchLabels: { dashboards: "grafana" } },
        template: {
          apiVersion: "dashboard.grafana.app/v2",
          kind: "Dashboard",
          metadata: { name: "loyalty", annotations: { "grafana.app/folder": "team-backend" } },
          spec: { title: "Loyalty", layout: { kind: "RowsLayout" } },
        },
      },
    });
    expect(resourceFindings(resource)).toEqual([]);
  });

  it("is a GrafanaDashboard with the JSON as text, a folder, a uid that never changes and every default written out", () => {
    const resource = dashboardResource(dashboard, { ...operated, catalogue: catalogueWith(points) });
    expect(resource).toEqual({
      apiVersion: "grafana.integreatly.org/v1beta1",
      kind: "GrafanaDashboard",
      metadata: { name: "loyalty", namespace: "team-backend" },
      spec: {
        allowCrossNamespaceImport: true,
        instanceSelector: { matchLabels: { dashboards: "grafana" } },
        resyncPeriod: "10m0s",
        folderRef: "backend",
        uid: "loyalty",
        json: expect.stringMatching(/^\{\n {2}"annotations"[^\t]*\n\}\n$/),
      },
    });
    expect(resourceFindings(resource)).toEqual([]);
  });

  it("carries what the lint finds, so that a plan reports it", () => {
    const findings = resourceFindings(dashboardResource(dashboard, operated));
    expect(findings).toMatchObject([
      {
        code: "unknown-reference",
        severity: "error",
        resource: "grafana.integreatly.org/v1beta1/GrafanaDashboard team-backend/loyalty",
        path: "panels[1].targets[0].expr",
        message: expect.stringContaining("loyalty_points_total is not in the metric catalogue"),
      },
    ]);
  });

  it.each<[string, Partial<Dashboard>, string]>([
    [
      "a panel without a query",
      { rows: [row("R", [{ ...timeseries("P", metric("up"), said), queries: [] }])] },
      "panel-no-targets",
    ],
    ["a uid that Grafana does not take", { uid: "loyalty points" }, "dashboard-uid"],
    [
      "two panels of one name",
      { rows: [row("R", [timeseries("P", metric("up"), said), timeseries("P", metric("up"), said)])] },
      "panel-id",
    ],
    [
      "a panel wider than the grid",
      { rows: [row("R", [timeseries("P", metric("up"), { ...said, width: 25 })])] },
      "panel-grid",
    ],
    ["more than an object can hold", { description: "a".repeat(1_100_000) }, "dashboard-size"],
  ])("of %s is a finding, not an exception", (_, changes, rule) => {
    const resource = dashboardResource({ ...dashboard, ...changes }, { ...place, catalogue: catalogueWith(points) });
    expect(resourceFindings(resource).map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`(${rule})`),
    );
  });

  it.each(["config-map", "grafana-dashboard", "grafana-manifest"] as const)(
    "is never larger than an object may be without a finding: %s",
    (delivery) => {
      const large = { ...dashboard, description: "a".repeat(1_100_000) };
      const resource = deliveredDashboard(delivery, large, { ...place, folder: teamDashboardFolder("backend") });
      expect(resourceFindings(resource).map(({ message }) => message)).toEqual([
        expect.stringMatching(/"Loyalty" has 1\d{6} bytes \(dashboard-size\)/),
      ]);
    },
  );
});
