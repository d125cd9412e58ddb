import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alertPanel,
  dashboardUrl,
  linkedPanels,
  panelNumber,
  platformDashboardUid,
  runbookPath,
  runbookUrl,
  serviceDashboardUid,
  teamDashboardUid,
} from "./links.ts";

describe("a service's dashboard", () => {
  it("has its name as uid", () => {
    expect(serviceDashboardUid("checkout")).toBe("service-checkout");
    expect(dashboardUrl(examplePlatform(), "service-checkout")).toBe(
      "https://grafana.shop.example.com/d/service-checkout",
    );
  });

  it("has a uid that Grafana takes, and that no other service has", () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(serviceDashboardUid(a)).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
        expect(serviceDashboardUid(a) === serviceDashboardUid(b)).toBe(a === b);
      }),
    );
    const long = "a".repeat(62);
    expect(serviceDashboardUid(`${long}a`)).not.toBe(serviceDashboardUid(`${long}b`));
  });
});

describe("a team's dashboard", () => {
  it("has a uid that no folder, service or part of the platform has", () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(teamDashboardUid(a)).toMatch(/^overview-[a-z0-9-]{1,31}$/);
        expect(teamDashboardUid(a) === teamDashboardUid(b)).toBe(a === b);
      }),
    );
  });
});

describe("a link to a panel", () => {
  it("names the panel as Grafana does, and what is chosen", () => {
    const { row, panel } = alertPanel("NodeNotReady");
    expect(
      dashboardUrl(examplePlatform(), platformDashboardUid("nodes"), {
        panel: { row, panel },
        variables: { node: "{{ $labels.node }}", namespace: "team-backend" },
      }),
    ).toBe(
      `https://grafana.shop.example.com/d/platform-nodes?viewPanel=panel-${panelNumber(row, panel)}&var-node={{ $labels.node }}&var-namespace=team-backend`,
    );
  });

  it("opens the whole dashboard at a choice where no panel is named", () => {
    expect(dashboardUrl(examplePlatform(), "platform-nodes", { variables: { node: "a" } })).toBe(
      "https://grafana.shop.example.com/d/platform-nodes?var-node=a",
    );
  });
});

describe("a panel's number", () => {
  it("follows from its place alone", () =>
    expect(panelNumber("requests", "errors")).toBe(panelNumber("requests", "errors")));
  it("is a whole number from 1 to 2^31 - 1", () =>
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (path) => {
        const number = panelNumber(...path);
        expect(Number.isInteger(number) && number >= 1 && number < 2 ** 31).toBe(true);
      }),
    ));
  it("differs between a row and its panel", () => expect(panelNumber("a")).not.toBe(panelNumber("a", "a")));
  it("differs between all panels that links lead to", () => {
    const numbers = Object.values(linkedPanels).map(({ row, panel }) => panelNumber(row, panel));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe("a runbook", () => {
  it("is read in the repository, at the path where it is rendered", () => {
    const platform = examplePlatform({
      repository: { url: "https://git.example.com/shop/platform.git", branch: "live", path: "k8s/rendered" },
    });
    expect(runbookUrl(platform, "NodeNotReady")).toBe(
      `https://git.example.com/shop/platform/blob/live/k8s/rendered/${runbookPath("NodeNotReady")}`,
    );
  });
});
