import {
  bucketsOf,
  histogramQuantile,
  matching,
  metric,
  oneOf,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { quantileAbove } from "../conditions/quantile.ts";
import { shareAbove } from "../conditions/share.ts";

const requests = metric("istio_requests_total");
const durations = metric("istio_request_duration_milliseconds");
const dashboard = platformDashboardUid("ingress");
/** What the gateway's own proxy saw: the caller's side of each request. */
const atGateway = { reporter: "source", source_workload: matching("istio-ingress.*") } as const;
const sample = {
  source_workload: "istio-ingress",
  destination_service: "frontend.team-frontend.svc",
  response_code: "200",
};
const elsewhere = [{ reporter: "destination" }, { source_workload: "checkout" }] as const;

/** Users get errors. */
export const ingressErrors: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: requests,
        where: { ...atGateway, response_code: matching("5..") },
        sample: { ...sample, response_code: "503" },
      },
      whole: { metric: requests, where: atGateway, sample },
      object: { namespace: "istio-system" },
      unlike: elsewhere,
      limit,
      least: 0.5,
    }),
    name: "IngressErrors",
    category: "platform",
    // What customers see, whichever service is to blame.
    severity: "critical",
    software: "istio-ingress",
    for: "5m",
    summary: "Users get errors at the gateway",
    description: ({ namespace }, value) =>
      `${value.percentage} of the requests through the gateway in ${namespace} have ended with a status of 500 or more over the last 5 minutes.`,
    impact: "Customers see errors.",
    dashboard,
    firstQueries: {
      logs: '{namespace="istio-system", app="istio-ingress"} | json | response_code >= 500',
      traces: "{ span.http.response.status_code >= 500 && kind = server }",
    },
    runbook: {
      meaning:
        "Of all requests that come in from outside, too many end as an error of ours. This is the sum over all services: it fires for one that is wholly down as for a gateway that is itself broken.",
      impact: "Customers cannot do what they came for. Everything else waits until this is over.",
      diagnosis: [
        {
          text: "Which service, and whose error? No flag: the service answered so. UF, UH, NR, UC: the gateway could not reach one.",
          promql: sum(rate(select(requests, { ...atGateway, response_code: matching("5..") }), "5m"), {
            by: ["destination_service", "response_code", "response_flags"],
          }),
        },
        {
          text: "Did a deployment, a change of routing, or a node replacement happen at the same time?",
          command: "argocd app list --output wide | sort --key 8",
        },
        {
          text: "Are the gateway's pods in order?",
          command: "kubectl get pods --namespace istio-system --selector istio=ingress --output wide",
        },
        {
          text: "If it is one service: which of its own calls fails? Its failed traces show the deepest span with an error.",
        },
      ],
      mitigation: [
        { text: "If one service broke with a deployment, revert that deployment first and look for the cause later." },
        { text: "If the routing changed, revert the Gateway or VirtualService." },
        { text: "If one zone or node is broken, drain it." },
        { text: "Not over within fifteen minutes: open an incident and tell support what customers see." },
      ],
    },
  }),
);

/** Users wait. */
export const ingressLatency: Alert = defineTunableAlert({ value: 2, unit: "seconds" }, (seconds) =>
  defineAlert({
    ...quantileAbove({
      metric: durations,
      where: atGateway,
      object: { namespace: "istio-system" },
      sample,
      unlike: elsewhere,
      quantile: 0.95,
      limit: seconds * 1_000,
      least: 0.5,
    }),
    name: "IngressLatency",
    category: "platform",
    severity: "warning",
    software: "istio-ingress",
    for: "10m",
    summary: "Users wait at the gateway",
    description: ({ namespace }) =>
      `One of twenty requests through the gateway in ${namespace} has taken longer than ${seconds} seconds for 10 minutes.`,
    impact: "Customers wait; some give up.",
    dashboard,
    firstQueries: { traces: "{ kind = server && duration > 2s }" },
    runbook: {
      meaning:
        "Measured at the gateway from the first byte of the request to the last of the answer, over all services. Long downloads and streams count as well.",
      impact: "Pages are slow. Callers that time out try again and make it worse.",
      diagnosis: [
        {
          text: "Which service is slow?",
          promql: histogramQuantile(
            0.95,
            sum(rate(select(bucketsOf(durations), atGateway), "5m"), { by: ["destination_service", "le"] }),
          ),
        },
        { text: "Is there more traffic than usual?", promql: sum(rate(select(requests, atGateway), "5m")) },
        {
          text: "Is the gateway itself at its CPU limit?",
          promql: sum(rate(select(metric("container_cpu_usage_seconds_total"), { namespace: "istio-system" }), "5m"), {
            by: ["pod"],
          }),
        },
        { text: "Slow traces are kept: the longest span that has no child of its own length is where the time goes." },
      ],
      mitigation: [
        { text: "If one service is slow, go on with its HighLatency." },
        { text: "If there is more traffic, add replicas where the CPU is used up, from the data store upwards." },
        { text: "If the gateway is at its limit, add replicas to it." },
      ],
    },
  }),
);

/** The gateway has nobody to send requests to. */
export const ingressNoUpstream: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: requests,
        where: { ...atGateway, response_flags: oneOf("UH", "UF", "NR", "NC") },
        sample: { ...sample, response_code: "503", response_flags: "UH" },
      },
      whole: { metric: requests, where: atGateway, sample: { ...sample, response_flags: "-" } },
      object: { destination_service: "frontend.team-frontend.svc" },
      unlike: elsewhere,
      limit,
      least: 0.05,
    }),
    name: "IngressNoUpstream",
    category: "platform",
    severity: "warning",
    software: "istio-ingress",
    for: "5m",
    summary: ({ destination_service }) => `The gateway cannot reach ${destination_service}`,
    description: ({ destination_service }, value) =>
      `${value.percentage} of the requests to ${destination_service} have found no pod that takes them over the last 5 minutes.`,
    impact: "Requests to this service are refused by the gateway, before any code of the service runs.",
    dashboard,
    runbook: {
      meaning:
        "The gateway marks why it gave up. UH: no healthy pod. UF: the connection failed. NR: no route for the host and path. NC: the route names a cluster that does not exist.",
      impact: "The service has no traces and no error rate of its own for these requests: it never saw them.",
      diagnosis: [
        {
          text: "Which flag?",
          promql: sum(rate(select(requests, { ...atGateway, destination_service: "<destination_service>" }), "5m"), {
            by: ["response_flags"],
          }),
        },
        {
          text: "UH: which addresses does the gateway know, and are they healthy?",
          command: "istioctl proxy-config endpoints --namespace istio-system <gateway-pod> | grep <service>",
        },
        {
          text: "NR, NC: which route does it take?",
          command: "istioctl proxy-config routes --namespace istio-system <gateway-pod>",
        },
        {
          text: "UF: does a network policy keep the gateway out?",
          command: "kubectl get networkpolicies --namespace <namespace>",
        },
      ],
      mitigation: [
        { text: "UH: bring the pods back; an outlier detection that threw out all of them recovers by itself." },
        { text: "NR or NC: revert the change of VirtualService, HTTPRoute or Service." },
        { text: "UF: compare the port of the Service with the one that the pod listens on, and mTLS on both sides." },
      ],
    },
  }),
);
