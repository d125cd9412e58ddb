import { countOf, greaterThan, metric, platformDashboardUid, rate, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const broken = metric("coredns_forward_healthcheck_broken_total");
const rejected = metric("coredns_forward_max_concurrent_rejects_total");
const failures = metric("coredns_proxy_healthcheck_failures_total");
const upstream = metric("coredns_proxy_request_duration_seconds");
const by = ["job"] as const;
const coreDns = { job: "coredns" } as const;
const rising = [steady(0, "5m"), growing({ from: 0, perMinute: 3, lasts: "31m" }), steady(90)];

/** The DNS servers find none of their upstream servers healthy. */
export const coreDnsUpstreamUnhealthy: Alert = defineAlert({
  name: "CoreDnsUpstreamUnhealthy",
  category: "cluster",
  severity: "critical",
  labels: by,
  expr: greaterThan(sum(rate(broken, "5m"), { by }), 0),
  for: "5m",
  summary: ({ job }) => `${job} has no healthy upstream server`,
  description: ({ job }) => `For 5 minutes ${job} has found all upstream servers unhealthy, again and again.`,
  impact:
    "Names outside the cluster do not resolve: databases, queues and APIs of the cloud and of partners are not found.",
  runbook: {
    meaning:
      "CoreDNS checks the servers to which it forwards with a query of their own. All of them failed it; it then asks one at random, in the hope that the checks are wrong. Names of the cluster are not affected.",
    impact: "New connections to anything outside fail. Names in a cache live on until their time is over.",
    diagnosis: [
      { text: "Which servers fail?", promql: sum(rate(failures, "5m"), { by: ["to"] }) },
      {
        text: "What do they answer, if anything?",
        promql: sum(rate(countOf(upstream), "5m"), { by: ["to", "rcode"] }),
      },
      {
        text: "Does the VPC's resolver answer a pod directly? It is the second address of the VPC, or 169.254.169.253.",
        command:
          "kubectl run dns-test --rm -it --restart Never --image busybox -- nslookup amazonaws.com 169.254.169.253",
      },
      {
        text: "Was a NetworkPolicy, a security group or the VPC's DHCP options changed?",
        command: "kubectl get networkpolicies --namespace kube-system",
      },
    ],
    mitigation: [
      { text: "If a change closed the way (UDP and TCP 53), take it back." },
      {
        text: "If a server of your own is down (a forwarder to another network), take it out of the Corefile in Git until it is back.",
      },
      {
        text: "If the VPC's resolver itself does not answer from several nodes, open a case of the highest severity with the cloud's support.",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"coredns-.*" |= "HINFO"' },
  dashboard: platformDashboardUid("dns"),
  fires: [
    {
      name: "none is healthy",
      after: "6m",
      until: "39m",
      labels: coreDns,
      series: [series(broken, coreDns, ...rising)],
    },
  ],
  quiet: [{ name: "none was healthy long ago", series: [series(broken, coreDns, steady(12))] }],
});

/** The DNS servers refuse queries because too many wait for an upstream server. */
export const coreDnsOverloaded: Alert = defineAlert({
  name: "CoreDnsOverloaded",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: greaterThan(sum(rate(rejected, "5m"), { by }), 0),
  for: "5m",
  summary: ({ job }) => `${job} refuses queries: too many wait for upstream servers`,
  description: ({ job }) =>
    `For 5 minutes ${job} has refused queries, because as many as max_concurrent allows were waiting for an upstream server.`,
  impact: "Some names outside the cluster do not resolve at the first attempt.",
  runbook: {
    meaning:
      "The plugin forward has a limit of queries that may wait (max_concurrent, 1000 in the usual Corefile). Upstream servers are slow, or there are far more queries than usual.",
    impact: "Refused queries get REFUSED at once; clients ask again, some fail.",
    diagnosis: [
      {
        text: "Are there more queries than usual, or are the answers slow?",
        promql: sum(rate(countOf(upstream), "5m"), { by: ["to", "rcode"] }),
      },
      {
        text: "How evenly are they spread over the replicas?",
        promql: sum(rate(metric("coredns_dns_requests_total"), "5m"), { by: ["pod"] }),
      },
      {
        text: "Who asks? The plugin `log` for a moment shows the clients' addresses; take it out again.",
        command: "kubectl logs --namespace kube-system --selector k8s-app=kube-dns --tail 200 --prefix",
      },
    ],
    mitigation: [
      {
        text: "More replicas: each has its own limit.",
        command: "kubectl scale --namespace kube-system deployment/coredns --replicas <more>",
      },
      {
        text: "If one service asks without end, have its team reuse connections; for names outside let them end in a dot.",
      },
      { text: "If upstream servers are slow, see CoreDnsSlow; raising max_concurrent only makes more of them wait." },
    ],
  },
  dashboard: platformDashboardUid("dns"),
  fires: [
    {
      name: "queries are refused",
      after: "6m",
      until: "39m",
      labels: coreDns,
      series: [series(rejected, coreDns, ...rising)],
    },
  ],
  quiet: [{ name: "queries were refused long ago", series: [series(rejected, coreDns, steady(400))] }],
});
