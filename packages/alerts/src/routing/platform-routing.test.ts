import { type Environment, environmentNamed, type Paging } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformAlerts } from "../catalogue.ts";
import type { LabelSet } from "../labels/label-set.ts";
import type { AlertmanagerConfig } from "./alertmanager-config.ts";
import { alertmanagerFindings } from "./config-findings.ts";
import { inhibitionsOf } from "./inhibition.ts";
import { alertmanagerConfig } from "./platform-routing.ts";
import { receiversOf } from "./receivers-of.ts";
import { secretFilesOf } from "./secret-files.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const development = environmentNamed(platform, "development");

function told(labels: LabelSet, environment: Environment = production): readonly string[] {
  return receiversOf(alertmanagerConfig(platform, environment), labels);
}

function paged(paging: Paging): AlertmanagerConfig {
  return alertmanagerConfig(platform, { ...production, paging });
}

const channels = fc.constantFrom("pagerduty" as const, "chat" as const, "email" as const, "none" as const);
const pagings = fc.record({ critical: channels, warning: channels, info: channels, maintenance: fc.constant([]) });
const labelSets = fc.dictionary(
  fc.constantFrom("alertname", "severity", "team", "namespace"),
  fc.constantFrom(
    "Watchdog",
    "critical",
    "warning",
    "info",
    "none",
    "backend",
    "frontend",
    "sre",
    "team-backend",
    "kube-system",
    "",
  ),
);

describe("who is told of an alert", () => {
  it.each([
    [
      "the team that its label names",
      { team: "backend", namespace: "team-frontend", severity: "critical" },
      "backend-pagerduty",
    ],
    ["the team whose namespace it is about", { namespace: "team-frontend", severity: "warning" }, "frontend-chat"],
    [
      "the owner of the platform for any other namespace",
      { namespace: "kube-system", severity: "critical" },
      "platform-pagerduty",
    ],
    [
      "the owner of the platform for a team that does not exist",
      { team: "sre", namespace: "team-backend", severity: "info" },
      "platform-email",
    ],
    ["somebody who reads it, when its severity is unknown", { team: "backend", severity: "page" }, "backend-chat"],
    ["somebody who reads it, when it has no labels at all", {}, "platform-chat"],
    ["nobody, when its severity is none", { team: "backend", severity: "none" }, "null"],
    ["the dead man's switch, of Watchdog", { alertname: "Watchdog", severity: "none" }, "watchdog"],
  ])("is %s", (_, labels, receiver) => {
    expect(told(labels)).toEqual([receiver]);
  });

  it("is nobody in an environment that pages nobody, except by Watchdog", () => {
    fc.assert(
      fc.property(labelSets, (labels) => {
        expect(told(labels, development)).toEqual([labels["alertname"] === "Watchdog" ? "watchdog" : "null"]);
      }),
    );
  });

  it("is exactly one receiver, whatever the labels and the paging", () => {
    fc.assert(
      fc.property(pagings, labelSets, (paging, labels) => {
        expect(receiversOf(paged(paging), labels)).toHaveLength(1);
      }),
    );
  });

  it("is told through the channel of the environment's paging", () => {
    fc.assert(
      fc.property(
        pagings,
        fc.constantFrom("critical" as const, "warning" as const, "info" as const),
        (paging, severity) => {
          const receivers = receiversOf(paged(paging), {
            team: "backend",
            severity,
          });
          expect(receivers).toEqual([paging[severity] === "none" ? "null" : `backend-${paging[severity]}`]);
        },
      ),
    );
  });
});

