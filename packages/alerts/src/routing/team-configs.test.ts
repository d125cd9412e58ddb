import { environmentNamed, fieldAt } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { alertmanagerFindings } from "./config-findings.ts";
import { alertmanagerConfig } from "./platform-routing.ts";
import { receiversOf } from "./receivers-of.ts";
import { dividedRouting, dividedRoutingFindings } from "./team-configs.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const hours = { days: ["monday" as const], from: "08:00", to: "18:00" };
const at = (timeZone: string): ReturnType<typeof alertmanagerConfig> =>
  alertmanagerConfig(platform, {
    ...production,
    paging: { ...production.paging, businessHours: { ...hours, timeZone } },
  });

describe("a routing that teams have a part of", () => {
  const { central, ofTeams } = dividedRouting(platform, at("UTC"), "monitoring");

  it("tells nobody of what is a team's, and whoever it told of the rest", () => {
    expect(receiversOf(central, { team: "backend", severity: "critical" })).toEqual(["null"]);
    expect(receiversOf(central, { namespace: "team-frontend", severity: "warning" })).toEqual(["null"]);
    expect(receiversOf(central, { namespace: "kube-system", severity: "critical" })).toEqual(["platform-pagerduty"]);
    expect(alertmanagerFindings(central)).toEqual([]);
  });

  it("has a resource for each team, with the same routes, receivers and times", () => {
    expect(ofTeams.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      "monitoring/team-backend",
      "monitoring/team-frontend",
    ]);
    const [backend] = ofTeams;
    expect(fieldAt(backend, "spec", "route", "receiver")).toBe("null");
    expect(fieldAt(backend, "spec", "route", "routes", 0)).toMatchObject({
      matchers: [{ name: "team", value: "backend", matchType: "=" }],
      receiver: "backend-chat",
      groupBy: ["alertname", "namespace", "service"],
      groupWait: "30s",
      activeTimeIntervals: ["business-hours"],
    });
    expect(fieldAt(backend, "spec", "route", "routes", 1, "matchers", 1)).toEqual({
      name: "namespace",
      value: "team-backend",
      matchType: "=",
    });
    expect(fieldAt(backend, "spec", "muteTimeIntervals")).toEqual([
      {
        name: "business-hours",
        timeIntervals: [{ times: [{ startTime: "08:00", endTime: "18:00" }], weekdays: ["monday"] }],
      },
    ]);
    expect(JSON.stringify(backend)).toContain('"routingKey":{"name":"alertmanager-pagerduty","key":"backend"}');
  });

  it("cannot have hours of a time zone", () => {
    expect(dividedRoutingFindings(at("UTC"))).toEqual([]);
    expect(dividedRoutingFindings(at("Europe/Berlin"))).toMatchObject([{ path: "teamRouting" }]);
  });
});
