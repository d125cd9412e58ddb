import { platformAlerts, queryAlerts } from "@plinth/alerts";
import { environmentNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import {
  dashboardJson,
  lintDashboard,
  lintDashboards,
  platformDashboardsOf,
  sloDetailDashboard,
  sloOverviewDashboard,
} from "@plinth/dashboards";
import { describe, expect, it } from "vitest";
import { alertPanels, promisePanels } from "./platform-panels.ts";

const input = examplePlatformInput();
const softwares = [...new Set(["grafana-operator", ...platformAlerts.flatMap(({ software }) => software ?? [])])];
/** A platform that runs everything that there are alerts about. */
const full = platformOf({
  ...input,
  components: [
    ...(input.components ?? []),
    ...softwares.map((software, index) => ({ name: `part-${index}`, namespace: "monitoring", software })),
  ],
});
const production = environmentNamed(full, "production");
const dashboards = platformDashboardsOf(full, alertPanels(full, production), promisePanels(full));
const texts = dashboards.map((dashboard) => ({ dashboard, file: dashboard.uid, text: dashboardJson(dashboard) }));
// Panels of what the platform promises lead to those about all promises, and those to the ones of services and teams.
const others = [
  ...[sloOverviewDashboard(), sloDetailDashboard()].map((dashboard) => ({
    file: dashboard.uid,
    text: dashboardJson(dashboard),
  })),
  { file: "of services and teams", text: JSON.stringify({ uid: "others", tags: ["plinth", "service", "team"] }) },
];

describe("the dashboards of a platform that runs everything", () => {
  it("draw each of its alerts once", () => {
    const drawn = dashboards.flatMap(({ rows }) =>
      rows.flatMap(({ id, panels }) => (id === "alerts" ? panels.map(({ title }) => title) : [])),
    );
    expect(drawn.toSorted()).toEqual([...platformAlerts, ...queryAlerts].map(({ name }) => name).toSorted());
  });

  it.each(texts.map((each) => [each.file, each] as const))("follow every rule: %s", (_, { dashboard, text }) => {
    expect(lintDashboard(text, { exclusions: dashboard.exclusions })).toEqual([]);
  });

  it("lead nowhere that is not there", () => expect(lintDashboards([...texts, ...others])).toEqual([]));
});

describe("what is said of alerts", () => {
  it("is the same object in every environment that shares the alert", () => {
    const platform = examplePlatform();
    const [first, second] = platform.environments.map((environment) => alertPanels(platform, environment));
    expect(first?.length).toBeGreaterThan(100);
    expect(first?.every((panel, index) => panel === second?.[index])).toBe(true);
  });

  it("is only of what the platform runs", () => {
    const names = alertPanels(examplePlatform(), production).map(({ alert }) => alert);
    expect(names).toContain("NodeNotReady");
    expect(names).not.toContain("FalcoDown");
  });
});
