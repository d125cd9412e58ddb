import { fieldAt, type PlannedFile, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { alertPanel, dashboardUrl, panelNumber, runbookUrl } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../catalogue.ts";
import { grafanaAlerts } from "./grafana-alerts.ts";
import { queryAlerts } from "./query-alerts.ts";

function platformRunning(...software: readonly string[]): ReturnType<typeof examplePlatform> {
  const added = software.map((name) => ({ name, namespace: "monitoring" }));
  return examplePlatform({ components: [...(examplePlatformInput().components ?? []), ...added] });
}

function filesOf(...software: readonly string[]): readonly PlannedFile[] {
  return plan(platformRunning(...software), [grafanaAlerts({})]).files;
}

function titlesIn(files: readonly PlannedFile[]): readonly unknown[] {
  const group = files.find(({ resource }) => resource?.kind === "GrafanaAlertRuleGroup")?.resource;
  const rules = fieldAt(group, "spec", "rules");
  return (Array.isArray(rules) ? rules : []).map((rule) => fieldAt(rule, "title"));
}

describe("alerts on logs and traces", () => {
  it("are there where Grafana has an operator, and what they ask is there", () => {
    expect(filesOf("loki", "tempo").filter(({ resource }) => resource !== undefined)).toEqual([]);
    expect(titlesIn(filesOf("grafana-operator", "loki"))).toEqual(["LogErrorBurst", "ServicePanics", "FailedLogins"]);
    expect(titlesIn(filesOf("grafana-operator", "loki", "tempo"))).toEqual(queryAlerts.map(({ name }) => name));
  });

  it("are equal everywhere: they lie in the base, with their folder", () => {
    const paths = filesOf("grafana-operator", "loki").flatMap(({ path, resource }) =>
      resource === undefined ? [] : [path],
    );
    expect(paths.filter((path) => path.startsWith("foundation/base/grafana-alerts/"))).toHaveLength(2);
  });

  it("lead to a runbook that is rendered with them", () => {
    const files = filesOf("grafana-operator", "loki", "tempo");
    const text = files.map((file) => file.text()).join("\n");
    for (const { name } of queryAlerts) {
      expect(text).toContain(runbookUrl(platformRunning(), name));
      expect(files.map(({ path }) => path)).toContain(`runbooks/${name}.md`);
    }
  });

  it("name the panel that draws what they ask, for people and for Grafana", () => {
    const group = filesOf("grafana-operator", "loki", "tempo").find(
      ({ resource }) => resource?.kind === "GrafanaAlertRuleGroup",
    );
    const annotationsOf = (index: number): unknown => fieldAt(group?.resource, "spec", "rules", index, "annotations");
    const panel = alertPanel("LogErrorBurst");
    expect(annotationsOf(0)).toMatchObject({
      __dashboardUid__: "platform-logs",
      __panelId__: String(panelNumber(panel.row, panel.panel)),
      dashboard_url: dashboardUrl(platformRunning(), "platform-logs", { panel }),
    });
    expect(annotationsOf(3)).toMatchObject({ __dashboardUid__: "platform-traces" });
  });

  it("have names that no other alert has", () => {
    const others = new Set([...platformAlerts, ...serviceAlerts].map(({ name }) => name));
    expect(queryAlerts.filter(({ name }) => others.has(name))).toEqual([]);
  });

  it("carry the labels that the routing goes by", () => {
    const group = filesOf("grafana-operator", "loki").find(
      ({ resource }) => resource?.kind === "GrafanaAlertRuleGroup",
    );
    expect(fieldAt(group?.resource, "spec", "rules", 0, "labels")).toEqual({
      severity: "warning",
      namespace: '{{ index $labels "k8s_namespace_name" }}',
      service: '{{ index $labels "service_name" }}',
    });
    expect(fieldAt(group?.resource, "spec", "rules", 2, "labels")).toMatchObject({ team: "platform" });
  });
});
