import { examplePlatform } from "@plinth/core/testing";
import { panelNumber } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { classicDashboard, dashboardJson } from "../../grafana/dashboard-json.ts";
import { printJson } from "../../grafana/print-json.ts";
import { everyKindDashboard } from "../../lint/model-dashboard.fixture.ts";
import type { Dashboard } from "../../model/dashboard.ts";
import { serviceDashboard } from "../../service/service-dashboard.ts";
import { sloDetailDashboard } from "../../slo/slo-detail.ts";
import { sloOverviewDashboard } from "../../slo/slo-overview.ts";
import { teamDashboard } from "../../team/team-dashboard.ts";
import { classicOf } from "./classic-of.ts";
import { dashboardV2 } from "./dashboard-v2.ts";
import { plainJson } from "./panel-v2.ts";
import { strictProblems } from "./strict-keys.fixture.ts";

const platform = examplePlatform();
const [environment] = platform.environments;
const dashboards: readonly Dashboard[] = [
  everyKindDashboard,
  sloDetailDashboard(),
  sloOverviewDashboard(),
  ...(environment === undefined
    ? []
    : [
        ...platform.services.map((service) => serviceDashboard({ platform, environment, service })),
        ...platform.teams.map((team) => teamDashboard({ platform, environment, team })),
      ]),
];
const specOf = (dashboard: Dashboard): unknown => plainJson(dashboardV2(classicDashboard(dashboard)));

describe.each(dashboards.map((dashboard) => [dashboard.uid, dashboard] as const))(
  "the second schema of %s",
  (_, dashboard) => {
    it("has the fields of Grafana's own types, all that are needed and no others", () =>
      expect(strictProblems(specOf(dashboard))).toEqual([]));

    it("says all that the classic one says", () => {
      const back: unknown = JSON.parse(printJson(classicOf(dashboard.uid, specOf(dashboard))));
      expect(withoutRowNumbers(back)).toEqual(withoutRowNumbers(JSON.parse(dashboardJson(dashboard))));
    });
  },
);

describe("the second schema", () => {
  const spec = specOf(everyKindDashboard);

  it("names the version of every panel: without one Grafana rewrites the options as if they were old", () => {
    const versions = Object.values(elementsOf(spec)).map(({ spec: { vizConfig } }) => vizConfig.version);
    expect(versions.length).toBeGreaterThan(10);
    expect(new Set(versions)).toEqual(new Set(["13.3.0"]));
  });

  it("keeps the numbers of panels, so that links to them stay", () =>
    expect(Object.keys(elementsOf(spec))).toContain(`panel-${panelNumber("spans", "latency")}`));

  it("asks data sources by the variable that chooses them", () =>
    expect(JSON.stringify(spec)).toContain('"group":"loki","version":"v0","datasource":{"name":"${loki_datasource}"}'));

  it("would be refused with a field more, or one less", () => {
    const { title: _title, ...rest } = Object(spec);
    expect(strictProblems({ ...rest, name: "Spans" })).toEqual([".name is not a field", ".title is missing"]);
  });
});

function elementsOf(spec: unknown): Record<string, { spec: { vizConfig: { version: string } } }> {
  return Object(spec).elements;
}

/** No options and empty ones are the same, and the second schema has no numbers of rows. */
function withoutRowNumbers(dashboard: unknown): unknown {
  const { panels, ...rest } = Object(dashboard);
  const unnumbered = panels.map(({ id, options = {}, ...panel }: { id: number; type: string; options?: unknown }) =>
    panel.type === "row" ? panel : { id, options, ...panel },
  );
  return { ...rest, panels: unnumbered };
}
