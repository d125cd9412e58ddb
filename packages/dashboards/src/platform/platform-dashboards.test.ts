import { type Platform, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput, platformOf } from "@plinth/core/testing";
import { promql } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { AlertPanel } from "./alert-panel.ts";
import { platformDashboards } from "./platform-dashboards.ts";

const nodeDown: AlertPanel = {
  alert: "NodeDown",
  topic: "nodes",
  expression: promql("max by (node) (kube_node_spec_unschedulable) == 1"),
  labels: ["node"],
  for: "0s",
  summary: "Node {{ $labels.node }} is down",
  impact: "Its pods are gone.",
};
const slower: AlertPanel = { ...nodeDown, for: "10m" };
const component = platformDashboards({
  alerts: (_, { name }) => [name === "production" ? slower : nodeDown],
  promises: () => [],
});

function filesOf(platform: Platform) {
  return plan(platform, [component]).files.filter(({ path }) => path.includes("grafana"));
}

function without(...roles: readonly string[]): Platform {
  const input = examplePlatformInput();
  const components = (input.components ?? []).map((each) => ({
    ...each,
    roles: (each.roles ?? []).filter((role) => !roles.includes(role)),
  }));
  return platformOf({ ...input, components });
}

describe("the component of the platform's dashboards", () => {
  it("renders the dashboards beside Grafana, in each environment", () => {
    const platform = examplePlatform();
    expect(plan(platform, [component]).findings).toEqual([]);
    expect(filesOf(platform).map(({ path }) => path)).toEqual(
      platform.environments
        .map(({ name }) => `foundation/overlays/${name}/platform-dashboards/monitoring`)
        .toSorted()
        .map((folder) => `${folder}/configmap-grafana-dashboard-platform-nodes.yaml`),
    );
  });

  it("renders a folder with them where the operator makes folders", () =>
    expect(
      filesOf(examplePlatform({ dashboards: { delivery: "grafana-manifest" } }))
        .map(({ path }) => path)
        .filter((path) => path.startsWith("foundation/overlays/production/")),
    ).toEqual([
      "foundation/overlays/production/platform-dashboards/monitoring/grafanafolder-platform.yaml",
      "foundation/overlays/production/platform-dashboards/monitoring/grafanamanifest-dashboard-platform-nodes.yaml",
    ]));

  it("says in each environment what its own alerts say", () => {
    const holds = filesOf(examplePlatform()).map(({ path, text }) => [path, text().includes("for 10m")] as const);
    expect(holds.filter(([, says]) => says).map(([path]) => path)).toEqual([
      "foundation/overlays/production/platform-dashboards/monitoring/configmap-grafana-dashboard-platform-nodes.yaml",
    ]);
  });

  it("renders them beside Prometheus where Grafana is elsewhere, and nothing where nobody could be asked", () => {
    expect(filesOf(without("dashboard-server")).length).toBeGreaterThan(0);
    expect(filesOf(without("metrics-scraper"))).toEqual([]);
  });
});
