import { and, changes, equal, greaterThan, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const wanted = metric("kube_deployment_spec_replicas");
const available = metric("kube_deployment_status_replicas_available");
const updated = metric("kube_deployment_status_replicas_updated");
const reasons = metric("kube_pod_container_status_waiting_reason");
const by = ["namespace", "deployment"] as const;
const checkout = { namespace: "team-backend", deployment: "checkout" } as const;

/** A Deployment has fewer available replicas than it wants, and no rollout goes on. */
export const deploymentReplicasUnavailable: Alert = defineAlert({
  name: "DeploymentReplicasUnavailable",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(greaterThan(max(wanted, { by }), max(available, { by })), equal(max(changes(updated, "10m"), { by }), 0)),
  for: "15m",
  summary: ({ namespace, deployment }) => `Deployment ${namespace}/${deployment} lacks replicas`,
  description: ({ namespace, deployment }) =>
    `${namespace}/${deployment} has had fewer available replicas than it wants for 15 minutes, and its rollout makes no progress.`,
  impact: "Less capacity than planned; the next lost replica or node may take the service down.",
  runbook: {
    meaning:
      "Kubernetes wants more replicas than pass their readiness probe, and the number of updated ones has not changed for ten minutes: this is no rollout that is still going on.",
    impact: "The service runs with less than was planned for. With none available it is down.",
    diagnosis: [
      {
        text: "How many are missing?",
        promql: greaterThan(
          max(select(wanted, { namespace: "<namespace>" }), { by }),
          max(select(available, { namespace: "<namespace>" }), { by }),
        ),
      },
      {
        text: "What is wrong with the pods that are not ready?",
        command:
          "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<deployment> --output wide",
      },
      {
        text: "Do they wait for something: an image, a volume, a secret?",
        promql: equal(max(select(reasons, { namespace: "<namespace>" }), { by: ["pod", "reason"] }), 1),
      },
      {
        text: "Are there pods at all? A quota or an admission policy refuses them before they exist: see the events.",
        command: "kubectl describe deployment --namespace <namespace> <deployment>",
      },
      { text: "Is the quota used up?", command: "kubectl describe resourcequota --namespace <namespace>" },
    ],
    mitigation: [
      {
        text: "If a rollout is stuck, revert the change in Git and let Argo CD sync: the old replicas are still there.",
      },
      {
        text: "If pods are pending for want of room, look at the autoscaler's events; if the quota refuses them, lower the replicas or ask the platform's team for more.",
      },
      { text: "If the readiness probe fails because a dependency is down, go on with the dependency's alert." },
    ],
  },
  firstQueries: {
    logs: '{k8s_namespace_name="<namespace>", service_name="<deployment>"}',
    traces: '{ resource.service.name = "<deployment>" && status = error }',
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "two of three replicas are gone",
      after: "10m",
      until: "40m",
      labels: checkout,
      series: [
        series(wanted, checkout, steady(3)),
        series(available, checkout, steady(3, "10m"), steady(1, "30m"), steady(3)),
        series(updated, checkout, steady(3)),
      ],
    },
  ],
  quiet: [
    {
      name: "all replicas are available",
      series: [
        series(wanted, checkout, steady(3)),
        series(available, checkout, steady(3)),
        series(updated, checkout, steady(3)),
      ],
    },
    {
      name: "a rollout goes on",
      series: [
        series(wanted, checkout, steady(100)),
        series(available, checkout, steady(60)),
        series(updated, checkout, growing({ from: 0, perMinute: 1 })),
      ],
    },
  ],
});
