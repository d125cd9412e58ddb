import { componentsWithRole, type Platform, type ServicePromiseInput } from "@plinth/core";
import {
  bucketsOf,
  countOf,
  type Expression,
  matching,
  metric,
  noneOf,
  oneOf,
  type PlatformDashboardTopic,
  rate,
  type Series,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { istioRequestCounter } from "../indicators/istio-requests.ts";
import { events } from "../promises/events.ts";
import { window } from "../promises/window.ts";

/** What the platform promises about itself. */
export type PlatformSubject = "kubernetes-api" | "ingress" | "dns" | "delivery";

/** The promises about one part of the platform. */
export interface PlatformPromises {
  readonly subject: PlatformSubject;
  readonly dashboard: PlatformDashboardTopic;
  readonly promises: readonly ServicePromiseInput[];
}

/** The platform's promises: about its API server, and about its ingress, DNS and delivery where it has them. */
export function platformPromises(platform: Platform): readonly PlatformPromises[] {
  const [gateway] = componentsWithRole(platform, "ingress-gateway");
  return [
    { subject: "kubernetes-api", dashboard: "api-server", promises: kubernetesApi },
    ...(gateway === undefined
      ? []
      : [{ subject: "ingress", dashboard: "ingress", promises: ingress(gateway.name, gateway.namespace) } as const]),
    ...(componentsWithRole(platform, "dns").length === 0
      ? []
      : [{ subject: "dns", dashboard: "dns", promises: dns } as const]),
    ...(componentsWithRole(platform, "delivery").length === 0
      ? []
      : [{ subject: "delivery", dashboard: "delivery", promises: delivery } as const]),
  ];
}

function happening(series: Series): Expression {
  return sum(rate(series, window));
}

const apiRequests = select(metric("apiserver_request_total"), { job: "apiserver" });
// A watch lasts as long as somebody watches.
const apiAnswers = { job: "apiserver", verb: noneOf("WATCH", "CONNECT") } as const;
const apiDurations = metric("apiserver_request_sli_duration_seconds");

/**
 * Kubernetes' own SLOs ask for 99 % within a second for a single object. The SLI histogram leaves out what webhooks and queues take.
 *
 * @see https://github.com/kubernetes/community/blob/main/sig-scalability/slos/api_call_latency.md
 */
const kubernetesApi: readonly ServicePromiseInput[] = [
  events("availability", {
    objective: 99.9,
    what: "requests to the Kubernetes API are answered without an error of the server",
    bad: happening(select(metric("apiserver_request_total"), { job: "apiserver", code: matching("5..") })),
    total: happening(apiRequests),
  }),
  events("latency", {
    objective: 99,
    what: "requests to the Kubernetes API are answered within a second",
    alerts: "ticket",
    bad: subtract(
      happening(select(countOf(apiDurations), apiAnswers)),
      happening(select(bucketsOf(apiDurations), { ...apiAnswers, le: matching("1(\\.0)?") })),
    ),
    total: happening(select(countOf(apiDurations), apiAnswers)),
  }),
];

/** What comes in from outside, as the gateway counts it when it passes a request on. */
function ingress(gateway: string, namespace: string): readonly ServicePromiseInput[] {
  const passed = { reporter: "source", source_workload: gateway, source_workload_namespace: namespace } as const;
  return [
    events("availability", {
      objective: 99.9,
      what: "requests from outside are answered without an error of the server",
      bad: happening(select(istioRequestCounter, { ...passed, response_code: matching("5..") })),
      total: happening(select(istioRequestCounter, passed)),
    }),
  ];
}

const dnsDurations = metric("coredns_dns_request_duration_seconds");

/** An answer that says that there is no such name is an answer. */
const dns: readonly ServicePromiseInput[] = [
  events("availability", {
    objective: 99.9,
    what: "DNS queries are answered without a failure of the server",
    bad: happening(select(metric("coredns_dns_responses_total"), { rcode: oneOf("SERVFAIL", "REFUSED", "NOTIMP") })),
    total: happening(metric("coredns_dns_responses_total")),
  }),
  // A bound of the histogram: from 0.25 ms on, each twice the one before.
  // https://github.com/coredns/coredns/blob/master/plugin/metrics.go (TimeBuckets)
  events("latency", {
    objective: 99,
    what: "DNS queries are answered within 32 ms",
    alerts: "ticket",
    bad: subtract(happening(countOf(dnsDurations)), happening(select(bucketsOf(dnsDurations), { le: "0.032" }))),
    total: happening(countOf(dnsDurations)),
  }),
];

const syncs = metric("argocd_app_sync_total");

/** A sync that fails is tried again: what is promised is that few do. Syncs are rare, so a few of them say nothing. */
const delivery: readonly ServicePromiseInput[] = [
  events("syncs", {
    objective: 95,
    what: "syncs of Argo CD succeed",
    alerts: "ticket",
    minimumEvents: 20,
    bad: happening(select(syncs, { phase: oneOf("Error", "Failed") })),
    total: happening(syncs),
  }),
];
