import { describe, expect, it } from "vitest";
import type { Alert, AlertCategory } from "./alert/alert.ts";
import { alertFindings } from "./alert/alert-findings.ts";
import { platformAlerts } from "./catalogue.ts";
import { clusterAlerts } from "./cluster/cluster-alerts.ts";
import { costAlerts } from "./cost/cost-alerts.ts";
import { softwareAlerts } from "./platform/software-alerts.ts";
import { securityAlerts } from "./security/security-alerts.ts";
import { storageAlerts } from "./storage/storage-alerts.ts";
import { telemetryAlerts } from "./telemetry/telemetry-alerts.ts";
import { workloadsAlerts } from "./workloads/workloads-alerts.ts";

const byCategory: readonly (readonly [AlertCategory, readonly Alert[]])[] = [
  ["cluster", clusterAlerts],
  ["workloads", workloadsAlerts],
  ["storage", storageAlerts],
  ["security", securityAlerts],
  ["telemetry", telemetryAlerts],
  ["platform", softwareAlerts],
  ["cost", costAlerts],
];

describe.each(platformAlerts.map((alert) => [alert.name, alert] as const))("%s", (_, alert) => {
  it("is sound, at its usual threshold and at half of it", () => {
    expect(alertFindings(alert)).toEqual([]);
    const half = alert.threshold === undefined ? undefined : alert.withThreshold?.(alert.threshold.value / 2);
    expect(half === undefined ? [] : alertFindings(half)).toEqual([]);
  });

  it("leads to a dashboard, and to a runbook to follow: what it means, where to look, what to do", () => {
    const { meaning, impact, diagnosis, mitigation } = alert.runbook;
    expect(alert.dashboard).toMatch(/^platform-/);
    expect(meaning.length).toBeGreaterThan(60);
    expect(impact.length).toBeGreaterThan(20);
    expect(diagnosis.length).toBeGreaterThan(1);
    expect(mitigation.length).toBeGreaterThan(1);
    expect(diagnosis.some(({ command, promql }) => (command ?? promql) !== undefined)).toBe(true);
  });
});

describe("the alerts that a platform has once", () => {
  it("have names of their own", () => {
    const names = platformAlerts.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(byCategory)("are in the list of their category: %s", (category, alerts) => {
    expect(alerts.map((alert) => alert.category)).toEqual(alerts.map(() => category));
  });

  it("are those of all categories", () => {
    expect(byCategory.flatMap(([, alerts]) => alerts)).toHaveLength(platformAlerts.length);
  });
});
