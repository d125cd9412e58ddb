import { increase, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { increaseAbove } from "../conditions/increase.ts";

const requests = metric("apiserver_request_total");
const dashboard = platformDashboardUid("security");
const asked = { job: "apiserver", verb: "LIST", resource: "pods" } as const;

/** Many requests to the API server are not authenticated. */
export const apiServerUnauthorized: Alert = defineTunableAlert({ value: 200, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: requests,
      where: { job: "apiserver", code: "401" },
      object: {},
      sample: asked,
      unlike: [{ code: "200" }, { job: "kubelet" }],
      within: "15m",
      limit,
    }),
    name: "ApiServerUnauthorized",
    category: "security",
    severity: "warning",
    for: "5m",
    summary: "Many requests to the API server are not authenticated",
    description: `The API server has answered more than ${limit} requests with 401 within 15 minutes.`,
    impact: "A controller has lost its token and does nothing any more, or somebody tries tokens.",
    dashboard,
    firstQueries: { logs: '{source="kube-apiserver-audit"} | json | responseStatus_code = 401' },
    runbook: {
      meaning:
        "401 means that the token or certificate is not valid: expired, of another cluster, or invented. A handful a minute is background; a rise is a broken client or a search.",
      impact: "For a broken controller: whatever it does stands still.",
      diagnosis: [
        {
          text: "What is asked for?",
          promql: sum(increase(select(requests, { job: "apiserver", code: "401" }), "15m"), {
            by: ["verb", "resource"],
          }),
        },
        {
          text: 'By whom? The audit log has address and client. Addresses of pods are ours, others are not. (LogQL) sum by (sourceIPs, userAgent) (count_over_time({source="kube-apiserver-audit"} | json | responseStatus_code = `401` [15m]))',
        },
        {
          text: "Which pod has the address?",
          command: "kubectl get pods --all-namespaces --output wide | grep <address>",
        },
      ],
      mitigation: [
        { text: "If it is one of our pods, restart it: it reads its token anew." },
        { text: "If the address is from outside, close the public endpoint to it, and escalate to the security lead." },
        { text: "If a person's tool does it, help them to log in anew." },
      ],
    },
  }),
);

/** Somebody is refused again and again. */
export const apiServerForbidden: Alert = defineTunableAlert({ value: 500, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: requests,
      where: { job: "apiserver", code: "403" },
      object: {},
      sample: asked,
      unlike: [{ code: "200" }, { job: "kubelet" }],
      within: "15m",
      limit,
    }),
    name: "ApiServerForbidden",
    category: "security",
    severity: "info",
    for: "5m",
    summary: "The API server refuses many requests",
    description: `The API server has answered more than ${limit} requests with 403 within 15 minutes.`,
    impact: "A controller lacks a permission, or a stolen token is tried out.",
    dashboard,
    firstQueries: { logs: '{source="kube-apiserver-audit"} | json | responseStatus_code = 403' },
    runbook: {
      meaning:
        "403 means: known, and not permitted. Someone who tries out a stolen token asks for many kinds of things in a short time; a controller that lacks one permission asks for the same thing again and again.",
      impact: "Nothing was given away.",
      diagnosis: [
        {
          text: "One kind or many? Many kinds by one identity is a search.",
          promql: sum(increase(select(requests, { job: "apiserver", code: "403" }), "15m"), {
            by: ["verb", "resource"],
          }),
        },
        {
          text: 'Who? (LogQL) sum by (user_username) (count_over_time({source="kube-apiserver-audit"} | json | responseStatus_code = `403` [15m]))',
        },
        { text: "What may that identity do?", command: "kubectl auth can-i --list --as <user>" },
      ],
      mitigation: [
        { text: "If a controller lacks a permission that it should have, add it in Git." },
        {
          text: "If it is a search, take the token away: delete the ServiceAccount's pod and tokens, end the person's session; escalate to the security lead.",
        },
      ],
    },
  }),
);
