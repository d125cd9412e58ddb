import { count, equal, increase, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { increaseAbove } from "../conditions/increase.ts";
import { stateHolds } from "../conditions/state.ts";

const info = metric("rollout_info");
const errors = metric("rollout_reconcile_error");
const rollout = { namespace: "team-backend", name: "checkout" } as const;
const dashboard = platformDashboardUid("delivery");

/** A Rollout is degraded. */
export const rolloutDegraded: Alert = defineAlert({
  ...stateHolds({
    metric: info,
    where: { phase: "Degraded" },
    object: rollout,
    sample: { strategy: "canary" },
    unlike: [{ phase: "Progressing" }],
  }),
  name: "RolloutDegraded",
  category: "platform",
  severity: "warning",
  owner: "namespace",
  software: "argo-rollouts",
  for: "5m",
  summary: ({ namespace, name }) => `Rollout ${namespace}/${name} was aborted or makes no progress`,
  description: ({ namespace, name }) => `${namespace}/${name} has been degraded for 5 minutes.`,
  impact: "The new version does not go out; after an abort the old one serves everybody.",
  dashboard,
  firstQueries: { logs: '{namespace="argo-rollouts"} |= "<name>"' },
  runbook: {
    meaning:
      "An analysis failed and the Rollout went back to the old version, or its pods did not become ready within the progress deadline.",
    impact:
      "After an abort: none for users, which is what canaries are for. Past the deadline: the share of traffic of the last step still goes to the new version.",
    diagnosis: [
      { text: "At which step, and why?", command: "kubectl argo rollouts get rollout --namespace <namespace> <name>" },
      {
        text: "Which measurement failed, with which value?",
        command: "kubectl get analysisruns --namespace <namespace> --sort-by .metadata.creationTimestamp",
      },
      {
        text: "If it is the pods: why are they not ready?",
        promql: equal(
          max(select(metric("kube_pod_container_status_waiting_reason"), { namespace: "<namespace>" }), {
            by: ["pod", "reason"],
          }),
          1,
        ),
      },
    ],
    mitigation: [
      { text: "If the new version is at fault, revert it in Git: the Rollout is healthy again at once." },
      {
        text: "If the measurement was at fault (no data, a query that names what is not there), correct it and try again.",
        command: "kubectl argo rollouts retry rollout --namespace <namespace> <name>",
      },
      {
        text: "If users are hit, send everything to the old version now.",
        command: "kubectl argo rollouts abort --namespace <namespace> <name>",
      },
    ],
  },
});

/** A Rollout waits for somebody. */
export const rolloutPaused: Alert = defineAlert({
  ...stateHolds({
    metric: info,
    where: { phase: "Paused" },
    object: rollout,
    sample: { strategy: "canary" },
    unlike: [{ phase: "Healthy" }],
  }),
  name: "RolloutPaused",
  category: "platform",
  severity: "info",
  owner: "namespace",
  software: "argo-rollouts",
  // Longer than any planned step.
  for: "2h",
  summary: ({ namespace, name }) => `Rollout ${namespace}/${name} waits for somebody`,
  description: ({ namespace, name }) => `${namespace}/${name} has been paused for 2 hours.`,
  impact: "Two versions serve side by side, longer than was planned.",
  dashboard,
  runbook: {
    meaning:
      "A step without a duration waits for a person, or an analysis was inconclusive and asks for one. Somebody forgot.",
    impact: "The next deployment waits; two versions have to be thought of in every incident.",
    diagnosis: [
      { text: "Which step?", command: "kubectl argo rollouts get rollout --namespace <namespace> <name>" },
      { text: "Which others wait?", promql: count(select(info, { phase: "Paused" }), { by: ["namespace", "name"] }) },
    ],
    mitigation: [
      {
        text: "If the new version is good, go on.",
        command: "kubectl argo rollouts promote --namespace <namespace> <name>",
      },
      { text: "If not, revert it in Git." },
    ],
  },
});

/** A Rollout cannot be reconciled. */
export const rolloutReconcileErrors: Alert = defineTunableAlert({ value: 5, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: errors, object: rollout, within: "15m", limit }),
    name: "RolloutReconcileErrors",
    category: "platform",
    severity: "warning",
    software: "argo-rollouts",
    for: "5m",
    summary: ({ namespace, name }) => `Argo Rollouts cannot reconcile ${namespace}/${name}`,
    description: ({ namespace, name }) =>
      `Argo Rollouts has failed more than ${limit} times within 15 minutes to reconcile ${namespace}/${name}.`,
    impact: "The Rollout stands still, with the traffic split as it is.",
    dashboard,
    runbook: {
      meaning:
        "The controller meets an error each time: the traffic router's object is missing or not writable, a policy refuses its ReplicaSet, or the specification is invalid.",
      impact: "Neither forward nor back goes by itself.",
      diagnosis: [
        {
          text: "What is the error?",
          command:
            "kubectl logs --namespace argo-rollouts --selector app.kubernetes.io/name=argo-rollouts --since 15m | grep <name>",
        },
        { text: "Who else?", promql: sum(increase(errors, "15m"), { by: ["namespace", "name"] }) },
        {
          text: "May it write the router's object?",
          command:
            "kubectl auth can-i update virtualservices.networking.istio.io --namespace <namespace> --as system:serviceaccount:argo-rollouts:argo-rollouts",
        },
      ],
      mitigation: [
        { text: "Bring back the VirtualService or Service that the Rollout names, or correct the name." },
        { text: "If a policy refuses, change the pod template as its message says." },
      ],
    },
  }),
);

/** Argo Rollouts is down. */
export const argoRolloutsDown: Alert = defineAlert({
  ...disappears(metric("argo_rollouts_controller_info")),
  name: "ArgoRolloutsDown",
  category: "platform",
  severity: "warning",
  software: "argo-rollouts",
  for: "10m",
  summary: "Argo Rollouts is down",
  description: "Prometheus has not seen the controller of Argo Rollouts for 20 minutes.",
  impact: "No canary goes on, and none is aborted when it is bad.",
  dashboard,
  runbook: {
    meaning: "The controller's metrics are gone: no pod runs, or none is scraped.",
    impact: "Rollouts under way keep their split of traffic; analyses do not run. Pods that fail are still replaced.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace argo-rollouts" },
      {
        text: "Why did it end?",
        command:
          "kubectl logs --namespace argo-rollouts --selector app.kubernetes.io/name=argo-rollouts --previous --tail 100",
      },
      {
        text: "If it runs: is it scraped?",
        promql: max(select(metric("up"), { namespace: "argo-rollouts" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "If a new version does not start, revert it in Git." },
      { text: "If a bad canary gets traffic meanwhile, set the weights in the VirtualService by hand." },
    ],
  },
});
