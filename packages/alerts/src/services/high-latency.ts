import type { Environment, Service, Tier } from "@plinth/core";
import {
  and,
  bucketsOf,
  countOf,
  formatDecimal,
  greaterThan,
  histogramQuantile,
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

interface LatencyLimit {
  readonly severity: AlertSeverity;
  /** One of twenty requests may take longer than so many seconds. */
  readonly seconds: number;
  readonly for: string;
}

/**
 * What is too slow, by how much depends on the service: far beyond what is promised, for promises are kept by the SLO's own alerts. The histogram
 * ends at ten seconds.
 */
export const latencyLimits: Readonly<Record<Tier, LatencyLimit>> = {
  critical: { severity: "warning", seconds: 1, for: "10m" },
  high: { severity: "warning", seconds: 2, for: "15m" },
  medium: { severity: "info", seconds: 5, for: "30m" },
  low: { severity: "info", seconds: 5, for: "1h" },
};

const name = "HighLatency";
const { duration, kinds } = spanMetrics;
/** Fewer requests than these say nothing: 30 in five minutes. */
const leastPerSecond = 0.1;

/** One of twenty of a service's requests, or of the messages that it takes from a queue, takes too long. */
export const highLatency: ServiceAlert = {
  name,
  alertOf: (service, environment) => {
    const spans = servedSpans(service, environment);
    return spans === undefined ? undefined : alertOn(spans, service, environment);
  },
};

function alertOn(spans: ServedSpans, service: Service, environment: Environment): Alert {
  const { severity, seconds, for: holds } = latencyLimits[service.tier];
  const slowest = histogramQuantile(0.95, sum(rate(select(bucketsOf(duration), { ...spans }), "5m"), { by: ["le"] }));
  const requests = sum(rate(select(countOf(duration), { ...spans }), "5m"));
  return defineAlert({
    name,
    category: "services",
    severity,
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    expr: and(greaterThan(slowest, seconds), greaterThan(requests, leastPerSecond)),
    for: holds,
    summary: `${service.name} takes longer than ${seconds}s`,
    description: `One of twenty requests to ${service.name} has taken longer than ${seconds}s for ${holds}.`,
    impact: "Whoever calls it waits, and may give up and try again.",
    dashboard: serviceDashboardUid(service.name),
    panel: servedPanel(spans, "duration"),
    firstQueries: {
      traces: `{ resource.service.name = "${service.name}" && kind = server && duration > ${seconds}s }`,
      logs: `{service_name="${service.name}"} |~ "(?i)timeout|slow|deadline"`,
    },
    runbook,
    fires: [
      {
        name: "it is a little slower than it may be",
        after: "1m",
        labels: {},
        series: observed(spans, environment, 60, seconds),
      },
      // The window needs four minutes to hold more than the 30 requests.
      {
        name: "the few that there are take too long",
        after: "4m",
        labels: {},
        series: observed(spans, environment, 9, seconds),
      },
    ],
    quiet: [
      { name: "it is a little faster than it must be", series: observed(spans, environment, 60, seconds * 0.6) },
      { name: "there are too few requests to tell", series: observed(spans, environment, 4.5, seconds) },
    ],
  });
}

/** Requests that take between half and one and a half of some seconds, while its own calls, another service and another environment are slow. */
function observed(
  spans: ServedSpans,
  environment: Environment,
  perMinute: number,
  around: number,
): readonly InputSeries[] {
  const taking = (
    labels: ReturnType<typeof otherSpans>[number],
    rises: number,
    seconds: number,
  ): readonly InputSeries[] => [
    ...[
      { le: formatDecimal(seconds * 0.5), rise: 0 },
      { le: formatDecimal(seconds * 1.5), rise: rises },
      { le: "+Inf", rise: rises },
    ].map(({ le, rise }) => series(bucketsOf(duration), { ...labels, le }, growing({ from: 0, perMinute: rise }))),
    series(countOf(duration), { ...labels }, growing({ from: 0, perMinute: rises })),
  ];
  return [
    ...taking(spans, perMinute, around),
    ...otherSpans(spans, environment).flatMap((others) => taking(others, 900 * perMinute, 20)),
  ];
}

const entry = oneOf(kinds.server, kinds.consumer);

const runbook: Alert["runbook"] = {
  meaning:
    "The 95th percentile of the service's own spans, before sampling, over five minutes. The limit lies far above what is promised: this is no slow month, something has just become slow.",
  impact: "Callers wait; those with timeouts see errors, and their retries bring more load.",
  diagnosis: [
    {
      text: "Which operation?",
      promql: histogramQuantile(
        0.95,
        sum(rate(select(bucketsOf(duration), { service_name: "<service>", span_kind: entry }), "5m"), {
          by: ["span_name", "le"],
        }),
      ),
    },
    {
      text: "Is it the service, or what it calls? If a call is as slow as the whole, go on with whom it calls.",
      promql: histogramQuantile(
        0.95,
        sum(rate(select(bucketsOf(duration), { service_name: "<service>", span_kind: kinds.client }), "5m"), {
          by: ["span_name", "le"],
        }),
      ),
    },
    {
      text: "Is there more traffic than usual?",
      promql: sum(rate(select(countOf(duration), { service_name: "<service>", span_kind: entry }), "5m")),
    },
    {
      text: "Are its pods at their CPU limit, or do they wait for garbage collection?",
      command: "kubectl top pods --namespace <namespace> --selector app.kubernetes.io/name=<service> --containers",
    },
    { text: "Slow traces are kept. The longest span without a child of its own length is where the time goes." },
  ],
  mitigation: [
    { text: "If it began with a deployment, revert it in Git." },
    { text: "If a dependency is slow, go on there; a shorter timeout with a fallback keeps the rest alive." },
    { text: "If it is load, add replicas; for a data store look for the query first." },
  ],
};
