import { absent, equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const up = metric("up");
const available = metric("kube_deployment_status_replicas_available");
const server = { job: "coredns", instance: "10.30.3.10:9153" } as const;

/** No DNS server of the cluster answers Prometheus. */
export const coreDnsDown: Alert = defineAlert({
  name: "CoreDnsDown",
  category: "cluster",
  severity: "critical",
  expr: absent(equal(select(up, { job: "coredns" }), 1)),
  for: "5m",
  summary: "No DNS server of the cluster answers",
  description: "Prometheus has reached no CoreDNS for 5 minutes.",
  impact: "Services do not find each other: within a minute nearly every request of every team fails.",
  runbook: {
    meaning:
      "All CoreDNS pods are down, or Prometheus alone is cut off from them. Look at the symptom first: if requests of services fail everywhere (HighErrorRate), it is real.",
    impact:
      "New connections by name fail. What keeps connections open goes on for a while; a cache on each node answers what it knows, for seconds to minutes.",
    diagnosis: [
      {
        text: "Do its pods run, and are they ready?",
        command: "kubectl get pods --namespace kube-system --selector k8s-app=kube-dns --output wide",
      },
      {
        text: "Does a name resolve from a pod?",
        command:
          "kubectl run dns-test --rm -it --restart Never --image busybox -- nslookup kubernetes.default.svc.cluster.local",
      },
      {
        text: "What do they say before they end? A Corefile that does not parse, a loop, no memory.",
        command: "kubectl logs --namespace kube-system --selector k8s-app=kube-dns --tail 50 --prefix",
      },
      {
        text: "How many replicas are available?",
        promql: max(select(available, { deployment: "coredns" }), { by: ["namespace"] }),
      },
      {
        text: "Was the Corefile, the add-on or a NetworkPolicy changed?",
        command: "kubectl get configmap --namespace kube-system coredns --output yaml",
      },
    ],
    mitigation: [
      { text: "If a change came before, take it back: the Corefile in Git, the add-on's version, the NetworkPolicy." },
      {
        text: "If the pods hang, restart them one after the other.",
        command: "kubectl rollout restart --namespace kube-system deployment/coredns",
      },
      { text: "OOMKilled: raise the memory limit, and see who asks so much (CoreDnsSlow)." },
      {
        text: "No room or no nodes: CoreDNS has a priority above all others; if it does not start, the nodes are the problem (ManyNodesNotReady).",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"coredns-.*"' },
  dashboard: platformDashboardUid("dns"),
  fires: [
    {
      name: "no server answers",
      after: "5m",
      until: "20m",
      labels: {},
      series: [
        series(up, server, steady(1, "5m"), steady(0, "15m"), steady(1)),
        series(up, { job: "apiserver", instance: "10.30.0.11:443" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "one of two answers",
      series: [series(up, server, steady(0)), series(up, { ...server, instance: "10.30.4.11:9153" }, steady(1))],
    },
  ],
});
