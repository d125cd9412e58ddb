import {
  greaterThan,
  increase,
  type LabelOf,
  lessThan,
  type Metric,
  metric,
  min,
  or,
  platformDashboardUid,
  sum,
} from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";
import { replaceNode } from "./node-of-instance.ts";

const client = metric("kubelet_certificate_manager_client_ttl_seconds");
const server = metric("kubelet_certificate_manager_server_ttl_seconds");
const clientErrors = metric("kubelet_certificate_manager_client_expiration_renew_errors");
const serverErrors = metric("kubelet_server_expiration_renew_errors");
const by = ["node"] as const;
const node = { node: "node-a" } as const;

const waitingRequests = {
  text: "Does a signing request of the node wait or was it denied? Its name is in REQUESTOR.",
  command: "kubectl get certificatesigningrequests --sort-by .metadata.creationTimestamp",
} as const;

const kubeletLog = {
  text: "Why does the kubelet not renew it? Look for certificate_manager.",
  command:
    "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host journalctl --unit kubelet --grep certificate",
} as const;

const approve = {
  text: "If a request of the node waits and is honest (the requestor is system:node:<node>, the addresses are the node's), approve it.",
  command: "kubectl certificate approve <request>",
} as const;

/** The certificate with which a kubelet authenticates to the API server expires. */
export const kubeletClientCertificateExpiry: Alert = expiry("KubeletClientCertificateExpiry", "client", client, {
  meaning:
    "A kubelet renews its client certificate when 70 to 90 % of its life are over. This one is far beyond that. Kubelets that authenticate with IAM, as those of EKS, have no such certificate and never fire.",
  impact:
    "With an expired certificate the API server refuses the kubelet: the node becomes not ready, and its pods are evicted.",
  diagnosis: [
    { text: "Which nodes, and how many seconds are left?", promql: min(client, { by }) },
    waitingRequests,
    kubeletLog,
  ],
  mitigation: [approve, replaceNode],
});

/** The certificate with which a kubelet answers the API server and Prometheus expires. */
export const kubeletServerCertificateExpiry: Alert = expiry("KubeletServerCertificateExpiry", "serving", server, {
  meaning:
    "A kubelet renews its serving certificate when 70 to 90 % of its life are over: of the 45 days on EKS at least 4 are left then. This one is beyond that, so that the renewal has failed for days.",
  impact:
    "With an expired certificate kubectl logs, exec and port-forward fail for the pods of the node, and so do metrics-server and Prometheus. Pods go on running.",
  diagnosis: [
    { text: "Which nodes, and how many seconds are left?", promql: min(server, { by }) },
    waitingRequests,
    kubeletLog,
  ],
  mitigation: [
    approve,
    { text: "If nobody approves any, the approver is down: on EKS that is part of the control plane; open a case." },
    replaceNode,
  ],
});

/** A kubelet tries in vain to renew a certificate. */
export const kubeletCertificateRenewalFailing: Alert = defineAlert({
  name: "KubeletCertificateRenewalFailing",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: or(
    greaterThan(sum(increase(serverErrors, "15m"), { by }), 0),
    greaterThan(sum(increase(clientErrors, "15m"), { by }), 0),
  ),
  for: "15m",
  summary: ({ node }) => `The kubelet of ${node} cannot renew a certificate`,
  description: ({ node }) =>
    `The kubelet of ${node} has failed for 15 minutes to renew its client or serving certificate.`,
  impact: "None until the old one expires; then logs, exec and metrics of the node fail, or the node is not ready.",
  runbook: {
    meaning:
      "The kubelet asked for a new certificate and did not get one: the API server was not reached, the request was denied, or nobody approved it within 15 minutes.",
    impact: "There are days left: the expiry alerts say how many.",
    diagnosis: [
      { text: "How long is the serving certificate still valid?", promql: min(server, { by }) },
      waitingRequests,
      kubeletLog,
    ],
    mitigation: [approve, replaceNode],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [serverErrors, clientErrors].map((failing, index) => ({
    name: index === 0 ? "the serving certificate is not renewed" : "the client certificate is not renewed",
    after: "6m",
    labels: node,
    series: [serverErrors, clientErrors].map((counter) =>
      series(counter, node, steady(1, "5m"), growing({ from: 1, perMinute: counter === failing ? 1 : 0 })),
    ),
  })),
  quiet: [
    {
      name: "it failed long ago",
      series: [series(serverErrors, node, steady(3)), series(clientErrors, node, steady(3))],
    },
  ],
});

type Remaining = Metric<string, LabelOf<"kubelet_certificate_manager_server_ttl_seconds">>;

function expiry(name: string, kind: string, remaining: Remaining, runbook: Runbook): Alert {
  return defineTunableAlert({ value: 172_800, unit: "seconds" }, (limit) =>
    defineAlert({
      name,
      category: "cluster",
      severity: "warning",
      labels: by,
      expr: lessThan(min(remaining, { by }), limit),
      for: "15m",
      summary: ({ node }) => `The ${kind} certificate of the kubelet of ${node} expires`,
      description: ({ node }) =>
        `The ${kind} certificate of the kubelet of ${node} expires in less than ${Math.round(limit / 3600)} hours and has not been renewed.`,
      impact: runbook.impact,
      runbook,
      dashboard: platformDashboardUid("nodes"),
      fires: [
        {
          name: "less is left",
          after: "5m",
          until: "30m",
          labels: node,
          series: [series(remaining, node, steady(limit * 2, "5m"), steady(limit * 0.75, "25m"), steady(limit * 20))],
        },
      ],
      quiet: [{ name: "a little more is left", series: [series(remaining, node, steady(limit * 1.5))] }],
    }),
  );
}
