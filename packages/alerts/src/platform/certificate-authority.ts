import { equal, increase, matching, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { hasHappened } from "../conditions/event.ts";
import { shareAbove } from "../conditions/share.ts";

const acme = metric("certmanager_http_acme_client_request_count");
const calls = metric("certmanager_controller_sync_call_count");
const errors = metric("certmanager_controller_sync_error_count");
const dashboard = platformDashboardUid("certificates");

/** The certificate authority limits our requests. */
export const acmeRateLimited: Alert = defineAlert({
  ...hasHappened({
    metric: acme,
    where: { status: "429" },
    object: { host: "acme-v02.api.letsencrypt.org" },
    sample: { action: "new_order", method: "POST", scheme: "https" },
    unlike: [{ status: "200" }],
    within: "1h",
  }),
  name: "AcmeRateLimited",
  category: "platform",
  severity: "warning",
  software: "cert-manager",
  summary: ({ host }) => `${host} limits our requests`,
  description: ({ host }) => `${host} has answered requests for certificates with 429 within the last hour.`,
  impact: "New certificates have to wait for hours, or for a week.",
  dashboard,
  runbook: {
    meaning:
      "The authority counts orders for each account, certificates for each registered domain, and failed validations for each host. One of these limits is reached. Usually something orders in a loop: an Application that deletes and makes a Certificate, or a name that can never be validated.",
    impact: "Renewals are mostly exempt; new names, and new sets of names, wait.",
    diagnosis: [
      {
        text: "Which request is refused?",
        promql: sum(increase(select(acme, { status: "429" }), "1h"), { by: ["action"] }),
      },
      {
        text: "Who orders so much? The newest requests by namespace show a loop.",
        command:
          "kubectl get certificaterequests --all-namespaces --sort-by .metadata.creationTimestamp | tail --lines 30",
      },
      {
        text: "Which limit, and until when? The order's reason has the authority's own words.",
        command:
          "kubectl get orders --all-namespaces --output custom-columns=NAME:.metadata.name,REASON:.status.reason",
      },
    ],
    mitigation: [
      { text: "Stop the loop first: pause the Application, or take the Certificate out of Git. Do not retry." },
      { text: "If a name is needed today, order it from the second issuer." },
      { text: "Use one wildcard certificate for many names of one domain, and the staging server for trials." },
    ],
  },
});

/** Requests to the certificate authority fail. */
export const acmeRequestsFailing: Alert = defineTunableAlert({ value: 0.5, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: acme, where: { status: matching("5..|999") }, sample: { status: "503" } },
      whole: { metric: acme, sample: { status: "200" } },
      object: { host: "acme-v02.api.letsencrypt.org" },
      limit,
      least: 0.01,
    }),
    name: "AcmeRequestsFailing",
    category: "platform",
    severity: "info",
    software: "cert-manager",
    for: "1h",
    summary: ({ host }) => `${host} does not answer cert-manager`,
    description: ({ host }, value) =>
      `${value.percentage} of cert-manager's requests to ${host} have failed over the last 5 minutes.`,
    impact: "Certificates are issued late. Renewals have weeks to succeed.",
    dashboard,
    runbook: {
      meaning:
        "The authority answers with errors of its own, or not at all (counted as 999). An outage of the authority is the usual reason; a way out of the cluster that is closed is the other.",
      impact:
        "Certificates for new names wait. Those that are there hold until they expire: there are weeks, unless one of them was due.",
      diagnosis: [
        {
          text: "With which status?",
          promql: sum(rate(acme, "5m"), { by: ["host", "status"] }),
        },
        {
          text: "What does the authority's own status page say? If it says nothing: can the pod reach it?",
          command:
            "kubectl debug --namespace cert-manager --stdin --tty <cert-manager-pod> --image <debug-image> -- curl --verbose --max-time 5 https://<host>/directory",
        },
      ],
      mitigation: [
        { text: "If the authority is down, wait." },
        { text: "If the way out is closed, open it in the component's connects, in Git." },
      ],
    },
  }),
);

/** cert-manager's controllers fail. */
export const certManagerSyncErrors: Alert = defineTunableAlert({ value: 0.2, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: errors },
      whole: { metric: calls },
      object: { controller: "certificates-issuing" },
      limit,
      least: 0.02,
    }),
    name: "CertManagerSyncErrors",
    category: "platform",
    severity: "warning",
    software: "cert-manager",
    for: "15m",
    summary: ({ controller }) => `cert-manager's ${controller} fails`,
    description: ({ controller }, value) =>
      `${value.percentage} of the reconciliations of cert-manager's ${controller} have failed over the last 5 minutes.`,
    impact: "Certificates are issued late or not at all, for whichever objects fail.",
    dashboard,
    runbook: {
      meaning:
        "A controller of cert-manager cannot finish its work: the API server refuses (a missing permission, cert-manager's own webhook), or something outside fails. The name says at which step: issuing, requesting, challenges, orders.",
      impact: "All certificates at that step wait.",
      diagnosis: [
        { text: "Which controllers?", promql: sum(increase(errors, "30m"), { by: ["controller"] }) },
        {
          text: "What is the error?",
          command: "kubectl logs --namespace cert-manager --selector app.kubernetes.io/name=cert-manager --since 30m",
        },
        {
          text: "Does its webhook answer? 'failed calling webhook' in the log says that it does not.",
          command: "cmctl check api",
        },
      ],
      mitigation: [
        {
          text: "If the webhook's certificate is not trusted, restart the injector: it writes the authority into the webhook's configuration.",
          command: "kubectl rollout restart deployment --namespace cert-manager cert-manager-cainjector",
        },
        { text: "If it began with an upgrade, check that the custom resource definitions were upgraded with it." },
      ],
    },
  }),
);

/** cert-manager is down. */
export const certManagerDown: Alert = defineAlert({
  ...disappears(metric("certmanager_clock_time_seconds_gauge")),
  name: "CertManagerDown",
  category: "platform",
  severity: "warning",
  software: "cert-manager",
  for: "30m",
  summary: "cert-manager is down",
  description: "Prometheus has not seen cert-manager for 40 minutes.",
  impact: "No certificate is issued or renewed, and the alerts on certificates are silent.",
  dashboard,
  runbook: {
    meaning:
      "The controller exposes its clock as long as it runs. It is gone: no pod runs, or none is scraped. All series about certificates went with it, so no certificate alert can fire.",
    impact: "Certificates that are due are not renewed. There are weeks of time, unless nobody notices.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace cert-manager" },
      {
        text: "Which certificates would expire first? Ask the Secrets, for the metrics are gone.",
        command:
          "kubectl get certificates --all-namespaces --output custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,UNTIL:.status.notAfter --sort-by .status.notAfter",
      },
      {
        text: "If it runs: is it scraped?",
        promql: equal(max(select(metric("up"), { namespace: "cert-manager" }), { by: ["job", "pod"] }), 0),
      },
    ],
    mitigation: [
      { text: "If a new version does not start, revert it in Git. Definitions may be newer than the controller." },
      { text: "If it does not become leader, delete the lease that a vanished pod holds in kube-system." },
      { text: "If a certificate expires today, have it issued elsewhere and put it into the Secret by hand." },
    ],
  },
});
