import { type Environment, environmentNamed, type Paging, type Platform } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import type { AlertmanagerConfig } from "./alertmanager-config.ts";
import { compareRouting } from "./compare-routing.ts";
import { alertmanagerConfig } from "./platform-routing.ts";
import { deliveriesOf, receiversOf } from "./receivers-of.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const page = {
  alertname: "HighErrorRate",
  service: "checkout",
  severity: "critical",
  team: "backend",
  tier: "critical",
};
const warning = { alertname: "PodCrashLooping", namespace: "team-backend", severity: "warning" };

function configWith(paging: Partial<Paging>, about: Platform = platform): AlertmanagerConfig {
  const changed: Environment = { ...production, paging: { ...production.paging, ...paging } };
  return alertmanagerConfig(about, changed);
}

describe("another routing", () => {
  const before = configWith({});

  it("that is the same tells nobody else", () => {
    expect(compareRouting(before, configWith({}), [page, warning])).toEqual([]);
  });

  it("may tell somebody else, and then it says whether anybody is called", () => {
    expect(compareRouting(before, configWith({ critical: "chat" }), [page, warning])).toEqual([
      { labels: page, before: ["backend-pagerduty"], after: ["backend-chat"], told: "somebody-else", pages: true },
    ]);
  });

  it("may tell nobody any more", () => {
    expect(compareRouting(before, configWith({ warning: "none" }), [page, warning])).toEqual([
      { labels: warning, before: ["backend-chat"], after: [], told: "nobody", pages: false },
    ]);
  });

  it("may tell others under the same name", () => {
    const moved = examplePlatform({
      teams: [exampleTeam("backend", { onCall: { pagerduty: "orders" } }), exampleTeam("frontend")],
    });
    expect(compareRouting(before, configWith({}, moved), [page, warning])).toMatchObject([
      { labels: page, before: ["backend-pagerduty"], after: ["backend-pagerduty"], told: "somebody-else", pages: true },
    ]);
  });

  it("may hold back at some hour what it tells at another", () => {
    const hours = { days: ["monday" as const], from: "08:00", to: "18:00", timeZone: "UTC" };
    const waiting = configWith({ businessHours: hours });
    expect(compareRouting(before, waiting, [page, warning])).toEqual([]);
    expect(compareRouting(before, waiting, [page, warning], { time: new Date("2026-11-21T12:00:00Z") })).toMatchObject([
      { labels: warning, told: "nobody" },
    ]);
  });
});

describe("a situation", () => {
  const day = new Date("2026-11-23T12:00:00Z");
  const night = new Date("2026-11-23T23:00:00Z");
  const hours = { days: ["monday" as const], from: "08:00", to: "18:00", timeZone: "UTC" };

  it("says for which time intervals nobody is told, and on which path", () => {
    const config = configWith({ businessHours: hours });
    expect(deliveriesOf(config, warning, { time: night })).toMatchObject([
      { receiver: "backend-chat", mutedBy: ["business-hours"], inhibitedBy: [], sent: false },
    ]);
    expect(deliveriesOf(config, warning, { time: day })[0]?.path.map(({ matchers }) => matchers)).toEqual([
      undefined,
      ['team=""', 'namespace="team-backend"'],
    ]);
    expect(receiversOf(config, page, { time: night })).toEqual(["backend-pagerduty"]);
  });

  it("has whoever is on call for the platform called, for a team that is not there", () => {
    const input = examplePlatformInput();
    const daily = examplePlatform({
      teams: [
        exampleTeam("backend", { onCall: { pagerduty: "backend", hours } }),
        ...input.teams.filter(({ name }) => name !== "backend"),
      ],
    });
    const config = configWith({}, daily);
    expect(receiversOf(config, page)).toEqual(["backend-pagerduty", "backend-covered-by-platform"]);
    expect(receiversOf(config, page, { time: day })).toEqual(["backend-pagerduty"]);
    expect(receiversOf(config, page, { time: night })).toEqual(["backend-covered-by-platform"]);
  });

  it("mutes what is maintained, and nothing else", () => {
    const [maintenance] = [
      {
        name: production.name,
        because: "x",
        from: "2026-11-23T22:00",
        to: "2026-11-24T02:00",
        timeZone: "UTC",
        teams: ["backend"],
        severities: ["warning" as const],
      },
    ];
    const config = configWith({ maintenance: maintenance === undefined ? [] : [maintenance] });
    expect(receiversOf(config, warning, { time: night })).toEqual([]);
    expect(receiversOf(config, page, { time: night })).toEqual(["backend-pagerduty"]);
    expect(receiversOf(config, { ...warning, namespace: "team-frontend" }, { time: night })).toEqual(["frontend-chat"]);
    expect(receiversOf(config, warning, { time: day })).toEqual(["backend-chat"]);
  });

  it("holds a service's requests back while one that it calls pages", () => {
    const config = configWith({});
    const caller = { ...page, service: "frontend", team: "frontend" };
    expect(deliveriesOf(config, caller, { firing: [caller, page] })).toMatchObject([
      { sent: false, inhibitedBy: [{ source: page, rule: { name: "checkout-over-its-callers" } }] },
    ]);
    expect(receiversOf(config, page, { firing: [caller, page] })).toEqual(["backend-pagerduty"]);
    const promise = { ...caller, alertname: "AvailabilityBudgetBurn", sloth_severity: "page" };
    expect(receiversOf(config, promise, { firing: [promise, page] })).toEqual(["frontend-pagerduty"]);
  });

  it("always tells somebody of a page, whatever pages fire beside it, also where calls go in a circle", () => {
    const input = examplePlatformInput();
    const inCircle = examplePlatform({
      services: input.services.map((service) =>
        service.name === "checkout" ? { ...service, calls: ["frontend"] } : service,
      ),
    });
    const config = configWith({}, inCircle);
    expect(config.inhibit_rules?.map(({ name }) => name)).not.toContain("checkout-over-its-callers");
    const pages = platform.services.flatMap(({ name, team, tier }) => [
      { ...page, service: name, team, tier },
      { ...page, service: name, team, tier: "", alertname: "AvailabilityBudgetBurn", sloth_severity: "page" },
    ]);
    for (const firing of [pages, pages.filter((labels) => !("sloth_severity" in labels))])
      expect(firing.flatMap((labels) => receiversOf(config, labels, { firing })).length).toBeGreaterThan(0);
  });
});
