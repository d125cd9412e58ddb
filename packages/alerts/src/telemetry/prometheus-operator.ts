import { increase, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { levelAbove } from "../conditions/level.ts";
import { shareAbove } from "../conditions/share.ts";
import { stateHolds } from "../conditions/state.ts";

const operations = metric("prometheus_operator_reconcile_operations_total");
const errors = metric("prometheus_operator_reconcile_errors_total");
const resources = metric("prometheus_operator_managed_resources");
const ready = metric("prometheus_operator_ready");
const controller = { namespace: "monitoring", controller: "prometheus" } as const;
const dashboard = platformDashboardUid("metrics");
const log = "kubectl logs --namespace <namespace> --selector app=kube-prometheus-stack-operator --since 30m";

/** The operator cannot reconcile. */
export const prometheusOperatorReconcileErrors: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({ part: { metric: errors }, whole: { metric: operations }, object: controller, limit, least: 0.005 }),
    name: "PrometheusOperatorReconcileErrors",
    category: "telemetry",
    severity: "warning",
    software: "prometheus-operator",
    for: "15m",
    summary: ({ controller }) => `The Prometheus operator cannot reconcile ${controller}`,
    description: ({ namespace, controller }, value) =>
      `${value.percentage} of the reconciliations of ${controller} by the operator in ${namespace} have failed over the last 5 minutes.`,
    impact: "New rules, targets and routes do not reach Prometheus or Alertmanager.",
    dashboard,
    runbook: {
      meaning:
        "The operator turns rules and monitors into configuration. It fails: the API server refuses what it writes, a Secret that is referred to is missing, or the StatefulSet cannot be changed.",
      impact: "What was merged lately is not alerted on.",
      diagnosis: [
        { text: "What is the error?", command: log },
        { text: "Which controllers?", promql: sum(increase(errors, "30m"), { by: ["controller"] }) },
        {
          text: "What do the objects say of themselves?",
          command: "kubectl get prometheuses,alertmanagers --all-namespaces --output wide",
        },
      ],
      mitigation: [
        { text: "Bring back the Secret or ConfigMap that it names." },
        {
          text: "If a field of the StatefulSet cannot be changed, the operator deletes and makes it anew; if a policy keeps it from that, allow it.",
        },
      ],
    },
  }),
);

/** The operator leaves out what somebody wrote. */
export const prometheusOperatorRejectedResources: Alert = defineAlert({
  ...levelAbove({
    metric: resources,
    where: { state: "rejected" },
    object: { ...controller, resource: "PrometheusRule" },
    unlike: [{ state: "selected" }],
    limit: 0,
  }),
  name: "PrometheusOperatorRejectedResources",
  category: "telemetry",
  severity: "warning",
  software: "prometheus-operator",
  for: "10m",
  summary: ({ resource }) => `The Prometheus operator refuses a ${resource}`,
  description: ({ namespace, controller, resource }) =>
    `The operator in ${namespace} has left out objects of the kind ${resource} for ${controller} for 10 minutes.`,
  impact: "The alerts or targets of these objects do not exist, although Git has them.",
  dashboard,
  runbook: {
    meaning:
      "An object is selected and not valid: an expression that does not parse, a Secret that does not exist, a relabelling that Prometheus would refuse. The operator leaves it out, so that the rest goes on.",
    impact: "Only its owner misses it, when it should have fired.",
    diagnosis: [
      { text: "Which object, and why?", command: `${log} | grep --ignore-case -e skipping -e rejected` },
      {
        text: "How many of which kind?",
        promql: max(select(resources, { state: "rejected" }), { by: ["controller", "resource"] }),
      },
      {
        text: "Is the rule valid?",
        command:
          "kubectl get prometheusrule --namespace <rule-namespace> <rule> --output json | jq .spec | promtool check rules /dev/stdin",
      },
    ],
    mitigation: [
      { text: "Correct the object in Git, or take it out; tell its owner." },
      { text: "Rendered rules are checked before they are merged: find out how this one got in." },
    ],
  },
});

/** The operator has not started. */
export const prometheusOperatorNotReady: Alert = defineAlert({
  ...stateHolds({ metric: ready, object: controller, is: 0 }),
  name: "PrometheusOperatorNotReady",
  category: "telemetry",
  severity: "warning",
  software: "prometheus-operator",
  for: "10m",
  summary: ({ controller }) => `The Prometheus operator is not ready for ${controller}`,
  description: ({ namespace, controller }) =>
    `The operator's controller for ${controller} in ${namespace} has not been ready for 10 minutes.`,
  impact: "Changes of rules, targets and routes have no effect.",
  dashboard,
  runbook: {
    meaning:
      "The controller has not finished reading what there is: it may not list a kind, or a definition is missing.",
    impact: "Prometheus and Alertmanager run on with what they have.",
    diagnosis: [
      { text: "What does it wait for?", command: log },
      {
        text: "Are the definitions of its version installed?",
        command: "kubectl get customresourcedefinitions | grep monitoring.coreos.com",
      },
      { text: "Which controllers are ready?", promql: max(ready, { by: ["controller"] }) },
    ],
    mitigation: [
      { text: "Apply the definitions of the operator's version before the operator." },
      { text: "Add the missing permission in Git." },
    ],
  },
});
