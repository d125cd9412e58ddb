import {
  bucketsOf,
  divide,
  histogramQuantile,
  matching,
  max,
  metric,
  oneOf,
  rate,
  select,
  startingWith,
  subtract,
  sum,
  time,
} from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { type Topic, window } from "../topic.ts";

const requests = metric("istio_requests_total");
const durations = bucketsOf(metric("istio_request_duration_milliseconds"));
/** What the gateway passes on, as the gateway counts it. */
const passed = { reporter: "source", source_workload: startingWith("istio-ingress") } as const;

const ingress: Topic = {
  name: "ingress",
  title: "Ingress",
  description: "What comes in from outside, and whether its names lead here.",
  overview: [
    {
      title: "Requests by code",
      software: "istio-ingress",
      asks: sum(rate(select(requests, passed), window), { by: ["response_code"] }),
      unit: "reqps",
      legend: "{{response_code}}",
      min: 0,
      stacked: true,
      description: "Requests per second that the gateway passes on, by what they are answered with.",
    },
    {
      title: "Errors by destination",
      software: "istio-ingress",
      asks: divide(
        sum(rate(select(requests, { ...passed, response_code: matching("5..") }), window), {
          by: ["destination_service"],
        }),
        sum(rate(select(requests, passed), window), { by: ["destination_service"] }),
      ),
      unit: "percentunit",
      legend: "{{destination_service}}",
      min: 0,
      description: "Share of requests that end in an error of the server.",
    },
    {
      title: "Latency",
      software: "istio-ingress",
      asks: [
        query("p95", histogramQuantile(0.95, sum(rate(select(durations, passed), window), { by: ["le"] })), {
          exemplars: true,
        }),
      ],
      unit: "ms",
      min: 0,
      description: "95 of 100 requests from outside are answered faster.",
    },
    {
      title: "Since the names were last written",
      software: "external-dns",
      asks: subtract(time(), max(metric("external_dns_controller_last_sync_timestamp_seconds"), { by: ["pod"] })),
      unit: "s",
      legend: "{{pod}}",
      min: 0,
      description: "Time since ExternalDNS last brought the DNS zones up to date.",
    },
  ],
};

const served = { reporter: oneOf("destination", "waypoint") } as const;
const byNamespace = { by: ["destination_workload_namespace"] } as const;

const mesh: Topic = {
  name: "mesh",
  title: "Mesh",
  description: "Istio's control plane, and what its proxies see between services.",
  overview: [
    {
      title: "Requests by namespace",
      software: "istiod",
      asks: sum(rate(select(requests, served), window), byNamespace),
      unit: "reqps",
      legend: "{{destination_workload_namespace}}",
      min: 0,
      stacked: true,
      description: "Requests per second between services, by where they go.",
    },
    {
      title: "Errors by namespace",
      software: "istiod",
      asks: divide(
        sum(rate(select(requests, { ...served, response_code: matching("5..") }), window), byNamespace),
        sum(rate(select(requests, served), window), byNamespace),
      ),
      unit: "percentunit",
      legend: "{{destination_workload_namespace}}",
      min: 0,
      description: "Share of requests that end in an error of the server.",
    },
    {
      title: "Proxies",
      software: "istiod",
      asks: sum(metric("pilot_xds"), { by: ["version"] }),
      unit: "short",
      legend: "{{version}}",
      min: 0,
      decimals: 0,
      stacked: true,
      description: "Proxies that istiod serves, by their version.",
    },
    {
      title: "Until a change is everywhere",
      software: "istiod",
      asks: [
        query(
          "p99",
          histogramQuantile(0.99, sum(rate(bucketsOf(metric("pilot_proxy_convergence_time")), window), { by: ["le"] })),
          { exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "99 of 100 changes have reached their proxies faster.",
    },
  ],
};

/** What comes in, and what goes between services. */
export const trafficTopics: readonly Topic[] = [ingress, mesh];
