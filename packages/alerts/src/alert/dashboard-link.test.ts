import { environmentNamed, serviceNamed, servicesIn } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { alertPanel, dashboardUrl, linkedPanels, platformDashboardUid } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../catalogue.ts";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { kyvernoPolicyViolation } from "../security/kyverno-policy-violation.ts";
import { highErrorRate } from "../services/high-error-rate.ts";
import { watchdog } from "../telemetry/watchdog.ts";
import { alertDashboardUrl, alertTopic } from "./dashboard-link.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

describe("an alert's link to a dashboard", () => {
  it("leads to the panel of the very alert, with the object chosen that it is about", () => {
    expect(alertDashboardUrl(platform, nodeNotReady, "rule")).toBe(
      dashboardUrl(platform, platformDashboardUid("nodes"), {
        panel: alertPanel("NodeNotReady"),
        variables: { node: "{{ $labels.node }}" },
      }),
    );
  });

  it("chooses the namespace by whatever name the series have it", () => {
    expect(alertDashboardUrl(platform, kyvernoPolicyViolation, "rule")).toContain(
      "&var-namespace={{ $labels.namespace }}",
    );
  });

  it("chooses nothing where the alert is about no one object, or a page is about all", () => {
    expect(alertDashboardUrl(platform, watchdog, "rule")).not.toContain("var-");
    expect(alertDashboardUrl(platform, nodeNotReady, "page")).not.toContain("var-");
  });

  it.each([
    ["checkout", linkedPanels.requestErrors],
    ["mailer", linkedPanels.messageErrors],
  ])("leads to what %s does for others: %j", (name, panel) => {
    const alert = highErrorRate.alertOf(serviceNamed(platform, name), production);
    expect(alert && alertDashboardUrl(platform, alert, "rule")).toBe(
      dashboardUrl(platform, `service-${name}`, { panel }),
    );
  });

  it("is there for every alert, with a panel", () => {
    const ofServices = servicesIn(platform, production).flatMap((service) =>
      serviceAlerts.flatMap((each) => each.alertOf(service, production) ?? []),
    );
    const links = [...platformAlerts, ...ofServices].map((alert) => [
      alert.name,
      alertDashboardUrl(platform, alert, "rule") ?? "",
    ]);
    expect(links.filter(([, url]) => !url?.includes("?viewPanel=panel-"))).toEqual([]);
    expect(platformAlerts.filter((alert) => alertTopic(alert) === undefined)).toEqual([]);
  });
});
