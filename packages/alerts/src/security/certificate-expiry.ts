import {
  equal,
  greaterThan,
  lessThan,
  max,
  metric,
  min,
  platformDashboardUid,
  secondsOf,
  select,
  subtract,
  time,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const expiry = metric("certmanager_certificate_expiration_timestamp_seconds");
const readiness = metric("certmanager_certificate_ready_status");
const by = ["namespace", "name"] as const;
const certificate = { namespace: "team-frontend", name: "shop-tls" } as const;

/** A certificate expires in less than 14 days: cert-manager has tried to renew it for two weeks in vain. */
export const certificateExpiry: Alert = defineAlert({
  name: "CertificateExpiry",
  category: "security",
  severity: "warning",
  owner: "namespace",
  software: "cert-manager",
  labels: by,
  // cert-manager says 0 of a certificate that was never issued: internal/collectors/certificate_collector.go.
  expr: lessThan(subtract(greaterThan(min(expiry, { by }), 0), time()), secondsOf("14d")),
  for: "1h",
  summary: ({ namespace, name }) => `Certificate ${namespace}/${name} expires in less than 14 days`,
  description: ({ namespace, name }) =>
    `${namespace}/${name} has not been renewed, although cert-manager renews a certificate when a third of its life is left.`,
  impact: "Clients refuse TLS connections when it expires.",
  dashboard: platformDashboardUid("certificates"),
  runbook: {
    meaning:
      "cert-manager renews a certificate when a third of its life is left: thirty days before the end of one of ninety. Less than fourteen days means that the renewal has failed again and again: the issuer is not reachable, a DNS or HTTP challenge fails, or a rate limit is reached.",
    impact: "Nothing yet. On the day of expiry every client refuses the connection, all at once.",
    diagnosis: [
      {
        text: "Which certificates are not ready?",
        promql: equal(max(select(readiness, { condition: "False" }), { by }), 1),
      },
      {
        text: "What does the Certificate say? Its events name the request that fails.",
        command: "kubectl describe certificate --namespace <namespace> <name>",
      },
      {
        text: "How far did the order come? The state and reason of the challenge say what the authority saw.",
        command: "kubectl get certificaterequests,orders,challenges --namespace <namespace>",
      },
      { text: "Is the issuer itself ready?", command: "kubectl describe clusterissuer" },
    ],
    mitigation: [
      {
        text: "Repair what the challenge names: the DNS record, the ingress that answers it, the credentials of the issuer.",
      },
      {
        text: "Ask for a new certificate at once instead of waiting for the back-off.",
        command: "cmctl renew --namespace <namespace> <name>",
      },
      {
        text: "If the authority's rate limit is reached, use the second issuer until it is over; do not retry in a loop.",
      },
    ],
  },
  fires: [
    {
      name: "14 days and an hour are left",
      after: "61m",
      labels: certificate,
      series: [series(expiry, certificate, steady(14 * 86_400 + 3_600))],
    },
  ],
  quiet: [
    { name: "30 days are left", series: [series(expiry, certificate, steady(30 * 86_400))] },
    { name: "it has never been issued", series: [series(expiry, certificate, steady(0))] },
  ],
});
