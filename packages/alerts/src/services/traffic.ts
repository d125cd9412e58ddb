import type { Environment, Service, Tier } from "@plinth/core";
import {
  ago,
  and,
  divide,
  type Expression,
  equal,
  greaterThan,
  lessThan,
  or,
  rate,
  type ServedSpans,
  select,
  servedSpans,
  serviceDashboardUid,
  spanMetrics,
  sum,
  vector,
} from "@plinth/metrics";
import type { Alert, AlertSeverity } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, missing, type Samples, series } from "../alert/scenario.ts";
import { otherSpans } from "./other-spans.ts";
import { servedPanel } from "./served-panel.ts";
import type { ServiceAlert } from "./service-alert.ts";

interface TrafficLimit {
  readonly severity: AlertSeverity;
  /** Of the traffic at the same hour of the day before, at least this share. */
  readonly share: number;
  readonly for: string;
}

/** How much less traffic than a day before is too little. Of services that little depends on, nothing is too little. */
export const trafficDropLimits: Readonly<Partial<Record<Tier, TrafficLimit>>> = {
  critical: { severity: "warning", share: 0.3, for: "15m" },
  high: { severity: "info", share: 0.2, for: "30m" },
};

/** How much more traffic than a day before is worth knowing. */
export const trafficSpikeLimits: Readonly<Partial<Record<Tier, TrafficLimit>>> = {
  critical: { severity: "info", share: 4, for: "15m" },
};

const { calls, kinds, statuses } = spanMetrics;
/** Fewer requests than these say nothing: one in two seconds. */
const leastPerSecond = 0.5;
const day = 1440;

const now = (spans: ServedSpans): Expression => sum(rate(select(calls, { ...spans }), "15m"));

/** Much less comes in than at the same hour of the day before. */
export const trafficDrop: ServiceAlert = {
  name: "TrafficDrop",
  alertOf: (service, environment) => {
    const spans = servedSpans(service, environment);
    const limit = trafficDropLimits[service.tier];
    return spans === undefined || limit === undefined || !environment.production
      ? undefined
      : dropAlert(spans, limit, service, environment);
  },
};

/** Much more comes in than at the same hour of the day before. */
export const trafficSpike: ServiceAlert = {
  name: "TrafficSpike",
  alertOf: (service, environment) => {
    const spans = servedSpans(service, environment);
    const limit = trafficSpikeLimits[service.tier];
    return spans === undefined || limit === undefined ? undefined : spikeAlert(spans, limit, service, environment);
  },
};

/** Nothing comes in at all. */
export const noTraffic: ServiceAlert = {
  name: "NoTraffic",
  alertOf: (service, environment) => {
    const spans = servedSpans(service, environment);
    return spans === undefined || service.tier !== "critical" || !environment.production
      ? undefined
      : silenceAlert(spans, service, environment);
  },
};

/** The rate of the day before: the same selector, a day back. */
function before(spans: ServedSpans): Expression {
  return sum(rate(ago(select(calls, { ...spans }), "1d"), "15m"));
}

function dropAlert(
  spans: ServedSpans,
  { severity, share, for: holds }: TrafficLimit,
  service: Service,
  environment: Environment,
): Alert {
  return defineAlert({
    name: "TrafficDrop",
    category: "services",
    severity,
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    expr: and(lessThan(divide(now(spans), before(spans)), share), greaterThan(before(spans), leastPerSecond)),
    for: holds,
    summary: `${service.name} gets much less traffic than yesterday`,
    description: (_, value) =>
      `${service.name} gets ${value.percentage} of the requests of the same hour of yesterday.`,
    impact: "Users do not get through to it, or do not get as far: what fails before it does not show in its errors.",
    dashboard: serviceDashboardUid(service.name),
    panel: servedPanel(spans, "rate"),
    runbook: dropRunbook,
    fires: [
      {
        name: "a little less comes than may",
        after: `${day + 15}m`,
        labels: {},
        value: share * 0.8,
        series: traffic(spans, environment, 60, 60 * share * 0.8, 1),
      },
      {
        name: "few come where somewhat more came",
        after: `${day + 15}m`,
        labels: {},
        value: share * 0.8,
        series: traffic(spans, environment, 45, 45 * share * 0.8, 1),
      },
    ],
    quiet: [
      { name: "somewhat less comes", series: traffic(spans, environment, 60, 60 * share * 1.2) },
      { name: "there was hardly anything before", series: traffic(spans, environment, 22, 0) },
    ],
  });
}

