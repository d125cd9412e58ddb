import { environmentNamed, serviceNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { dashboardUrl, linkedPanels } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { platformOwner } from "../routing/owner.ts";
import { highErrorRate } from "../services/high-error-rate.ts";
import { watchdog } from "../telemetry/watchdog.ts";
import { podCrashLooping } from "../workloads/pod-crash-looping.ts";
import { alertingRule } from "./alert-rule.ts";

const platform = examplePlatform();
const owner = platformOwner(platform);

describe("an alerting rule", () => {
  it("says who is told, unless the namespace does", () => {
    const checkout = highErrorRate.alertOf(
      serviceNamed(platform, "checkout"),
      environmentNamed(platform, "production"),
    );
    expect(alertingRule(platform, owner, nodeNotReady).labels).toEqual({ severity: "critical", team: "platform" });
    expect(alertingRule(platform, owner, podCrashLooping).labels).toEqual({ severity: "warning" });
    expect(checkout && alertingRule(platform, owner, checkout).labels).toEqual({
      severity: "critical",
      team: "backend",
      service: "checkout",
      tier: "critical",
    });
  });

  it("leads to the runbook and to the dashboard", () => {
    const checkout = highErrorRate.alertOf(
      serviceNamed(platform, "checkout"),
      environmentNamed(platform, "production"),
    );
    expect(checkout && alertingRule(platform, owner, checkout).annotations).toMatchObject({
      runbook_url: "https://git.example.com/shop/platform/blob/main/rendered/runbooks/HighErrorRate.md",
      dashboard_url: dashboardUrl(platform, "service-checkout", { panel: linkedPanels.requestErrors }),
    });
    expect(Object.keys(alertingRule(platform, owner, nodeNotReady).annotations)).toEqual([
      "summary",
      "description",
      "impact",
      "runbook_url",
      "dashboard_url",
    ]);
  });

  it("leaves out what it does not wait for", () => {
    expect(alertingRule(platform, owner, watchdog)).not.toHaveProperty("for");
    expect(alertingRule(platform, owner, nodeNotReady)).toMatchObject({ for: "10m" });
    expect(alertingRule(platform, owner, { ...nodeNotReady, keepFiringFor: "5m" })).toMatchObject({
      keep_firing_for: "5m",
    });
  });
});
