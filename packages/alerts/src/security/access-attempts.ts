import { increase, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { increaseAbove } from "../conditions/increase.ts";

const logins = metric("argocd_login_request_total");
const admissions = metric("kyverno_admission_requests_total");
const meshFailures = metric("citadel_server_authentication_failure_count");
const dashboard = platformDashboardUid("security");

/** Logins to Argo CD fail. */
export const argoCdLoginFailures: Alert = defineTunableAlert({ value: 10, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: logins,
      where: { status: "failure" },
      object: { namespace: "argocd" },
      unlike: [{ status: "success" }],
      within: "15m",
      limit,
    }),
    name: "ArgoCdLoginFailures",
    category: "security",
    severity: "warning",
    software: "argocd",
    summary: "Many logins to Argo CD fail",
    description: ({ namespace }) =>
      `More than ${limit} logins with a password to the Argo CD in ${namespace} have failed within 15 minutes.`,
    impact: "Somebody tries passwords for what may change every cluster.",
    dashboard,
    firstQueries: { logs: '{namespace="argocd", app="argocd-server"} |= "Login" |= "failed"' },
    runbook: {
      meaning:
        "Only logins with a name and a password are counted; people come by single sign-on. So there should be hardly any, good or bad.",
      impact: "With the administrator's password somebody could deliver anything anywhere.",
      diagnosis: [
        {
          text: "For which name, from where?",
          command:
            "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-server --since 30m | grep --ignore-case login",
        },
        {
          text: "Did one succeed?",
          promql: sum(increase(select(logins, { status: "success" }), "1h"), { by: ["pod"] }),
        },
        {
          text: "Is the administrator's account enabled?",
          command: "kubectl get configmap --namespace argocd argocd-cm --output jsonpath='{.data.admin\\.enabled}'",
        },
      ],
      mitigation: [
        { text: 'Turn the administrator\'s account off: admin.enabled: "false".' },
        { text: "If a script uses an old password, give it a token of its own." },
        { text: "If one succeeded that nobody explains, escalate at once and compare what was synced since." },
      ],
    },
  }),
);

/** Admission refuses a lot in a namespace. */
export const policyDenialsSpike: Alert = defineTunableAlert({ value: 50, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: admissions,
      where: { request_allowed: "false" },
      object: { namespace: "team-backend" },
      namespaceFrom: "resource_namespace",
      sample: { resource_kind: "Pod", resource_request_operation: "create" },
      unlike: [{ request_allowed: "true" }],
      within: "15m",
      limit,
    }),
    name: "PolicyDenialsSpike",
    category: "security",
    severity: "warning",
    owner: "namespace",
    software: "kyverno",
    summary: ({ namespace }) => `Policies refuse a lot in ${namespace}`,
    description: ({ namespace }) =>
      `Kyverno has refused more than ${limit} requests in ${namespace} within 15 minutes.`,
    impact: "A controller cannot make its pods and tries again and again, or somebody tries what is forbidden.",
    dashboard: platformDashboardUid("policies"),
    runbook: {
      meaning:
        "One refusal is a mistake that its author sees. Fifty are a loop: a ReplicaSet whose pods are refused, an operator that writes an object back; or a person who probes the policies.",
      impact: "The workload behind it does not scale and does not come back when its node goes.",
      diagnosis: [
        {
          text: "What is refused?",
          promql: sum(increase(select(admissions, { request_allowed: "false" }), "15m"), {
            by: ["resource_namespace", "resource_kind", "resource_request_operation"],
          }),
        },
        {
          text: "Why? The message stands at the ReplicaSet.",
          command: "kubectl events --namespace <namespace> --types Warning",
        },
        {
          text: "Which policy changed lately?",
          command: "kubectl get validatingpolicies --sort-by .metadata.creationTimestamp",
        },
      ],
      mitigation: [
        { text: "Change the workload in Git as the message says, or revert it." },
        {
          text: "If a new policy refuses what ran before, set it to Audit first; then have it repaired where it is written.",
        },
        { text: "If a person does it, ask them; if nobody answers, see ApiServerForbidden." },
      ],
    },
  }),
);

/** Workloads cannot prove who they are. */
export const meshIdentityRefused: Alert = defineTunableAlert({ value: 10, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: meshFailures, object: { namespace: "istio-system" }, within: "15m", limit }),
    name: "MeshIdentityRefused",
    category: "security",
    severity: "warning",
    software: "istiod",
    for: "5m",
    summary: "Workloads cannot prove who they are",
    description: ({ namespace }) =>
      `istiod in ${namespace} has refused more than ${limit} requests for a certificate within 15 minutes.`,
    impact: "These workloads get no certificate: their connections fail when the old one ends.",
    dashboard: platformDashboardUid("mesh"),
    runbook: {
      meaning:
        "A proxy asks for a certificate with its ServiceAccount's token. The token is refused: expired, for another audience, or not one of this cluster.",
      impact: "New pods of the workload do not serve at all.",
      diagnosis: [
        {
          text: "Whose? The address is in the log.",
          command:
            "kubectl logs --namespace istio-system --selector app=istiod --since 15m | grep --ignore-case authenticat",
        },
        {
          text: "Against how many requests in all?",
          promql: sum(rate(metric("citadel_server_csr_count"), "5m"), { by: ["pod"] }),
        },
        {
          text: "Can istiod ask the API server for reviews of tokens?",
          command: "kubectl auth can-i create tokenreviews --as system:serviceaccount:istio-system:istiod",
        },
      ],
      mitigation: [
        {
          text: "If all are refused: istiod cannot reach the API server, or the cluster's issuer changed. Repair that.",
        },
        { text: "If one pod is: restart it. If its token is of another cluster, find out how it came here." },
      ],
    },
  }),
);
