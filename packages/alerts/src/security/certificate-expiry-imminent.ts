import {
  greaterThan,
  lessThan,
  metric,
  min,
  platformDashboardUid,
  secondsOf,
  select,
  subtract,
  time,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const expiry = metric("certmanager_certificate_expiration_timestamp_seconds");
const by = ["namespace", "name"] as const;
const certificate = { namespace: "team-frontend", name: "shop-tls" } as const;

/** A certificate expires within days, and nobody has repaired its renewal. */
export const certificateExpiryImminent: Alert = defineTunableAlert(
  { value: secondsOf("3d"), unit: "seconds" },
  (limit) =>
    defineAlert({
      name: "CertificateExpiryImminent",
      category: "security",
      severity: "critical",
      owner: "namespace",
      software: "cert-manager",
      labels: by,
      // cert-manager says 0 of a certificate that was never issued.
      expr: lessThan(subtract(greaterThan(min(expiry, { by }), 0), time()), limit),
      for: "15m",
      summary: ({ namespace, name }) =>
        `Certificate ${namespace}/${name} expires within ${Math.round(limit / 86_400)} days`,
      description: ({ namespace, name }) =>
        `${namespace}/${name} expires in less than ${Math.round(limit / 3_600)} hours, or has expired; its renewal has failed for weeks.`,
      impact: "At that moment every client refuses the connection.",
      dashboard: platformDashboardUid("certificates"),
      firstQueries: { logs: '{namespace="cert-manager"} |= "<name>" |= "error"' },
      runbook: {
        meaning:
          "CertificateExpiry has been said for eleven days, and nothing has helped. From here on it is a matter of hours: it wakes somebody because a weekend is longer than what is left.",
        impact:
          "All users of these names, at once, with a page that tells them that the site is not safe. Clients with pinning or HSTS cannot go on even if they want to.",
        diagnosis: [
          {
            text: "How many seconds are left?",
            promql: subtract(min(select(expiry, { namespace: "<namespace>", name: "<name>" }), { by }), time()),
          },
          {
            text: "Is it used at all? See what is served, not what is in the Secret.",
            command:
              "openssl s_client -connect <host>:443 -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -enddate -subject -issuer",
          },
          {
            text: "Why does the renewal fail? The lowest object of the tree says it.",
            command: "cmctl status certificate --namespace <namespace> <name>",
          },
        ],
        mitigation: [
          {
            text: "If the challenge can be repaired within the hour, do that, and ask for the renewal.",
            command: "cmctl renew --namespace <namespace> <name>",
          },
          {
            text: "If the issuer is the problem, point the Certificate to the second issuer; it replaces the Secret as soon as it has a certificate.",
          },
          {
            text: "If neither works, have a certificate issued by hand and put it into the Secret; take the Certificate's owner annotation off, so that it is not overwritten.",
          },
          { text: "With less than a day left, open an incident: support must know." },
        ],
      },
      fires: [
        {
          name: "the time that is left falls below the limit",
          after: "61m",
          labels: certificate,
          series: [series(expiry, { ...certificate, issuer_name: "letsencrypt" }, steady(limit + 3_600))],
        },
      ],
      quiet: [
        { name: "there is more time", series: [series(expiry, certificate, steady(limit * 1.5 + 86_400))] },
        { name: "it was never issued", series: [series(expiry, certificate, steady(0))] },
      ],
    }),
);
