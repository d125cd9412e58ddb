/**
 * CoreDNS 1.x, the plugins `prometheus` and `forward`.
 *
 * @see https://coredns.io/plugins/metrics/
 */
export const corednsMetrics = {
  coredns_dns_requests_total: {
    type: "counter",
    unit: "count",
    labels: ["server", "zone", "view", "proto", "family", "type"],
    help: "Queries.",
  },
  coredns_dns_responses_total: {
    type: "counter",
    unit: "count",
    labels: ["server", "zone", "view", "rcode", "plugin"],
    help: "Answers, by code: NOERROR, NXDOMAIN, SERVFAIL and others.",
  },
  coredns_dns_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["server", "zone", "view"],
    help: "How long an answer took.",
  },
  coredns_panics_total: { type: "counter", unit: "count", labels: [], help: "Panics." },
  coredns_forward_healthcheck_broken_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Times that all upstream servers were found unhealthy.",
  },
  coredns_forward_max_concurrent_rejects_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Queries that were refused because too many were under way.",
  },
  coredns_proxy_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["proxy_name", "to", "rcode"],
    help: "How long an upstream server took to answer.",
  },
  coredns_proxy_healthcheck_failures_total: {
    type: "counter",
    unit: "count",
    labels: ["proxy_name", "to"],
    help: "Failed health checks of an upstream server.",
  },
} as const;