function spikeAlert(
  spans: ServedSpans,
  { severity, share, for: holds }: TrafficLimit,
  service: Service,
  environment: Environment,
): Alert {
  return defineAlert({
    name: "TrafficSpike",
    category: "services",
    severity,
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    expr: and(greaterThan(divide(now(spans), before(spans)), share), greaterThan(now(spans), leastPerSecond)),
    for: holds,
    summary: `${service.name} gets ${share} times the traffic of yesterday`,
    description: (_, value) =>
      `${service.name} gets ${value.percentage} of the requests of the same hour of yesterday.`,
    impact: "It may become slow; its dependencies as well.",
    dashboard: serviceDashboardUid(service.name),
    panel: servedPanel(spans, "rate"),
    runbook: spikeRunbook,
    fires: [
      {
        name: "a little more comes than may",
        // Of the first minutes of the day before, the window holds only a part.
        after: `${day + 15}m`,
        labels: {},
        value: share * 1.2,
        series: traffic(spans, environment, 60, 60 * share * 1.2, 14),
      },
      {
        name: "hardly any become few",
        after: `${day + 15}m`,
        labels: {},
        value: share * 1.2,
        series: traffic(spans, environment, 45 / (share * 1.2), 45, 6),
      },
    ],
    quiet: [
      { name: "somewhat more comes", series: traffic(spans, environment, 60, 60 * share * 0.8) },
      { name: "there is hardly anything", series: traffic(spans, environment, 22 / (share * 1.2), 22) },
    ],
  });
}

function silenceAlert(spans: ServedSpans, service: Service, environment: Environment): Alert {
  return defineAlert({
    name: "NoTraffic",
    category: "services",
    // A critical service in production without a single request is down, or cut off, or not measured: each is worth a call.
    severity: "critical",
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    // Without any series there is nothing to compare: 0 stands in.
    expr: equal(or(sum(rate(select(calls, { ...spans }), "10m")), vector(0)), 0),
    for: "10m",
    summary: `${service.name} gets no traffic`,
    description: `No request has reached ${service.name} for 10 minutes.`,
    impact: "Nobody uses it, because nobody can; or it is not measured, and no other alert about it can fire.",
    dashboard: serviceDashboardUid(service.name),
    panel: servedPanel(spans, "rate"),
    runbook: silenceRunbook,
    fires: [
      {
        name: "no more come",
        after: "19m",
        labels: {},
        series: [
          of(spans, [growing({ from: 0, perMinute: 30, lasts: "11m" }), growing({ from: 300, perMinute: 0 })]),
          ...others(spans, environment, 60),
        ],
      },
      { name: "there is not even a series", labels: {}, series: others(spans, environment, 60) },
    ],
    quiet: [
      { name: "few come", series: [of(spans, [growing({ from: 10, perMinute: 0.5 })])] },
      {
        name: "it restarts",
        series: [
          of(spans, [
            growing({ from: 0, perMinute: 30, lasts: "20m" }),
            missing("6m"),
            growing({ from: 0, perMinute: 30 }),
          ]),
        ],
      },
    ],
  });
}

function of(spans: ServedSpans, samples: Samples): InputSeries {
  return series(calls, { ...spans, status_code: statuses.unset }, ...samples);
}

/** Its own calls, another service and another environment: none of these counts. */
function others(
  spans: ServedSpans,
  environment: Environment,
  perMinute: number,
  then = perMinute,
  begins = 0,
): readonly InputSeries[] {
  return otherSpans(spans, environment).map((labels) =>
    series(
      calls,
      { ...labels, status_code: statuses.unset },
      ...nothingBefore(begins),
      growing({ from: 0, perMinute, lasts: `${day}m` }),
      growing({ from: perMinute * day, perMinute: then }),
    ),
  );
}

/** No samples for some minutes. */
function nothingBefore(minutes: number): Samples {
  return minutes === 0 ? [] : [missing(`${minutes}m`)];
}

