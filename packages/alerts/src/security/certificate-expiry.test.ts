import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine, secondsOf } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { certificateExpiry } from "./certificate-expiry.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("CertificateExpiry", () => {
  it("leaves cert-manager its time: it renews thirty days before the end", () => {
    expect(printPromqlLine(certificateExpiry.expr)).toContain(`- time() < ${secondsOf("14d")}`);
  });

  it("says nothing of a certificate that was never issued", () => {
    expect(certificateExpiry.quiet.map(({ name }) => name)).toContain("it has never been issued");
  });

  it("tells the team of the namespace, and whoever runs the platform of the gateway's", () => {
    expect(told(certificateExpiry, { namespace: "team-frontend", name: "shop" })).toEqual(["frontend-chat"]);
    expect(told(certificateExpiry, { namespace: "istio-system", name: "gateway" })).toEqual(["platform-chat"]);
  });
});
