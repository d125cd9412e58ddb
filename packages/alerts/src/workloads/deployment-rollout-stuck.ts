import { equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const condition = metric("kube_deployment_status_condition");
const updated = metric("kube_deployment_status_replicas_updated");
const reasons = metric("kube_pod_container_status_waiting_reason");
const by = ["namespace", "deployment"] as const;
const checkout = { namespace: "team-backend", deployment: "checkout" } as const;
const stuck = { condition: "Progressing", status: "false" } as const;

/** A rollout has made no progress within its deadline. */
export const deploymentRolloutStuck: Alert = defineAlert({
  name: "DeploymentRolloutStuck",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: equal(max(select(condition, stuck), { by }), 1),
  // The deadline, progressDeadlineSeconds, is over by then: 10 minutes unless set otherwise.
  for: "5m",
  summary: ({ namespace, deployment }) => `The rollout of ${namespace}/${deployment} is stuck`,
  description: ({ namespace, deployment }) =>
    `The rollout of the Deployment ${namespace}/${deployment} has made no progress within its deadline.`,
  impact: "Two versions run side by side, the new one in part; the change has not arrived.",
  runbook: {
    meaning:
      "New replicas do not become ready, or cannot be made at all. Kubernetes keeps the old ones, as many as maxUnavailable leaves, and waits; it does not go back by itself.",
    impact:
      "The service runs on the old replicas. If the change came with one of the database or of an API, the two versions may not get along.",
    diagnosis: [
      {
        text: "What does the condition say? ProgressDeadlineExceeded, or ReplicaFailure: a quota or an admission policy refuses the pods.",
        command: "kubectl describe deployment --namespace <namespace> <deployment>",
      },
      {
        text: "What do the new pods wait for?",
        promql: equal(max(select(reasons, { namespace: "<namespace>" }), { by: ["pod", "container", "reason"] }), 1),
      },
      {
        text: "How far has it come?",
        promql: max(select(updated, { namespace: "<namespace>" }), { by }),
      },
      {
        text: "What do they say?",
        command:
          "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=<deployment> --since 30m --prefix --tail 50",
      },
      { text: "What was changed?", command: "kubectl rollout history --namespace <namespace> deployment/<deployment>" },
    ],
    mitigation: [
      {
        text: "Revert the change in Git and let Argo CD sync: the old replicas are there, so that it takes seconds. A rollout undo by hand is taken back by Argo CD.",
      },
      { text: "If a dependency or a secret is missing, bring it: the rollout goes on by itself." },
      { text: "If a quota refuses pods, lower maxSurge or ask the platform's team for more." },
    ],
  },
  firstQueries: {
    logs: '{k8s_namespace_name="<namespace>", service_name="<deployment>"}',
    traces: '{ resource.service.name = "<deployment>" && status = error }',
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "its deadline is over",
      after: "3m",
      until: "20m",
      labels: checkout,
      series: [
        series(
          condition,
          { ...checkout, ...stuck, reason: "ProgressDeadlineExceeded" },
          steady(0, "3m"),
          steady(1, "17m"),
          steady(0),
        ),
        series(
          condition,
          { ...checkout, condition: "Progressing", status: "true" },
          steady(1, "3m"),
          steady(0, "17m"),
          steady(1),
        ),
      ],
    },
  ],
  quiet: [
    {
      name: "it goes on",
      series: [
        series(condition, { ...checkout, ...stuck }, steady(0)),
        series(condition, { ...checkout, condition: "Progressing", status: "true" }, steady(1)),
        series(condition, { ...checkout, condition: "Available", status: "false" }, steady(1)),
      ],
    },
  ],
});