/**
 * So much a minute for a day, then so much; while others do the opposite.
 *
 * @param begins The minute at which it begins: so that what a test looks at falls on a quarter of an hour, and its day need not be looked at minute by minute.
 */
function traffic(
  spans: ServedSpans,
  environment: Environment,
  yesterday: number,
  today: number,
  begins = 0,
): readonly InputSeries[] {
  return [
    of(spans, [
      ...nothingBefore(begins),
      growing({ from: 0, perMinute: yesterday, lasts: `${day}m` }),
      growing({ from: yesterday * day, perMinute: today }),
    ]),
    ...others(spans, environment, today * 40 + 400, yesterday * 40, begins),
  ];
}

const byCaller = sum(rate(select(calls, { service_name: "<caller>", span_kind: kinds.client }), "15m"), {
  by: ["span_name", "status_code"],
});

const dropRunbook: Alert["runbook"] = {
  meaning:
    "The same hour of the day before is the measure, over a quarter of an hour. What keeps users away shows here and nowhere else: a broken page in front, a gateway's rule, DNS, a caller that is down or has a feature turned off.",
  impact: "Sales, orders, whatever the service is for: so much less of it.",
  diagnosis: [
    {
      text: "Does the gateway get less, too? Then it is before us: DNS, the load balancer, the network, or a holiday.",
      promql: sum(rate(select(calls, { span_kind: kinds.server }), "15m"), { by: ["service_name"] }),
    },
    { text: "Does a caller call less, or fail to call?", promql: byCaller },
    { text: "Was something deployed in front of it?", command: "argocd app list --output wide" },
    {
      text: "Is it measured rightly? Compare with what the proxies count.",
      command:
        "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=<service> --since 15m --prefix | tail",
    },
  ],
  mitigation: [
    { text: "If a deployment in front of it broke the way, revert that." },
    { text: "If DNS or the gateway is at fault, go on there." },
    { text: "If it is a holiday, nothing: the alert ends within a day." },
  ],
};

const spikeRunbook: Alert["runbook"] = {
  meaning:
    "Several times as many requests as at the same hour of the day before: a campaign, a crawler, a caller that tries again without pause, or a loop between services.",
  impact: "None yet. Latency and errors come when something below is used up.",
  diagnosis: [
    {
      text: "Which operation?",
      promql: sum(rate(select(calls, { service_name: "<service>", span_kind: kinds.server }), "15m"), {
        by: ["span_name"],
      }),
    },
    { text: "Who calls so much? A caller whose calls fail tries again.", promql: byCaller },
    {
      text: 'From outside? The gateway\'s log has the addresses. (LogQL) topk(10, sum by (client_ip) (count_over_time({app="istio-ingress"} | json [5m])))',
    },
  ],
  mitigation: [
    { text: "If a caller retries without pause, revert its last change, or limit it." },
    { text: "If it is a crawler, limit it at the gateway." },
    { text: "If it is a campaign, raise replicas before the autoscaler has to, from the data stores upwards." },
  ],
};

const silenceRunbook: Alert["runbook"] = {
  meaning:
    "A critical service of production has not served one request for ten minutes. Either none arrives (it is down, its Service has no pods, the way to it is closed), or none is counted (its telemetry is off, the collectors are down).",
  impact:
    "In the first case customers cannot do what the service is for. In the second nobody would notice if they could not.",
  diagnosis: [
    {
      text: "Are its pods ready?",
      command: "kubectl get pods,endpointslices --namespace <namespace> --selector app.kubernetes.io/name=<service>",
    },
    {
      text: "Is it this one or all services? All: the telemetry, see SpanMetricsStalled.",
      promql: sum(rate(select(calls, { span_kind: kinds.server }), "10m"), { by: ["service_name"] }),
    },
    { text: "Do its callers' calls fail?", promql: byCaller },
    {
      text: "Does it serve all the same? Its own log says so.",
      command:
        "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=<service> --since 5m --prefix | tail",
    },
  ],
  mitigation: [
    { text: "If pods are missing or not ready, revert the last deployment." },
    {
      text: "If the way is closed, look at the NetworkPolicy, the Service's selector and the route that changed last.",
    },
    { text: "If it serves and is not counted, restore its telemetry: until then somebody watches it." },
  ],
};
