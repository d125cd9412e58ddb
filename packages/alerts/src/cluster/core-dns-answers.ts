import {
  bucketsOf,
  divide,
  greaterThan,
  histogramQuantile,
  increase,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert, RunbookStep } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";
import { fasterThan, slowerThan } from "./latency-scenario.ts";

const requests = metric("coredns_dns_requests_total");
const responses = metric("coredns_dns_responses_total");
const duration = metric("coredns_dns_request_duration_seconds");
const upstream = metric("coredns_proxy_request_duration_seconds");
const panics = metric("coredns_panics_total");
const throttled = metric("container_cpu_cfs_throttled_periods_total");
// CoreDNS for the cluster, and the cache of each node if there is one, have the same metrics.
const by = ["job"] as const;
const coreDns = { job: "coredns" } as const;

const logs = {
  text: "What do the servers say?",
  command: "kubectl logs --namespace kube-system --selector k8s-app=kube-dns --tail 100 --prefix",
} as const;

const slowUpstream: RunbookStep = {
  text: "Is it an upstream server? Compare how long each takes, and what it answers.",
  promql: histogramQuantile(0.99, sum(rate(bucketsOf(upstream), "5m"), { by: ["to", "rcode", "le"] })),
};

/** The DNS servers cannot answer what they are asked: SERVFAIL. */
export const coreDnsErrors: Alert = defineTunableAlert({ value: 0.03, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "CoreDnsErrors",
    category: "cluster",
    severity: "critical",
    labels: by,
    expr: greaterThan(
      divide(sum(rate(select(responses, { rcode: "SERVFAIL" }), "5m"), { by }), sum(rate(responses, "5m"), { by })),
      limit,
    ),
    for: "10m",
    summary: ({ job }) => `${job} cannot answer many DNS queries`,
    description: ({ job }, value) => `${value.percentage} of the answers of ${job} have been SERVFAIL for 10 minutes.`,
    impact: "Services do not find each other or the outside: requests of several teams fail at once.",
    runbook: {
      meaning:
        "SERVFAIL is the server's own failure, unlike NXDOMAIN, which is the normal answer to a wrong name. For names of the cluster CoreDNS does not reach the API server; for others its upstream servers do not answer.",
      impact:
        "Applications see `Temporary failure in name resolution` and fail or wait. Those that keep connections open go on.",
      diagnosis: [
        {
          text: "Names of the cluster or others? The zone cluster.local. is the cluster's, the dot all others.",
          promql: sum(rate(select(responses, { rcode: "SERVFAIL" }), "5m"), { by: ["zone", "plugin"] }),
        },
        slowUpstream,
        logs,
        {
          text: "Does the VPC's resolver refuse? It takes 1024 packets a second from each network interface; linklocal_allowance_exceeded counts what is above.",
          command:
            "kubectl debug node/<node> --image=nicolaka/netshoot --profile=sysadmin -it -- ethtool --statistics ens5",
        },
      ],
      mitigation: [
        {
          text: "Others' names: spread CoreDNS over more nodes (each interface has its own allowance), and lower the number of queries: names that end in a dot, ndots 2.",
          command: "kubectl scale --namespace kube-system deployment/coredns --replicas <more>",
        },
        {
          text: "Names of the cluster: CoreDNS lost the API server: ApiServerDown comes first; otherwise restart CoreDNS.",
          command: "kubectl rollout restart --namespace kube-system deployment/coredns",
        },
        { text: "If the Corefile was changed, revert it in Git." },
      ],
    },
    firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"coredns-.*" |= "SERVFAIL"' },
    dashboard: platformDashboardUid("dns"),
    fires: [
      {
        name: "more queries fail",
        after: "1m",
        labels: coreDns,
        value: limit * 1.5,
        series: answers(limit * 1.5),
      },
    ],
    quiet: [{ name: "fewer queries fail", series: answers(limit * 0.75) }],
  }),
);

