import { max, metric, oneOf, platformDashboardUid, select, subtract, sum, time } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { furtherBackThan } from "../conditions/age.ts";
import { stateHolds } from "../conditions/state.ts";

const readiness = metric("certmanager_certificate_ready_status");
const renewal = metric("certmanager_certificate_renewal_timestamp_seconds");
const issuers = metric("certmanager_clusterissuer_ready_status");
const certificate = { namespace: "team-frontend", name: "shop-tls" } as const;
const dashboard = platformDashboardUid("certificates");

/** A Certificate is not ready. */
export const certificateNotReady: Alert = defineAlert({
  ...stateHolds({
    metric: readiness,
    where: { condition: oneOf("False", "Unknown") },
    object: certificate,
    sample: { condition: "False", issuer_name: "letsencrypt" },
    unlike: [{ condition: "True" }],
  }),
  name: "CertificateNotReady",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "cert-manager",
  // Longer than an ACME order with a DNS challenge takes.
  for: "30m",
  summary: ({ namespace, name }) => `Certificate ${namespace}/${name} is not ready`,
  description: ({ namespace, name }) =>
    `cert-manager has not been able to issue or renew ${namespace}/${name} for 30 minutes.`,
  impact: "A new host name has no certificate; an old certificate is served until it expires.",
  dashboard,
  firstQueries: { logs: '{namespace="cert-manager"} |= "<name>" |= "error"' },
  runbook: {
    meaning:
      "A Certificate is ready when its Secret holds a valid certificate for all of its names. It is not: the first issue has not succeeded, the specification changed, or the certificate has expired.",
    impact: "For a new name, clients see the wrong certificate or none. For an old one, see when it expires.",
    diagnosis: [
      {
        text: "How far did it come? The lowest object in this tree that is not ready names the reason.",
        command: "cmctl status certificate --namespace <namespace> <name>",
      },
      {
        text: "Is it this one or all of an issuer?",
        promql: sum(select(readiness, { condition: "False" }), { by: ["issuer_name", "issuer_kind"] }),
      },
      {
        text: "HTTP challenge: does the token's address answer from outside? DNS challenge: is the record there?",
        command: "dig +short TXT _acme-challenge.<host>",
      },
      {
        text: "Does a CAA record forbid the authority?",
        command: "dig +short CAA <domain>",
      },
    ],
    mitigation: [
      { text: "Repair what the challenge names: the DNS record, the ingress, the credentials for the DNS zone." },
      {
        text: "Then begin anew instead of waiting for the back-off of up to 32 hours.",
        command: "cmctl renew --namespace <namespace> <name>",
      },
      { text: "If every certificate of an issuer fails, it is the platform's: tell its team." },
    ],
  },
});

/** The time to renew a Certificate has passed. */
export const certificateRenewalOverdue: Alert = defineTunableAlert({ value: 86_400, unit: "seconds" }, (seconds) =>
  defineAlert({
    ...furtherBackThan({
      metric: renewal,
      object: certificate,
      sample: { issuer_name: "letsencrypt" },
      seconds,
    }),
    name: "CertificateRenewalOverdue",
    category: "platform",
    severity: "warning",
    owner: "namespace",
    software: "cert-manager",
    for: "10m",
    summary: ({ namespace, name }) => `Certificate ${namespace}/${name} should have been renewed`,
    description: ({ namespace, name }) =>
      `cert-manager should have renewed ${namespace}/${name} more than ${Math.round(seconds / 3600)} hours ago.`,
    impact: "None yet: the old certificate is valid for a third of its life more.",
    dashboard,
    runbook: {
      meaning:
        "cert-manager renews a certificate when a third of its life is left. That moment has passed, and the old one is still there: the renewal fails, or the controller does not come to it. This is the earliest sign; CertificateExpiry comes weeks later.",
      impact: "Nobody notices anything until the day of expiry.",
      diagnosis: [
        {
          text: "Which are overdue, and by how many seconds?",
          promql: subtract(time(), max(renewal, { by: ["namespace", "name"] })),
        },
        { text: "Why does the renewal fail?", command: "cmctl status certificate --namespace <namespace> <name>" },
        {
          text: "Was an order refused for good? A failed request is kept with its reason.",
          command: "kubectl get certificaterequests --namespace <namespace> --sort-by .metadata.creationTimestamp",
        },
      ],
      mitigation: [
        { text: "Repair the cause, then ask for the renewal.", command: "cmctl renew --namespace <namespace> <name>" },
        {
          text: "If nobody uses the certificate any more, take it out of Git: a certificate that only fails hides those that matter.",
        },
      ],
    },
  }),
);

/** A ClusterIssuer is not ready. */
export const certificateIssuerNotReady: Alert = defineAlert({
  ...stateHolds({
    metric: issuers,
    where: { condition: oneOf("False", "Unknown") },
    object: { name: "letsencrypt" },
    sample: { condition: "False" },
    unlike: [{ condition: "True" }],
  }),
  name: "CertificateIssuerNotReady",
  category: "platform",
  severity: "warning",
  software: "cert-manager",
  for: "15m",
  summary: ({ name }) => `ClusterIssuer ${name} is not ready`,
  description: ({ name }) => `The ClusterIssuer ${name} has not been ready for 15 minutes.`,
  impact: "No certificate of this issuer is issued or renewed.",
  dashboard,
  runbook: {
    meaning:
      "Before cert-manager uses an issuer it checks it: for ACME that the account is registered, for a CA that its Secret holds a key pair, for Vault that it can log in. The check fails.",
    impact: "Renewals of all of its certificates wait. The first of them expires in weeks, new names not at all.",
    diagnosis: [
      { text: "The condition's message names the reason.", command: "kubectl describe clusterissuer <name>" },
      {
        text: "Does its Secret exist? It lies in cert-manager's own namespace.",
        command: "kubectl get secrets --namespace cert-manager",
      },
      {
        text: "How many certificates depend on it?",
        promql: sum(select(readiness, { condition: "True", issuer_name: "<name>" }), { by: ["namespace"] }),
      },
    ],
    mitigation: [
      { text: "If the Secret is missing, look at the ExternalSecret that brings it." },
      {
        text: "If the authority refuses the account, register a new one: remove the account key's Secret; cert-manager makes both anew.",
      },
      { text: "If the authority is down, wait; move urgent names to the second issuer." },
    ],
  },
});
