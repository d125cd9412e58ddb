import type { Environment, Service, Tier } from "@plinth/core";
import {
  and,
  divide,
  type Expression,
  greaterThan,
  type Matchers,
  oneOf,
  rate,
  type ServedSpans,
  select,
  servedSpans,
  serviceDashboardUid,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { Alert, AlertSeverity } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series } from "../alert/scenario.ts";
import { otherSpans } from "./other-spans.ts";
import { servedPanel } from "./served-panel.ts";
import type { ServiceAlert } from "./service-alert.ts";

interface ErrorRateLimit {
  readonly severity: AlertSeverity;
  /** Share of requests that may fail. */
  readonly share: number;
  readonly for: string;
}

/** What is too much, by how much depends on the service. Promises are kept by the SLO's own alerts; this one says that something broke just now. */
export const errorRateLimits: Readonly<Record<Tier, ErrorRateLimit>> = {
  critical: { severity: "critical", share: 0.05, for: "5m" },
  high: { severity: "warning", share: 0.05, for: "10m" },
  medium: { severity: "info", share: 0.1, for: "15m" },
  low: { severity: "info", share: 0.2, for: "30m" },
};

const name = "HighErrorRate";
const { calls, kinds, statuses } = spanMetrics;
/** Fewer requests than these say nothing: 15 in five minutes. */
const leastPerSecond = 0.05;

/** Too many of a service's requests, or of the messages that it takes from a queue, fail. */
export const highErrorRate: ServiceAlert = {
  name,
  alertOf: (service, environment) => {
    const spans = servedSpans(service, environment);
    return spans === undefined ? undefined : alertOn(spans, service, environment);
  },
};

function alertOn(spans: ServedSpans, service: Service, environment: Environment): Alert {
  const { severity, share, for: duration } = errorRateLimits[service.tier];
  const limit = `${share * 100} %`;
  const requests = sum(rate(select(calls, { ...spans }), "5m"));
  const errors = sum(rate(select(calls, { ...spans, status_code: statuses.error }), "5m"));
  const traffic = (perMinute: number, failing: number): readonly InputSeries[] =>
    trafficOf(spans, environment, perMinute, failing);
  return defineAlert({
    name,
    category: "services",
    severity,
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    expr: and(greaterThan(divide(errors, requests), share), greaterThan(requests, leastPerSecond)),
    for: duration,
    summary: `${service.name} fails more than ${limit} of its requests`,
    description: (_, value) =>
      `${value.percentage} of the requests to ${service.name} have ended in an error of the server over the last 5 minutes; ${limit} are allowed.`,
    impact: "Whoever calls it gets errors.",
    runbook,
    dashboard: serviceDashboardUid(service.name),
    panel: servedPanel(spans, "errors"),
    fires: [
      {
        name: "a little more than the limit fails",
        after: "1m",
        labels: {},
        value: share * 1.2,
        series: traffic(100, share * 120),
      },
      // The window needs four minutes to hold more than the 15 requests.
      { name: "every one of few requests fails", after: "4m", labels: {}, value: 1, series: traffic(4, 4) },
    ],
    quiet: [
      { name: "a little less than the limit fails", series: traffic(100, share * 80) },
      { name: "there are too few requests to tell", series: traffic(2, 2) },
      { name: "only its own calls, another service and another environment fail", series: traffic(100, 0) },
    ],
  });
}

/** Requests to the service, while its own calls, another service and another environment fail: none of these counts. */
function trafficOf(
  spans: ServedSpans,
  environment: Environment,
  perMinute: number,
  failing: number,
): readonly InputSeries[] {
  return [
    series(calls, { ...spans, status_code: statuses.unset }, growing({ from: 0, perMinute: perMinute - failing })),
    series(calls, { ...spans, status_code: statuses.error }, growing({ from: 0, perMinute: failing })),
    ...otherSpans(spans, environment).flatMap((other) => [
      series(calls, { ...other, status_code: statuses.unset }, growing({ from: 0, perMinute: 900 })),
      series(calls, { ...other, status_code: statuses.error }, growing({ from: 0, perMinute: 900 })),
    ]),
  ];
}

/** Spans with which work enters any service: a request, or a message from a queue. */
const entry = oneOf(kinds.server, kinds.consumer);

function failuresBy(label: "span_name" | "service_name", matchers: Matchers<"service_name" | "span_kind">): Expression {
  return sum(rate(select(calls, { ...matchers, status_code: statuses.error }), "5m"), { by: [label] });
}

const runbook: Alert["runbook"] = {
  meaning:
    "Over the last five minutes a larger share of the service's requests ended in an error of the server than its tier allows. It is counted from the spans of the service itself, before sampling; for a service that only reads from queues, messages count as requests. With fewer than fifteen in five minutes it says nothing.",
  impact: "Callers get errors. Follow the calls upwards to see whether customers do: for a critical service they do.",
  diagnosis: [
    {
      text: "Which operation fails?",
      promql: failuresBy("span_name", { service_name: "<service>", span_kind: entry }),
    },
    {
      text: "Is it the service, or something that it calls? If its calls fail at the same time, go on with whom it calls.",
      promql: failuresBy("span_name", { service_name: "<service>", span_kind: kinds.client }),
    },
    {
      text: "Who else has errors now? The one that nobody below it shares is the cause.",
      promql: failuresBy("service_name", { span_kind: entry }),
    },
    {
      text: 'Read failed traces in Grafana, Explore, Tempo: `{ resource.service.name = "<service>" && status = error }`. Every trace with an error is kept.',
    },
    {
      text: "Did it begin with a deployment?",
      command: "kubectl rollout history deployment --namespace <namespace> <service>",
    },
  ],
  mitigation: [
    { text: "If it began with a deployment, revert it in Git and let Argo CD sync." },
    {
      text: "If a dependency fails, go on there; if the service can do without it, turn the feature off with its flag.",
    },
    { text: "If it is overloaded, add replicas, and look for whoever sends more than usual." },
  ],
};
