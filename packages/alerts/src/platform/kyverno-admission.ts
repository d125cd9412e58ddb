import {
  bucketsOf,
  greaterThan,
  histogramQuantile,
  increase,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { hasHappened } from "../conditions/event.ts";
import { quantileAbove } from "../conditions/quantile.ts";

const reviews = metric("kyverno_admission_review_duration_seconds");
const requests = metric("kyverno_admission_requests_total");
const results = metric("kyverno_validating_policy_results_total");
const refusals = metric("apiserver_admission_webhook_rejection_count");
const dashboard = platformDashboardUid("policies");

/** Kyverno's admission controller is down. */
export const kyvernoAdmissionDown: Alert = defineAlert({
  ...disappears(requests),
  name: "KyvernoAdmissionDown",
  category: "platform",
  // Policies that enforce fail closed: nothing can be created or changed, also not by controllers that heal.
  severity: "critical",
  software: "kyverno",
  for: "5m",
  summary: "Kyverno's admission controller is down",
  description: "Prometheus has seen no admission request at Kyverno for 15 minutes.",
  impact:
    "Where policies fail closed, nobody can create or change a pod: deployments, autoscaling and rescheduling stand still.",
  dashboard,
  firstQueries: { logs: '{namespace="kyverno", app="kyverno-admission-controller"} |~ "error|panic"' },
  runbook: {
    meaning:
      "The API server asks Kyverno before it takes an object. No replica of the admission controller reports requests any more: all are down, or Prometheus does not reach them. Find out first which: the two differ by whether a pod can be created.",
    impact:
      "With failurePolicy Fail, every create and update that a policy covers is refused with 'failed calling webhook'. What runs goes on, but a crashed node's pods do not come back elsewhere. With Ignore, everything is let in unchecked.",
    diagnosis: [
      {
        text: "Can a pod be created? This asks the whole admission chain and leaves nothing behind.",
        command: "kubectl run --dry-run=server --namespace default --image registry.k8s.io/pause:3.10 admission-probe",
      },
      {
        text: "Does the API server count calls that fail?",
        promql: greaterThan(
          sum(increase(select(refusals, { error_type: "calling_webhook_error" }), "10m"), { by: ["name"] }),
          0,
        ),
      },
      {
        text: "Where are the replicas? Pending pods may themselves wait for admission.",
        command: "kubectl get pods --namespace kyverno --output wide",
      },
      {
        text: "Why did they end? Out of memory after a burst of large objects is common.",
        command:
          "kubectl logs --namespace kyverno --selector app.kubernetes.io/component=admission-controller --previous --tail 100",
      },
    ],
    mitigation: [
      {
        text: "If the pods are out of memory or short of CPU, raise the limits; Kyverno's own namespace is not under its webhooks, so the pods can start.",
        command: "kubectl rollout restart deployment --namespace kyverno kyverno-admission-controller",
      },
      {
        text: "If a node failure must be healed now and Kyverno does not come back within minutes, escalate to the platform's lead and take its webhooks away. Kyverno makes them anew when it runs; the guard rails of Kubernetes' own admission stay.",
        command:
          "kubectl delete validatingwebhookconfigurations,mutatingwebhookconfigurations --selector webhook.kyverno.io/managed-by=kyverno",
      },
      {
        text: "Afterwards list what got in without being looked at: the background scan reports it within the hour.",
        command: "kubectl get policyreports --all-namespaces",
      },
    ],
  },
});

/** Admission takes long. */
export const kyvernoAdmissionSlow: Alert = defineTunableAlert({ value: 2.5, unit: "seconds" }, (limit) =>
  defineAlert({
    ...quantileAbove({
      metric: reviews,
      object: { namespace: "kyverno" },
      sample: { resource_kind: "Pod" },
      quantile: 0.95,
      limit,
      least: 0.02,
    }),
    name: "KyvernoAdmissionSlow",
    category: "platform",
    severity: "warning",
    software: "kyverno",
    for: "10m",
    summary: `Kyverno takes more than ${limit} seconds to answer`,
    description: ({ namespace }) =>
      `One of twenty admission reviews in ${namespace} has taken longer than ${limit} seconds for 10 minutes.`,
    impact: "Every change of the cluster is slow; after 10 seconds the API server gives up and refuses it.",
    dashboard,
    runbook: {
      meaning:
        "The API server waits for Kyverno with each change, ten seconds at most. Reviews have become slow: too little CPU, a policy that asks other services (image verification asks the registry), or a burst of changes.",
      impact:
        "kubectl and Argo CD are slow. Beyond the timeout changes fail, and controllers that retry make the burst larger.",
      diagnosis: [
        {
          text: "Which kind of object?",
          promql: histogramQuantile(
            0.95,
            sum(rate(bucketsOf(reviews), "5m"), { by: ["resource_kind", "request_webhook", "le"] }),
          ),
        },
        { text: "Is there a burst?", promql: sum(rate(requests, "5m"), { by: ["resource_kind"] }) },
        {
          text: "Are the pods at their CPU limit?",
          promql: sum(rate(select(metric("container_cpu_usage_seconds_total"), { namespace: "kyverno" }), "5m"), {
            by: ["pod"],
          }),
        },
        {
          text: "Is it the registry? Slow verification names the image.",
          command:
            "kubectl logs --namespace kyverno --selector app.kubernetes.io/component=admission-controller --since 10m | grep --ignore-case image",
        },
      ],
      mitigation: [
        {
          text: "Add replicas or CPU: reviews share nothing.",
          command: "kubectl scale deployment --namespace kyverno kyverno-admission-controller --replicas 5",
        },
        { text: "If one client floods, stop it: the requests name the kind, the audit log names the user." },
        { text: "If a registry is slow, keep verification's results longer, or use the mirror." },
      ],
    },
  }),
);

/** A policy cannot be evaluated. */
export const kyvernoPolicyErrors: Alert = defineAlert({
  ...hasHappened({
    metric: results,
    where: { result: "error" },
    object: { policy_name: "require-requests-limits" },
    sample: { resource_kind: "Pod" },
    unlike: [{ result: "fail" }],
    within: "30m",
  }),
  name: "KyvernoPolicyErrors",
  category: "platform",
  severity: "warning",
  software: "kyverno",
  for: "5m",
  summary: ({ policy_name }) => `Policy ${policy_name} cannot be evaluated`,
  description: ({ policy_name }) =>
    `Kyverno has failed to evaluate ${policy_name} within the last 30 minutes: that is neither pass nor fail.`,
  impact: "Where the policy enforces, good objects are refused; where it audits, bad ones are not reported.",
  dashboard,
  runbook: {
    meaning:
      "The policy's expression ended in an error: it reads a field that the object does not have, divides what is not a number, or asks for something that cannot be had (a ConfigMap, a registry).",
    impact: "An enforcing policy that errs refuses what it should let through.",
    diagnosis: [
      {
        text: "For which kinds of objects?",
        promql: sum(increase(select(results, { result: "error", policy_name: "<policy>" }), "30m"), {
          by: ["resource_kind", "resource_namespace", "execution_cause"],
        }),
      },
      {
        text: "What is the error?",
        command:
          "kubectl logs --namespace kyverno --selector app.kubernetes.io/part-of=kyverno --since 30m --prefix | grep '<policy>' | grep --ignore-case error",
      },
      {
        text: "Does the policy say of itself that it is not ready?",
        command: "kubectl get validatingpolicy <policy> --output jsonpath='{.status.conditionStatus}'",
      },
    ],
    mitigation: [
      { text: "If the policy changed lately, revert it in Git." },
      {
        text: "If a new kind of object brings it out, guard the expression with has() or optional fields, and test it.",
      },
      {
        text: "If it blocks deployments now, set the policy to Audit in Git until it is repaired; say so in the channel.",
      },
    ],
  },
});
