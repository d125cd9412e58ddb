import { absent, equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const up = metric("up");
const server = { job: "apiserver", instance: "10.30.0.11:443" } as const;

/** Prometheus reaches no API server. */
export const apiServerDown: Alert = defineAlert({
  name: "ApiServerDown",
  category: "cluster",
  severity: "critical",
  expr: absent(equal(select(up, { job: "apiserver" }), 1)),
  for: "5m",
  summary: "No Kubernetes API server answers",
  description: "Prometheus has reached no API server for 5 minutes.",
  impact: "Nothing can be deployed, scaled or repaired; what runs goes on, as long as nothing of it fails.",
  runbook: {
    meaning:
      "No address behind the Service kubernetes answers Prometheus. Either the control plane is down, or the way from Prometheus to it is closed. While it is down, Kubernetes repairs nothing: pods that end are restarted on their node, but not placed anew; Services keep the endpoints that they had.",
    impact:
      "Users see nothing at first. After minutes leader election is lost, operators and autoscalers stop, tokens and leases expire; after 40 seconds nodes look lost to the control plane, if it still runs.",
    diagnosis: [
      {
        text: "Does it answer you? If it does, only Prometheus' way is closed.",
        command: "kubectl get --raw '/readyz?verbose'",
      },
      {
        text: "What does Prometheus say: a timeout (network), 401 or 403 (its token), x509?",
        promql: max(select(up, { job: "apiserver" }), { by: ["instance"] }),
      },
      {
        text: "What is the state of the cluster at the cloud, and are its subnets, security group and encryption key as they were? A control plane without free addresses in its subnets cannot be repaired by the cloud.",
        command: "aws eks describe-cluster --name <cluster>",
      },
      { text: "What was changed in the last hour: webhooks, NetworkPolicies, security groups, access entries?" },
    ],
    mitigation: [
      {
        text: "If only Prometheus is refused, repair its NetworkPolicy, its token or its permission; the cluster is well.",
      },
      {
        text: "If nobody is answered, open a case of the highest severity with the cloud's support at once, and name the cluster and the minute: the control plane is theirs.",
      },
      {
        text: "Meanwhile stop all deployments, and touch no node: a pod that ends now is not replaced elsewhere. Tell the teams.",
      },
      { text: "If a security group or a key was changed, take the change back." },
    ],
  },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "no server answers",
      after: "5m",
      until: "20m",
      labels: {},
      series: [
        series(up, server, steady(1, "5m"), steady(0, "15m"), steady(1)),
        series(up, { job: "kubelet", instance: "10.30.0.7:10250" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "one of two answers",
      series: [series(up, server, steady(0)), series(up, { ...server, instance: "10.30.0.12:443" }, steady(1))],
    },
  ],
});