/** The DNS servers take long to answer. */
export const coreDnsSlow: Alert = defineTunableAlert({ value: 1, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "CoreDnsSlow",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(histogramQuantile(0.99, sum(rate(bucketsOf(duration), "5m"), { by: ["job", "le"] })), limit),
    for: "10m",
    summary: ({ job }) => `${job} answers DNS queries slowly`,
    description: ({ job }) =>
      `One DNS query in a hundred has taken ${job} longer than ${limit} seconds for 10 minutes.`,
    impact: "Each new connection by name begins that much later; beyond 5 seconds clients give up and ask again.",
    runbook: {
      meaning:
        "CoreDNS answers names of the cluster from memory, in less than a millisecond. What is slow is an upstream server, or CoreDNS itself does not get the processor.",
      impact: "Latencies of all services rise in steps of seconds, for those requests that open a connection.",
      diagnosis: [
        slowUpstream,
        {
          text: "How many queries are there, and of which type? Four for each name means that search domains are tried first.",
          promql: sum(rate(requests, "5m"), { by: ["job", "type"] }),
        },
        {
          text: "Is it held back by a CPU limit?",
          promql: sum(rate(select(throttled, { namespace: "kube-system", container: "coredns" }), "5m"), {
            by: ["pod"],
          }),
        },
        logs,
      ],
      mitigation: [
        {
          text: "More replicas, and no CPU limit for CoreDNS.",
          command: "kubectl scale --namespace kube-system deployment/coredns --replicas <more>",
        },
        { text: "One upstream server is slow: take it out of the Corefile's forward, or repair it." },
        {
          text: "One service asks without end: have its team reuse connections, or set dnsConfig ndots 2 for its pods.",
        },
      ],
    },
    dashboard: platformDashboardUid("dns"),
    fires: [
      {
        name: "answers take longer",
        after: "1m",
        labels: coreDns,
        series: slowerThan(limit, duration, { ...coreDns, zone: "." }),
      },
    ],
    quiet: [{ name: "answers take less long", series: fasterThan(limit, duration, { ...coreDns, zone: "." }) }],
  }),
);

/** A DNS server ran into an error of its own program. */
export const coreDnsPanics: Alert = defineAlert({
  name: "CoreDnsPanics",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: greaterThan(sum(increase(panics, "10m"), { by }), 0),
  summary: ({ job }) => `${job} panics`,
  description: ({ job }) => `A query in the last 10 minutes made ${job} panic; it has caught the panic and gone on.`,
  impact: "Those queries were not answered. A query that does it again and again can be sent on purpose.",
  runbook: {
    meaning: "A plugin has a bug that some query or answer triggers. CoreDNS survives, and that query fails.",
    impact: "Usually small. If somebody sends such queries on purpose, name resolution suffers.",
    diagnosis: [
      { text: "How often, and since which version?", promql: sum(increase(panics, "1h"), { by }) },
      {
        text: "Which plugin? With the plugin `errors` the log has the query and the stack.",
        command:
          "kubectl logs --namespace kube-system --selector k8s-app=kube-dns --since 1h --prefix | grep --after-context 20 panic",
      },
    ],
    mitigation: [
      { text: "If it began with a new version of the add-on, go back to the previous one." },
      {
        text: "If a plugin is at fault that is not needed, take it out of the Corefile in Git. Tell the CoreDNS project, with the stack; a panic that outsiders can cause is a security issue, report it as such.",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="kube-system"} | k8s_pod_name=~"coredns-.*" |= "panic"' },
  dashboard: platformDashboardUid("dns"),
  fires: [
    {
      name: "a query makes it panic",
      after: "20m",
      until: "29m",
      labels: coreDns,
      series: [series(panics, coreDns, steady(0, "20m"), steady(1))],
    },
  ],
  quiet: [{ name: "it panicked long ago", series: [series(panics, coreDns, steady(1))] }],
});

function answers(failing: number): readonly InputSeries[] {
  return [
    series(responses, { ...coreDns, rcode: "NOERROR" }, growing({ from: 0, perMinute: 1000 * (1 - failing) * 0.9 })),
    series(responses, { ...coreDns, rcode: "NXDOMAIN" }, growing({ from: 0, perMinute: 1000 * (1 - failing) * 0.1 })),
    series(responses, { ...coreDns, rcode: "SERVFAIL" }, growing({ from: 0, perMinute: 1000 * failing })),
  ];
}
