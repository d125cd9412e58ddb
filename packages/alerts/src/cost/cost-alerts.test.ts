import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { namespaceOverBudget } from "./budgets.ts";
import { costAlerts } from "./cost-alerts.ts";
import { namespaceOverRequested } from "./waste.ts";

const platform = examplePlatform();

describe("the alerts about money", () => {
  it("wake nobody", () => {
    for (const { name, severity, category } of costAlerts) expect([severity, category], name).toEqual(["info", "cost"]);
  });

  it("tell the team whose namespace costs too much, with the digest", () => {
    const production = environmentNamed(platform, "production");
    expect(receiversOfAlert(platform, production, namespaceOverBudget, { namespace: "team-backend" })).toEqual([
      "backend-email",
    ]);
  });

  it("have a budget that each environment and team may set", () => {
    const larger = namespaceOverBudget.withThreshold?.(9_000);
    expect(larger?.description).toContain("more than 9000 a month");
    expect(larger && printPromqlLine(larger.expr)).toMatch(/> 9000$/);
  });

  it("count what containers use once: the series without a container is the pod's sum", () => {
    expect(printPromqlLine(namespaceOverRequested.expr)).toContain('container_cpu_usage_seconds_total{container!=""}');
  });
});