describe("the configuration", () => {
  it("is sound for any paging", () => {
    fc.assert(
      fc.property(pagings, (paging) => {
        expect(alertmanagerFindings(paged(paging))).toEqual([]);
      }),
    );
  });

  it("names secrets by file and holds none", () => {
    expect(secretFilesOf(alertmanagerConfig(platform, production))).toEqual([
      { secret: "alertmanager-smtp", key: "password" },
      { secret: "alertmanager-watchdog", key: "url" },
      { secret: "alertmanager-chat", key: "platform" },
      { secret: "alertmanager-pagerduty", key: "platform" },
      { secret: "alertmanager-chat", key: "backend" },
      { secret: "alertmanager-pagerduty", key: "backend" },
      { secret: "alertmanager-chat", key: "frontend" },
      { secret: "alertmanager-pagerduty", key: "frontend" },
    ]);
    const text = JSON.stringify(alertmanagerConfig(platform, production));
    expect(text).not.toMatch(/"(api_url|routing_key|service_key|url|smtp_auth_password|bearer_token|password|token)":/);
  });

  it("needs nothing but the dead man's switch where nobody is paged", () => {
    expect(secretFilesOf(alertmanagerConfig(platform, development))).toEqual([
      { secret: "alertmanager-watchdog", key: "url" },
    ]);
  });

  it("takes the smarthost that it is given", () => {
    expect(alertmanagerConfig(platform, production).global?.smtp_smarthost).toBe("smtp.shop.example.com:587");
    expect(alertmanagerConfig(platform, production, { smarthost: "mail.internal:25" }).global?.smtp_smarthost).toBe(
      "mail.internal:25",
    );
  });
});

describe("inhibition", () => {
  const config = alertmanagerConfig(platform, production);

  it("holds a warning back while a critical alert of the same name about the same thing fires", () => {
    const labels = { alertname: "NodeFilesystemAlmostFull", instance: "10.0.0.1:9100", device: "sda", mountpoint: "/" };
    expect(
      inhibitionsOf(config, { ...labels, severity: "warning" }, [{ ...labels, severity: "critical" }]),
    ).toHaveLength(1);
    expect(inhibitionsOf(config, { ...labels, severity: "info" }, [{ ...labels, severity: "warning" }])).toHaveLength(
      1,
    );
  });

  it("does not let one service's alert hide another's", () => {
    expect(
      inhibitionsOf(config, { alertname: "HighErrorRate", service: "cart", severity: "warning" }, [
        { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
      ]),
    ).toEqual([]);
  });

  it("does not let one promise of a service hide another", () => {
    const burn = { alertname: "AvailabilityBudgetBurn", service: "checkout", team: "backend" };
    expect(
      inhibitionsOf(config, { ...burn, slo: "reads", severity: "warning" }, [
        { ...burn, slo: "reads", severity: "critical" },
      ]),
    ).toHaveLength(1);
    expect(
      inhibitionsOf(config, { ...burn, slo: "reads", severity: "warning" }, [
        { ...burn, slo: "writes", severity: "critical" },
      ]),
    ).toEqual([]);
  });

  it("knows every label that says what an alert is about", () => {
    const equal = config.inhibit_rules?.[0]?.equal ?? [];
    expect(platformAlerts.flatMap(({ labels }) => labels).filter((label) => !equal.includes(label))).toEqual([]);
  });

  it("holds the error rate back while the page of the same service's SLO fires", () => {
    const errors = {
      alertname: "HighErrorRate",
      service: "checkout",
      severity: "critical",
      team: "backend",
      tier: "critical",
    };
    const page = {
      alertname: "CheckoutAvailabilityPage",
      service: "checkout",
      severity: "critical",
      team: "backend",
      sloth_severity: "page",
    };
    expect(inhibitionsOf(config, errors, [page])).toHaveLength(1);
    expect(inhibitionsOf(config, errors, [{ ...page, service: "cart" }])).toEqual([]);
    expect(inhibitionsOf(config, page, [errors])).toEqual([]);
  });

  it("never holds a critical alert of the platform back", () => {
    const severities = fc.constantFrom("critical", "warning", "info");
    fc.assert(
      fc.property(severities, (severity) => {
        expect(
          inhibitionsOf(config, { alertname: "NodeNotReady", node: "a", severity: "critical" }, [
            { alertname: "NodeNotReady", node: "a", severity },
          ]),
        ).toEqual([]);
      }),
    );
  });
});
