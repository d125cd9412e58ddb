import { increase, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { hasHappened } from "../conditions/event.ts";
import { keepsRising } from "../conditions/increase.ts";

const requests = metric("kyverno_admission_requests_total");
const drops = metric("kyverno_controller_drop_total");
const dashboard = platformDashboardUid("policies");

/** Kyverno's controllers give up objects. */
export const kyvernoControllerDrops: Alert = defineAlert({
  ...hasHappened({ metric: drops, object: { controller_name: "webhook-controller" }, within: "30m" }),
  name: "KyvernoControllerDrops",
  category: "platform",
  severity: "warning",
  software: "kyverno",
  for: "5m",
  summary: ({ controller_name }) => `Kyverno's ${controller_name} gives up`,
  description: ({ controller_name }) =>
    `Kyverno's ${controller_name} has dropped objects after all of its retries within the last 30 minutes.`,
  impact: "What that controller keeps up to date is stale: webhooks, reports, generated objects or certificates.",
  dashboard,
  runbook: {
    meaning:
      "A controller of Kyverno takes an object out of its queue for good once it has failed about ten times. The name says what is stale: webhook-controller (which objects Kyverno is asked about), certmanager-controller (its certificate), the report controllers, update-request-controller (generated and mutated objects).",
    impact:
      "A stale webhook configuration lets objects pass that a new policy covers, or calls a service that is gone. Stale reports are only stale.",
    diagnosis: [
      {
        text: "Which controllers, and how often before that?",
        promql: sum(increase(drops, "6h"), { by: ["controller_name"] }),
      },
      {
        text: "What failed? Forbidden means a missing permission, conflict means that somebody else writes the object.",
        command:
          "kubectl logs --namespace kyverno --selector app.kubernetes.io/part-of=kyverno --since 1h --prefix | grep 'failed to'",
      },
      {
        text: "Which policies are not ready?",
        command: "kubectl get validatingpolicies,mutatingpolicies,generatingpolicies --output wide",
      },
    ],
    mitigation: [
      { text: "If a permission is missing, add it to Kyverno's aggregated roles in Git." },
      {
        text: "Once the cause is gone, restart the controller: it begins with everything anew.",
        command: "kubectl rollout restart deployment --namespace kyverno <kyverno-deployment>",
      },
    ],
  },
});

/** Kyverno does not write all reports. */
export const kyvernoReportsDropped: Alert = defineAlert({
  ...keepsRising({
    metric: metric("kyverno_breaker_drops_total"),
    object: { circuit_name: "admission reports" },
  }),
  name: "KyvernoReportsDropped",
  category: "platform",
  severity: "info",
  software: "kyverno",
  for: "30m",
  summary: ({ circuit_name }) => `Kyverno drops ${circuit_name}`,
  description: ({ circuit_name }) =>
    `Kyverno has dropped ${circuit_name} for 30 minutes, because too many wait to be worked off.`,
  impact: "Policy reports lack what was dropped until the next background scan; enforcement is not touched.",
  dashboard,
  runbook: {
    meaning:
      "To protect etcd, Kyverno stops writing short-lived reports when a thousand of them wait (maxAdmissionReports). The reports controller does not merge them as fast as they come.",
    impact: "Reports and the alert on violations show less than there is.",
    diagnosis: [
      {
        text: "How many wait?",
        command: "kubectl get ephemeralreports --all-namespaces --no-headers | wc --lines",
      },
      {
        text: "Is the reports controller up, and short of memory?",
        promql: max(select(metric("container_memory_working_set_bytes"), { namespace: "kyverno" }), {
          by: ["pod", "container"],
        }),
      },
      {
        text: "Who makes so many changes? A controller that updates an object every second makes a report for each.",
        promql: sum(rate(requests, "5m"), { by: ["resource_kind", "resource_namespace"] }),
      },
    ],
    mitigation: [
      { text: "Give the reports controller more memory and CPU." },
      { text: "Leave kinds out that change all the time: resourceFilters in Kyverno's ConfigMap." },
      { text: "If a single controller is the cause, repair its loop." },
    ],
  },
});

/** Clean-up policies cannot delete. */
export const kyvernoCleanupFailing: Alert = defineAlert({
  ...hasHappened({
    metric: metric("kyverno_deleting_controller_errors_total"),
    object: { policy_name: "delete-finished-jobs" },
    sample: { resource: "jobs" },
    within: "6h",
  }),
  name: "KyvernoCleanupFailing",
  category: "platform",
  severity: "info",
  software: "kyverno",
  for: "10m",
  summary: ({ policy_name }) => `${policy_name} cannot delete`,
  description: ({ policy_name }) => `Deletions of the policy ${policy_name} have failed within the last 6 hours.`,
  impact: "What should be cleaned up stays and uses up quota.",
  dashboard,
  runbook: {
    meaning:
      "A DeletingPolicy found objects that it should delete, and the API server refused: the cleanup controller lacks the permission for the kind, or another webhook or a finalizer refuses.",
    impact: "Left-overs grow. Nothing else is touched.",
    diagnosis: [
      {
        text: "What was refused?",
        command:
          "kubectl logs --namespace kyverno --selector app.kubernetes.io/component=cleanup-controller --since 6h | grep --ignore-case error",
      },
      {
        text: "May the controller delete the kind?",
        command:
          "kubectl auth can-i delete <resource> --all-namespaces --as system:serviceaccount:kyverno:kyverno-cleanup-controller",
      },
    ],
    mitigation: [
      { text: "Add the permission to the cleanup controller's aggregated role in Git." },
      { text: "If a guard rail protects the objects on purpose, narrow the policy instead." },
    ],
  },
});
