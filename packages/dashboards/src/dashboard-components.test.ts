import { environmentNamed, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { dashboardComponents } from "./dashboard-components.ts";
import { lintDashboard } from "./lint/lint-dashboard.ts";
import { lintDashboards } from "./lint/lint-dashboards.ts";
import { serviceDashboard } from "./service/service-dashboard.ts";

const platform = examplePlatform();
const { files, findings } = plan(platform, dashboardComponents);

/** The JSON of every dashboard of an environment, with its path. */
function dashboardsOf(environment: string): { file: string; text: string }[] {
  return files.flatMap(({ path, entry, resource }) => {
    const spec: unknown = resource?.["spec"];
    const text: unknown = typeof spec === "object" && spec !== null ? Reflect.get(spec, "json") : undefined;
    return entry.environment === environment && typeof text === "string" ? [{ file: path, text }] : [];
  });
}

describe("the dashboards of a platform", () => {
  it("are one for each service, in a folder for each team, without findings", () => {
    expect(findings).toEqual([]);
    expect(files.filter(({ entry }) => entry.environment === "production").map(({ path }) => path)).toEqual([
      expect.stringMatching(/^application\/production\/backend\/_team\/grafanafolder.*-backend\.yaml$/),
      "application/production/backend/checkout/grafanadashboard-checkout.yaml",
      "application/production/backend/mailer/grafanadashboard-mailer.yaml",
      expect.stringMatching(/^application\/production\/frontend\/_team\/grafanafolder.*-frontend\.yaml$/),
      "application/production/frontend/frontend/grafanadashboard-frontend.yaml",
    ]);
  });

  it.each(platform.environments.map(({ name }) => name))(
    "are clean in %s, each alone and all together",
    (environment) => {
      const dashboards = dashboardsOf(environment);
      expect(dashboards).toHaveLength(platform.services.length);
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
      "application/development/frontend/frontend/grafanadashboard-frontend.yaml",
    ]);
  });

  it("are written so that a reviewer reads a diff: one value on a line, no tab, no line folded", () => {
    const text =
      files.find(({ path }) => path.endsWith("production/backend/checkout/grafanadashboard-checkout.yaml"))?.text() ??
      "";
    expect(text).toContain('  json: |\n    {\n      "annotations": {\n');
    expect(text).not.toContain("\t");
  });

  it("are the same bytes each time", () => {
    const again = plan(examplePlatform(), dashboardComponents);
    expect(again.files.map(({ path, text }) => [path, text()])).toEqual(files.map(({ path, text }) => [path, text()]));
  });
});

function exclusions() {
  const environment = environmentNamed(platform, "production");
  const [service] = platform.services;
  return service === undefined ? [] : serviceDashboard({ platform, environment, service }).exclusions;
}
