import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dashboardUrl, runbookPath, runbookUrl, serviceDashboardUid } from "./links.ts";

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
