import { environmentNamed, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { dashboardComponents } from "./dashboard-components.ts";
import { lintDashboard } from "./lint/lint-dashboard.ts";
import { lintDashboards } from "./lint/lint-dashboards.ts";
import { dashboardsIn } from "./outputs/dashboards-in.ts";
import { serviceDashboard } from "./service/service-dashboard.ts";

const platform = examplePlatform();
const { files, findings } = plan(platform, dashboardComponents);

/** The JSON of every dashboard of an environment, those that environments share among them, with its path. */
function dashboardsOf(environment: string): { file: string; text: string }[] {
  return files.flatMap(({ path, entry, resource }) =>
    resource === undefined || (entry.environment ?? environment) !== environment
      ? []
      : dashboardsIn(resource).map(({ text }) => ({ file: path, text })),
  );
}

describe("the dashboards of a platform", () => {
  it("are one for each team and service, without findings", () => {
    expect(findings).toEqual([]);
    expect(pathsIn(files, "application/production/")).toEqual([
      "backend/_team/configmap-grafana-dashboard-overview-backend.yaml",
      "backend/checkout/configmap-grafana-dashboard-checkout.yaml",
      "backend/mailer/configmap-grafana-dashboard-mailer.yaml",
      "frontend/_team/configmap-grafana-dashboard-overview-frontend.yaml",
      "frontend/frontend/configmap-grafana-dashboard-frontend.yaml",
    ]);
  });

  it("are objects of the operator where the platform says so, in a folder for each team", () => {
    const operated = plan(examplePlatform({ dashboards: { delivery: "grafana-dashboard" } }), dashboardComponents);
    expect(operated.findings).toEqual([]);
    expect(pathsIn(operated.files, "application/production/backend/")).toEqual([
      "_team/grafanadashboard-overview-backend.yaml",
      "_team/grafanafolder-backend.yaml",
      "checkout/grafanadashboard-checkout.yaml",
      "mailer/grafanadashboard-mailer.yaml",
    ]);
  });

  it("show the same whichever way they are delivered", () => {
    const [sidecar, operator] = (["config-map", "grafana-dashboard"] as const).map((delivery) =>
      textsOf(plan(examplePlatform({ dashboards: { delivery } }), dashboardComponents).files),
    );
    expect(sidecar).toEqual(operator);
    const second = plan(examplePlatform({ dashboards: { delivery: "grafana-manifest" } }), dashboardComponents);
    expect(second.findings).toEqual([]);
    expect(textsOf(second.files).map(panelsOf)).toEqual(sidecar?.map(panelsOf));
  });

  it("are those about SLOs once for all environments, beside Grafana", () =>
    expect(files.filter(({ entry }) => entry.environment === undefined).map(({ path }) => path)).toEqual([
      "foundation/base/slo-dashboards/monitoring/configmap-grafana-dashboard-slo-detail.yaml",
      "foundation/base/slo-dashboards/monitoring/configmap-grafana-dashboard-slo-overview.yaml",
    ]));

  it("are none about SLOs without a Prometheus that records them", () => {
    const input = examplePlatformInput();
    const components = (input.components ?? []).filter(({ name }) => name !== "prometheus");
    const paths = plan(platformOf({ ...input, components }), dashboardComponents).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("slo-dashboards"))).toEqual([]);
  });

  it.each(platform.environments.map(({ name }) => name))(
    "are clean in %s, each alone and all together",
    (environment) => {
      const dashboards = dashboardsOf(environment);
      expect(dashboards).toHaveLength(platform.services.length + platform.teams.length + 2);
      for (const { text } of dashboards) expect(lintDashboard(text, { exclusions: exclusions() })).toEqual([]);
      expect(lintDashboards(dashboards)).toEqual([]);
    },
  );

  it("leave out services that do not run in an environment, and links to them", () => {
    const input = examplePlatformInput();
    const services = input.services.map((service) =>
      service.name === "frontend" ? { ...service, environments: ["development"] } : service,
    );
    const paths = plan(platformOf({ ...input, services }), dashboardComponents).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("dashboard-frontend"))).toEqual([
      "application/development/frontend/frontend/configmap-grafana-dashboard-frontend.yaml",
    ]);
  });

  it("are written so that a reviewer reads a diff: one value on a line, no tab, no line folded", () => {
    const text =
      files
        .find(({ path }) => path.endsWith("production/backend/checkout/configmap-grafana-dashboard-checkout.yaml"))
        ?.text() ?? "";
    expect(text).toContain('  service-checkout.json: |\n    {\n      "annotations": {\n');
    expect(text).not.toContain("\t");
  });

  it("are the same bytes each time", () => {
    const again = plan(examplePlatform(), dashboardComponents);
    expect(again.files.map(({ path, text }) => [path, text()])).toEqual(files.map(({ path, text }) => [path, text()]));
  });
});

/** What lies in a folder, by paths below it. */
function pathsIn(planned: typeof files, folder: string): string[] {
  return planned.flatMap(({ path }) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
}

/** Every dashboard's JSON, in the order of the uids. */
function textsOf(planned: typeof files): string[] {
  const dashboards = planned.flatMap(({ entry, resource }) =>
    (resource === undefined ? [] : dashboardsIn(resource)).map(({ uid, text }) => ({
      place: `${entry.environment} ${uid}`,
      text,
    })),
  );
  return dashboards.sort((one, other) => (one.place < other.place ? -1 : 1)).map(({ text }) => text);
}

/** Titles, numbers, places and questions of the panels: the second schema has no numbers of rows. */
function panelsOf(text: string): unknown {
  const { panels }: { panels: { id: number; type: string; title: string; gridPos: unknown; targets: unknown }[] } =
    JSON.parse(text);
  return panels.map(({ id, type, title, gridPos, targets }) => ({
    type,
    title,
    gridPos,
    ...(type === "row" ? {} : { id, targets }),
  }));
}

function exclusions() {
  const environment = environmentNamed(platform, "production");
  const [service] = platform.services;
  return service === undefined ? [] : serviceDashboard({ platform, environment, service }).exclusions;
}
