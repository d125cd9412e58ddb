import { describe, expect, it } from "vitest";
import { alertFindings } from "../alert/alert-findings.ts";
import { clusterAlerts } from "./cluster-alerts.ts";

describe.each(clusterAlerts.map((alert) => [alert.name, alert] as const))("%s", (_, alert) => {
  it("is sound, at its usual threshold and at half of it", () => {
    expect(alert.category).toBe("cluster");
    expect(alertFindings(alert)).toEqual([]);
    const half = alert.threshold === undefined ? undefined : alert.withThreshold?.(alert.threshold.value / 2);
    expect(half === undefined ? [] : alertFindings(half)).toEqual([]);
  });

  it("has a runbook to follow: what it means, where to look, what to do", () => {
    const { meaning, impact, diagnosis, mitigation } = alert.runbook;
    expect(meaning.length).toBeGreaterThan(60);
    expect(impact.length).toBeGreaterThan(20);
    expect(diagnosis.length).toBeGreaterThanOrEqual(2);
    expect(mitigation.length).toBeGreaterThanOrEqual(2);
    expect(diagnosis.filter(({ command, promql }) => (command ?? promql) !== undefined).length).toBeGreaterThan(1);
  });
});

describe("the cluster alerts", () => {
  it("have names of their own", () => {
    const names = clusterAlerts.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
