import { increase, max, metric, platformDashboardUid, select, subtract, sum, time } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { furtherBackThan } from "../conditions/age.ts";
import { disappears } from "../conditions/disappearance.ts";
import { increaseAbove } from "../conditions/increase.ts";

const lastSync = metric("external_dns_controller_last_sync_timestamp_seconds");
const registryErrors = metric("external_dns_registry_errors_total");
const sourceErrors = metric("external_dns_source_errors_total");

/** DNS records are not kept up to date. */
export const externalDnsStale: Alert = defineTunableAlert({ value: 900, unit: "seconds" }, (seconds) =>
  defineAlert({
    ...furtherBackThan({ metric: lastSync, object: { namespace: "external-dns" }, seconds }),
    name: "ExternalDnsStale",
    category: "platform",
    severity: "warning",
    software: "external-dns",
    for: "5m",
    summary: "DNS records are not kept up to date",
    description: ({ namespace }) =>
      `The ExternalDNS in ${namespace} has not brought the records up to date for more than ${Math.round(seconds / 60)} minutes.`,
    impact: "New host names do not resolve; moved ones lead to the old address.",
    dashboard: platformDashboardUid("ingress"),
    runbook: {
      meaning:
        "ExternalDNS compares what services and gateways want with the zone, every minute or so. It has not finished such a round: the provider refuses or limits it, or one bad object stops the round.",
      impact: "Existing records stay. What was added or moved since then is wrong.",
      diagnosis: [
        { text: "How many seconds ago was the last round?", promql: subtract(time(), max(lastSync)) },
        {
          text: "Does the provider or the source fail?",
          promql: sum(increase(registryErrors, "30m"), { by: ["pod"] }),
        },
        {
          text: "What is refused? InvalidChangeBatch names the record, AccessDenied the zone, Throttling the limit.",
          command: "kubectl logs --namespace external-dns --selector app.kubernetes.io/name=external-dns --since 15m",
        },
        { text: "What does the world see?", command: "dig +short <host> @<name server of the zone>" },
      ],
      mitigation: [
        {
          text: "If one record is refused (a CNAME beside another record, a name outside the zone), correct the object that wants it: it stops all others of its batch.",
        },
        { text: "If the provider limits requests, lengthen --interval and use --events." },
        { text: "If a host must resolve now, set the record by hand with the owner's TXT record beside it." },
      ],
    },
  }),
);

/** ExternalDNS meets errors. */
export const externalDnsErrors: Alert = defineTunableAlert({ value: 5, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: sourceErrors, object: { namespace: "external-dns" }, within: "30m", limit }),
    name: "ExternalDnsSourceErrors",
    category: "platform",
    severity: "warning",
    software: "external-dns",
    for: "10m",
    summary: "ExternalDNS cannot read what wants records",
    description: ({ namespace }) =>
      `The ExternalDNS in ${namespace} has failed more than ${limit} times within 30 minutes to read services, ingresses or gateways.`,
    impact: "Records of new host names are late or missing.",
    dashboard: platformDashboardUid("ingress"),
    runbook: {
      meaning:
        "Reading the sources fails: the API server refuses, a kind that --source names is not installed, or a template of a host name does not work for an object.",
      impact: "A round that cannot read all sources changes nothing.",
      diagnosis: [
        {
          text: "Which source?",
          command: "kubectl logs --namespace external-dns --selector app.kubernetes.io/name=external-dns --since 30m",
        },
        {
          text: "May it read them?",
          command:
            "kubectl auth can-i list gateways.networking.istio.io --all-namespaces --as system:serviceaccount:external-dns:external-dns",
        },
      ],
      mitigation: [
        { text: "Add the missing permission, or take the source out of --source, in Git." },
        { text: "If a template fails for one object, correct its annotation." },
      ],
    },
  }),
);

/** ExternalDNS is down. */
export const externalDnsDown: Alert = defineAlert({
  ...disappears(lastSync),
  name: "ExternalDnsDown",
  category: "platform",
  severity: "warning",
  software: "external-dns",
  for: "15m",
  summary: "ExternalDNS is down",
  description: "Prometheus has not seen ExternalDNS for 25 minutes.",
  impact: "DNS records stay as they are: new host names do not resolve.",
  dashboard: platformDashboardUid("ingress"),
  runbook: {
    meaning: "The controller's metrics are gone: its one pod does not run, or is not scraped.",
    impact: "Nothing that exists changes. What moves to a new address is not reachable by name.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace external-dns" },
      {
        text: "Why did it end? It ends on purpose when the provider refuses its credentials.",
        command: "kubectl logs --namespace external-dns --selector app.kubernetes.io/name=external-dns --previous",
      },
      {
        text: "If it runs: is it scraped?",
        promql: max(select(metric("up"), { namespace: "external-dns" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "If it is refused, repair the role of its ServiceAccount." },
      { text: "If a new version does not start, revert it in Git. Two at once are safe only with one owner id." },
    ],
  },
});
