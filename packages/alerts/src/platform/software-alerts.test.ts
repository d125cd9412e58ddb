import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import { alertGroups } from "../alert-groups.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { argoCdApplicationOutOfSync, argoCdSyncFailed } from "./argo-cd-applications.ts";
import { certificateNotReady } from "./certificates.ts";
import { ingressErrors } from "./ingress.ts";
import { kyvernoAdmissionDown } from "./kyverno-admission.ts";
import { meshServerErrors } from "./mesh.ts";
import { softwareAlerts } from "./software-alerts.ts";
import { veleroBackupStale } from "./velero-backups.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("the alerts about the platform's software", () => {
  it.each(softwareAlerts.map((alert) => [alert.name, alert] as const))(
    "%s says which software it is about, and leads to a dashboard",
    (_, alert) => {
      expect(alert.category).toBe("platform");
      expect(alert.software).toMatch(/^[a-z-]+$/);
      expect(alert.dashboard).toMatch(/^platform-/);
      expect(alert.runbook.diagnosis.length).toBeGreaterThan(1);
      expect(alert.runbook.mitigation.length).toBeGreaterThan(1);
    },
  );

  it("are there only where the platform runs it, or a part of it", () => {
    const namesOn = (...components: readonly string[]): readonly string[] => {
      const small = examplePlatform({
        components: ["prometheus", ...components].map((name) => ({ name, namespace: "platform" })),
      });
      return alertGroups(small, environmentNamed(small, "production"), { alerts: softwareAlerts, serviceAlerts: [] })
        .flatMap(({ alerts }) => alerts.map(({ name }) => name))
        .filter((name) => name.endsWith("Down"));
    };
    expect(namesOn()).toEqual([]);
    expect(namesOn("kyverno-admission-controller")).toEqual(["KyvernoAdmissionDown"]);
    expect(namesOn("cert-manager-webhook", "istiod")).toEqual(["CertManagerDown", "IstiodDown"]);
  });

  it.each([
    [argoCdApplicationOutOfSync, { namespace: "team-backend", name: "checkout" }, ["backend-chat"]],
    [argoCdSyncFailed, { project: "backend", name: "checkout" }, ["platform-email"]],
    [certificateNotReady, { namespace: "team-frontend", name: "shop-tls" }, ["frontend-chat"]],
    [certificateNotReady, { namespace: "istio-system", name: "gateway" }, ["platform-chat"]],
    [kyvernoAdmissionDown, {}, ["platform-pagerduty"]],
    [ingressErrors, { namespace: "istio-system" }, ["platform-pagerduty"]],
    [meshServerErrors, { namespace: "team-backend" }, ["backend-chat"]],
  ] as const)("$name reaches whom it concerns", (alert, labels, receivers) => {
    expect(told(alert, labels)).toEqual(receivers);
  });

  it("leave an Application alone that waits for its approval", () => {
    expect(printPromqlLine(argoCdApplicationOutOfSync.expr)).toContain('autosync_enabled="true"');
  });

  it("see the first failure, with which a counter begins", () => {
    expect(printPromqlLine(argoCdSyncFailed.expr)).toContain("unless argocd_app_sync_total offset 1h");
  });

  it("grant a daily backup two hours of leeway", () => {
    expect(veleroBackupStale.threshold).toEqual({ value: 26 * 3_600, unit: "seconds" });
    expect(veleroBackupStale.withThreshold?.(50 * 3_600).description).toContain("more than 50 hours old");
  });
});
