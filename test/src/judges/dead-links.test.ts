import type { Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { alertPanel, dashboardUrl, panelNumber, runbookUrl } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { followLinks, followPageLinks } from "./dead-links.ts";
import type { RenderedTree } from "./rendered-tree.ts";

const platform = examplePlatform();
const [environment] = platform.environments;
if (environment === undefined) throw new Error("no environment");
const folder = `foundation/overlays/${environment.name}`;
const panel = alertPanel("NodeNotReady");
const good = {
  dashboard_url: dashboardUrl(platform, "platform-nodes", { panel, variables: { node: "{{ $labels.node }}" } }),
  runbook_url: runbookUrl(platform, "NodeNotReady"),
};

/** A tree with one dashboard, one runbook and one rule with these annotations. */
function treeWith(annotations: Readonly<Record<string, string>>, page = ""): RenderedTree {
  const json = JSON.stringify({
    uid: "platform-nodes",
    panels: [{ id: panelNumber(panel.row, panel.panel), title: "NodeNotReady", links: [] }],
    templating: { list: [{ name: "node" }] },
  });
  const resources: readonly Resource[] = [
    {
      apiVersion: "grafana.integreatly.org/v1beta1",
      kind: "GrafanaDashboard",
      metadata: { name: "nodes" },
      spec: { json },
    },
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "rules" },
      spec: { groups: [{ name: "cluster", rules: [{ alert: "NodeNotReady", expr: "up", annotations }] }] },
    },
  ];
  const objects = resources.map((resource) => ({
    file: { path: `${folder}/${resource.metadata.name}.yaml`, text: "" },
    resource,
  }));
  const files = [...objects.map(({ file }) => file), { path: "runbooks/NodeNotReady.md", text: page }];
  return { folder: "rendered", files, objects, findings: [] };
}

describe("the links of alerts", () => {
  it("are followed to the panel, its variables and the runbook", () =>
    expect(followLinks(treeWith(good), platform, environment)).toEqual({ followed: 2, findings: [] }));

  it.each([
    ["another uid", { dashboard_url: good.dashboard_url.replace("platform-nodes", "platform-node") }, "platform-node,"],
    ["another panel", { dashboard_url: good.dashboard_url.replace("panel-", "panel-9") }, "viewPanel=panel-9"],
    ["another variable", { dashboard_url: good.dashboard_url.replace("var-node", "var-pod") }, "var-pod"],
    ["another runbook", { runbook_url: runbookUrl(platform, "NodeGone") }, "runbooks/NodeGone.md"],
    ["somewhere else", { dashboard_url: "https://example.org/d/platform-nodes" }, "https://example.org"],
  ])("that lead to %s are dead", (_, change, names) => {
    const { findings } = followLinks(treeWith({ ...good, ...change }), platform, environment);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain(names);
    expect(findings[0]?.file).toBe(`${folder}/rules.yaml`);
  });
});

describe("the links of runbooks", () => {
  it("are followed to the panel", () =>
    expect(
      followPageLinks(treeWith(good, `[Dashboard](${dashboardUrl(platform, "platform-nodes", { panel })})`), platform),
    ).toEqual({ followed: 1, findings: [] }));

  it("that lead to no dashboard are dead", () =>
    expect(
      followPageLinks(treeWith(good, `[Dashboard](${dashboardUrl(platform, "service-none")})`), platform).findings,
    ).toMatchObject([{ file: "runbooks/NodeNotReady.md", message: expect.stringContaining("service-none") }]));
});
