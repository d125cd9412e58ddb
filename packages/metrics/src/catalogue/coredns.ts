/**
 * CoreDNS 1.x, the plugins `prometheus`, `forward` and `cache`.
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
    labels: ["server", "zone", "view", "type"],
    help: "How long an answer took.",
  },
  coredns_panics_total: { type: "counter", unit: "count", labels: [], help: "Panics." },
  coredns_forward_healthcheck_broken_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Times that all upstream servers were found unhealthy.",
  },
} as const;
