import { absent, equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const up = metric("up");
const exporter = { job: "kube-state-metrics", instance: "10.30.1.9:8080" } as const;

/** What says how the objects of the cluster are is gone: most alerts of this list cannot fire. */
export const kubeStateMetricsDown: Alert = defineAlert({
  name: "KubeStateMetricsDown",
  category: "cluster",
  severity: "critical",
  expr: absent(equal(select(up, { job: "kube-state-metrics" }), 1)),
  for: "10m",
  summary: "Nothing says how nodes, pods and Deployments are: kube-state-metrics is down",
  description: "Prometheus has reached no kube-state-metrics for 10 minutes.",
  impact:
    "The alerts on nodes, pods, Deployments, Jobs, autoscalers, quotas and claims are blind: silence means nothing.",
  runbook: {
    meaning:
      "kube-state-metrics turns the objects of the Kubernetes API into numbers. Its pod does not run, does not answer, or Prometheus is not let through. No alert that is made of these numbers can fire, and those that fired have ended without a cause.",
    impact:
      "Nobody is told of a lost node or of a crash loop. Dashboards of workloads are empty. Requests of users are still watched, by span metrics.",
    diagnosis: [
      {
        text: "Does its pod run, and is it ready?",
        command: "kubectl get pods --all-namespaces --selector app.kubernetes.io/name=kube-state-metrics --output wide",
      },
      {
        text: "Why did it end? OOMKilled comes with the number of objects: look for what has grown.",
        command: "kubectl describe pod --namespace <namespace> --selector app.kubernetes.io/name=kube-state-metrics",
      },
      {
        text: "If it is ready: does Prometheus see a target?",
        promql: max(select(up, { job: "kube-state-metrics" }), { by: ["instance"] }),
      },
      {
        text: "What does it say? `forbidden` is its ClusterRole.",
        command: "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=kube-state-metrics --tail 100",
      },
    ],
    mitigation: [
      { text: "OOMKilled: raise its memory limit in Git, and sync at once." },
      { text: "No target: the label `release` of its ServiceMonitor, the NetworkPolicy of its namespace." },
      { text: "No room for its pod: give it a priority class of the platform." },
      {
        text: "Until it is back, look at nodes and pods yourself every few minutes.",
        command: "kubectl get nodes && kubectl get pods --all-namespaces --field-selector status.phase!=Running",
      },
    ],
  },
  firstQueries: { logs: '{service_name="kube-state-metrics"}' },
  dashboard: platformDashboardUid("metrics"),
  fires: [
    {
      name: "it does not answer",
      after: "5m",
      until: "25m",
      labels: {},
      series: [
        series(up, exporter, steady(1, "5m"), steady(0, "20m"), steady(1)),
        series(up, { job: "node-exporter", instance: "10.30.0.7:9100" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "one of two answers",
      series: [series(up, exporter, steady(0)), series(up, { ...exporter, instance: "10.30.2.4:8080" }, steady(1))],
    },
  ],
});
