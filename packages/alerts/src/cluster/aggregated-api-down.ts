import { equal, increase, max, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const unavailable = metric("aggregator_unavailable_apiservice");
const becameUnavailable = metric("aggregator_unavailable_apiservice_total");
const server = { job: "apiserver" } as const;
const metricsApi = { name: "v1beta1.metrics.k8s.io" } as const;
const by = ["name"] as const;

/** The API server cannot reach a server that answers for a part of the API. */
export const aggregatedApiDown: Alert = defineAlert({
  name: "AggregatedApiDown",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: equal(max(select(unavailable, server), { by }), 1),
  for: "10m",
  summary: ({ name }) => `The aggregated API ${name} is down`,
  description: ({ name }) => `The API server has not reached the server behind ${name} for 10 minutes.`,
  impact:
    "Without metrics.k8s.io no autoscaler scales by processor or memory; and no namespace can be deleted while any API is down.",
  runbook: {
    meaning:
      "An APIService sends a part of the API to a server in the cluster (metrics-server, the adapter of KEDA or Prometheus). The API server does not reach it: its pods are not ready, its certificate is not trusted, or the network from the control plane to it is closed.",
    impact:
      "metrics.k8s.io: HorizontalPodAutoscalers by processor and memory stop, kubectl top fails. external.metrics.k8s.io: KEDA and scaling by own metrics stop. In any case deleting namespaces and garbage collection wait, because the API cannot be listed as a whole.",
    diagnosis: [
      {
        text: "What does the API server say? The message of the condition Available.",
        command: "kubectl describe apiservice <name>",
      },
      {
        text: "Which reason is counted?",
        promql: sum(increase(select(becameUnavailable, server), "1h"), { by: ["name", "reason"] }),
      },
      {
        text: "Do its pods run?",
        command: "kubectl get pods --namespace kube-system --selector app.kubernetes.io/name=metrics-server",
      },
      {
        text: "What do they say? Errors for single nodes are kubelets (KubeletServerCertificateExpiry), not this.",
        command: "kubectl logs --namespace kube-system --selector app.kubernetes.io/name=metrics-server --tail 100",
      },
    ],
    mitigation: [
      { text: "If the pods are not ready, repair them as PodCrashLooping and PodNotReady say." },
      {
        text: "FailedDiscoveryCheck with a timeout: a NetworkPolicy or the security group does not let the control plane reach the pod's port; allow it.",
      },
      {
        text: "x509: the caBundle of the APIService is not that of the server's certificate; let cert-manager's injector or the chart renew it.",
      },
      { text: "If the API belongs to something that was removed, delete the APIService in Git." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"metrics-server-.*"' },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "its server is not reached",
      after: "5m",
      until: "30m",
      labels: metricsApi,
      series: [series(unavailable, { ...server, ...metricsApi }, steady(0, "5m"), steady(1, "25m"), steady(0))],
    },
  ],
  quiet: [
    { name: "its server is reached", series: [series(unavailable, { ...server, ...metricsApi }, steady(0))] },
    {
      name: "another server says so",
      series: [series(unavailable, { job: "aggregator-of-a-tenant", ...metricsApi }, steady(1))],
    },
  ],
});
