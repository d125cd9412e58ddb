import { equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const up = metric("up");
const by = ["instance"] as const;
const kubelet = { instance: "10.30.0.7:10250", job: "kubelet" } as const;

/** A kubelet does not answer Prometheus on any of its paths. */
export const kubeletDown: Alert = defineAlert({
  name: "KubeletDown",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: equal(max(select(up, { job: "kubelet" }), { by }), 0),
  for: "15m",
  summary: ({ instance }) => `The kubelet at ${instance} does not answer`,
  description: ({ instance }) =>
    `Prometheus has reached the kubelet at ${instance} on none of its paths for 15 minutes.`,
  impact:
    "Use of processor, memory and volumes of that node is unknown: the alerts about them are blind, autoscaling may be.",
  runbook: {
    meaning:
      "The node is still there, for Prometheus knows its address, and the kubelet's port 10250 does not answer or refuses the credentials. If the node is not ready, NodeNotReady says more. If it is ready, the network between Prometheus and the node is closed, or the kubelet's serving certificate or its authorization is at fault.",
    impact:
      "No metrics of containers and volumes come from the node. kubectl logs and exec use the same port from the control plane and may fail, too.",
    diagnosis: [
      nodeOfInstance,
      { text: "How many are there?", promql: equal(max(select(up, { job: "kubelet" }), { by }), 0) },
      { text: "Is the node ready?", command: "kubectl get nodes --output wide" },
      {
        text: "What does Prometheus say: a timeout (network), 401 or 403 (authorization), x509 (certificate)? Its page of targets shows the error.",
        command: "kubectl port-forward --namespace monitoring service/prometheus-operated 9090",
      },
      {
        text: "Does the way over the API server work?",
        command: "kubectl get --raw /api/v1/nodes/<node>/proxy/healthz",
      },
    ],
    mitigation: [
      {
        text: "A timeout: open port 10250 from Prometheus to the nodes, in the NetworkPolicy of its namespace and in the security group of the nodes.",
      },
      {
        text: "401 or 403: give Prometheus' service account get on nodes/metrics again; all kubelets show it then.",
      },
      { text: "x509: see KubeletServerCertificateExpiry." },
      { text: "If only this kubelet hangs, replace the node." },
      replaceNode,
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "no path answers",
      after: "5m",
      until: "30m",
      labels: { instance: kubelet.instance },
      series: [
        series(up, { ...kubelet, endpoint: "https-metrics" }, steady(1, "5m"), steady(0, "25m"), steady(1)),
        series(up, { ...kubelet, endpoint: "http-metrics" }, steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "one of the paths answers",
      series: [
        series(up, { ...kubelet, endpoint: "https-metrics" }, steady(1)),
        series(up, { ...kubelet, endpoint: "http-metrics" }, steady(0)),
      ],
    },
    { name: "another target is down", series: [series(up, { ...kubelet, job: "node-exporter" }, steady(0))] },
  ],
});
