import { environmentNamed, type Service, serviceNamed, type Tier, tiers } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { alertFindings } from "../alert/alert-findings.ts";
import { serviceAlerts } from "../catalogue.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { dependencyFailing, dependencyLimits } from "./dependency-failing.ts";
import { highLatency, latencyLimits } from "./high-latency.ts";
import { noTraffic, trafficDrop, trafficSpike } from "./traffic.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const development = environmentNamed(platform, "development");
const checkout = serviceNamed(platform, "checkout");

describe("the alerts of each service", () => {
  it.each(tiers.map((tier): readonly [Tier] => [tier]))("of a service of tier %s have no finding", (tier) => {
    for (const { alertOf } of serviceAlerts) {
      const alert = alertOf({ ...checkout, tier }, production);
      expect(alert === undefined ? [] : alertFindings(alert)).toEqual([]);
    }
  });

  it("share a name, and tell the service's team which service it is", () => {
    for (const { name, alertOf } of serviceAlerts) {
      const alert = alertOf(checkout, production);
      expect(alert).toMatchObject({
        name,
        owner: { team: "backend" },
        extraLabels: { service: "checkout" },
        dashboard: "service-checkout",
      });
    }
  });

  it.each([
    ["latency", latencyLimits, "seconds"],
    ["calls", dependencyLimits, "share"],
  ] as const)("allow more %s the less depends on the service", (_, limits, field) => {
    const values = tiers.map((tier): number => ("seconds" in limits[tier] ? limits[tier].seconds : limits[tier].share));
    expect(values, field).toEqual([...values].sort((a, b) => a - b));
  });

  it("count the calls that the service makes, by operation, not those that it answers", () => {
    const alert = dependencyFailing.alertOf(checkout, production);
    expect(alert?.labels).toEqual(["span_name"]);
    expect(alert && printPromqlLine(alert.expr)).toContain('span_kind="SPAN_KIND_CLIENT"');
  });

  it("say nothing of the calls of a service that makes none", () => {
    expect(dependencyFailing.alertOf({ ...checkout, calls: [], stores: [], external: [] }, production)).toBeUndefined();
  });

  it("miss traffic only where there is always some: critical services in production", () => {
    const asked = (service: Service): readonly boolean[] => [
      noTraffic.alertOf(service, production) !== undefined,
      trafficDrop.alertOf(service, production) !== undefined,
      noTraffic.alertOf(service, development) !== undefined,
    ];
    expect(asked({ ...checkout, tier: "critical" })).toEqual([true, true, false]);
    expect(asked({ ...checkout, tier: "high" })).toEqual([false, true, false]);
    expect(asked({ ...checkout, tier: "low" })).toEqual([false, false, false]);
  });

  it("notice a service of which there is not even a series", () => {
    const alert = noTraffic.alertOf({ ...checkout, tier: "critical" }, production);
    expect(alert && printPromqlLine(alert.expr)).toContain("or vector(0)");
    expect(alert && receiversOfAlert(platform, production, alert, {})).toEqual(["backend-pagerduty"]);
  });

  it("compare with the same hour of the day before", () => {
    for (const { alertOf } of [trafficDrop, trafficSpike]) {
      const alert = alertOf({ ...checkout, tier: "critical" }, production);
      expect(alert && printPromqlLine(alert.expr)).toContain("[15m] offset 1d");
    }
  });

  it("are none of a service that nobody waits for", () => {
    expect(highLatency.alertOf({ ...checkout, ports: {}, consumes: [] }, production)).toBeUndefined();
  });
});
