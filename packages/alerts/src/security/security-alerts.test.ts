import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { policyDenialsSpike } from "./access-attempts.ts";
import { certificateExpiry } from "./certificate-expiry.ts";
import { certificateExpiryImminent } from "./certificate-expiry-imminent.ts";
import { imageCriticalVulnerabilities, imageVerificationFailing } from "./image-findings.ts";
import { falcoCriticalDetection } from "./runtime-detection.ts";
import { secretSyncFailing } from "./secret-sync-failing.ts";
import { securityAlerts } from "./security-alerts.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

describe("the alerts about security", () => {
  it.each(securityAlerts.map((alert) => [alert.name, alert] as const))(
    "%s has steps for whoever reads it",
    (_, alert) => {
      expect(alert.category).toBe("security");
      expect(alert.runbook.diagnosis.length).toBeGreaterThan(1);
      expect(alert.runbook.mitigation.length).toBeGreaterThan(1);
    },
  );

  it.each([
    [falcoCriticalDetection, { pod: "falco-x", rule_name: "a" }, ["platform-pagerduty"]],
    [certificateExpiryImminent, { namespace: "team-frontend", name: "shop-tls" }, ["frontend-pagerduty"]],
    [secretSyncFailing, { namespace: "team-backend", name: "database" }, ["backend-chat"]],
    [
      imageCriticalVulnerabilities,
      { namespace: "team-backend", image_repository: "a", image_tag: "1" },
      ["backend-email"],
    ],
    [policyDenialsSpike, { namespace: "team-backend" }, ["backend-chat"]],
  ] as const)("$name reaches whom it concerns", (alert, labels, receivers) => {
    expect(receiversOfAlert(platform, production, alert, labels)).toEqual(receivers);
  });

  it("wake somebody for a certificate only after it was said in the channel for days", () => {
    expect(certificateExpiryImminent.severity).toBe("critical");
    expect(certificateExpiry.severity).toBe("warning");
    expect(certificateExpiryImminent.threshold?.value).toBe(3 * 86_400);
  });

  it("see the first detection of a rule: Falco counts a rule from its first match on", () => {
    expect(printPromqlLine(falcoCriticalDetection.expr)).toContain(
      'falcosecurity_falco_rules_matches_total{priority=~"[0-2]"} unless falcosecurity_falco_rules_matches_total offset 15m',
    );
  });

  it("are about the namespace of the object, not about Kyverno's own", () => {
    for (const { expr } of [policyDenialsSpike, imageVerificationFailing])
      expect(printPromqlLine(expr)).toContain('"namespace", "$1", "resource_namespace"');
  });
});
