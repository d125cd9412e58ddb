import type { Environment, Service, Tier } from "@plinth/core";
import {
  and,
  divide,
  greaterThan,
  linkedPanels,
  rate,
  select,
  serviceDashboardUid,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { Alert, AlertSeverity } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series } from "../alert/scenario.ts";
import type { ServiceAlert } from "./service-alert.ts";

interface DependencyLimit {
  readonly severity: AlertSeverity;
  /** Share of the calls that may fail. */
  readonly share: number;
  readonly for: string;
}

/** Which share of a service's own calls may fail, by how much depends on the service. Retries and fallbacks hide a part of it from its callers. */
export const dependencyLimits: Readonly<Record<Tier, DependencyLimit>> = {
  critical: { severity: "warning", share: 0.2, for: "5m" },
  high: { severity: "warning", share: 0.2, for: "10m" },
  medium: { severity: "info", share: 0.3, for: "15m" },
  low: { severity: "info", share: 0.5, for: "30m" },
};

const name = "DependencyFailing";
const { calls, kinds, statuses } = spanMetrics;
/** Fewer calls than these say nothing: 15 in five minutes. */
const leastPerSecond = 0.05;

/** Calls that a service makes fail: one of the services or data stores that it needs is at fault, or the way to it. */
export const dependencyFailing: ServiceAlert = {
  name,
  alertOf: (service, environment) =>
    service.calls.length + service.stores.length + service.external.length === 0
      ? undefined
      : alertOn(service, environment),
};

function alertOn(service: Service, environment: Environment): Alert {
  const { severity, share, for: holds } = dependencyLimits[service.tier];
  const spans = {
    deployment_environment_name: environment.name,
    service_name: service.name,
    span_kind: kinds.client,
  };
  const all = sum(rate(select(calls, spans), "5m"), { by: ["span_name"] });
  const failed = sum(rate(select(calls, { ...spans, status_code: statuses.error }), "5m"), { by: ["span_name"] });
  const made = (perMinute: number, failing: number): readonly InputSeries[] => {
    const call = { ...spans, span_name: "oteldemo.CartService/GetCart" };
    return [
      series(calls, { ...call, status_code: statuses.unset }, growing({ from: 0, perMinute: perMinute - failing })),
      series(calls, { ...call, status_code: statuses.error }, growing({ from: 0, perMinute: failing })),
      ...[
        { ...call, span_kind: kinds.server },
        { ...call, service_name: `${service.name}-other` },
        { ...call, deployment_environment_name: `${environment.name}-other` },
      ].flatMap((other) => [
        series(calls, { ...other, status_code: statuses.unset }, growing({ from: 0, perMinute: 90_000 })),
        series(calls, { ...other, status_code: statuses.error }, growing({ from: 0, perMinute: 9_000 })),
      ]),
    ];
  };
  const labels = { span_name: "oteldemo.CartService/GetCart" } as const;
  return defineAlert({
    name,
    category: "services",
    severity,
    owner: { team: service.team },
    extraLabels: { service: service.name, tier: service.tier },
    labels: ["span_name"],
    expr: and(greaterThan(divide(failed, all), share), greaterThan(all, leastPerSecond)),
    for: holds,
    summary: ({ span_name }) => `Calls of ${service.name} to ${span_name} fail`,
    description: ({ span_name }, value) =>
      `${value.percentage} of the calls ${span_name} that ${service.name} makes have failed over the last 5 minutes.`,
    impact: "What needs this call does not work, or works by a fallback.",
    dashboard: serviceDashboardUid(service.name),
    panel: linkedPanels.callErrors,
    firstQueries: { traces: `{ resource.service.name = "${service.name}" && kind = client && status = error }` },
    runbook,
    fires: [
      {
        name: "a little more than the limit fails",
        after: "1m",
        labels,
        value: share * 1.2,
        series: made(100, share * 120),
      },
      // The window needs four minutes to hold more than the 15 calls.
      { name: "every one of few calls fails", after: "4m", labels, value: 1, series: made(4, 4) },
    ],
    quiet: [
      { name: "a little less than the limit fails", series: made(100, share * 80) },
      { name: "there are too few calls to tell", series: made(2, 2) },
    ],
  });
}

const runbook: Alert["runbook"] = {
  meaning:
    "Counted by the caller, so it also sees what never arrives: a name that does not resolve, a connection that is refused, a timeout. The label span_name is the operation that it calls.",
  impact: "If HighErrorRate of the same service does not fire, retries or a fallback carry it for now.",
  diagnosis: [
    {
      text: "Does the called service have errors itself? If so, go on with its HighErrorRate. If it knows nothing, the way is broken.",
      promql: sum(rate(select(calls, { span_kind: kinds.server, status_code: statuses.error }), "5m"), {
        by: ["service_name"],
      }),
    },
    {
      text: "Who else cannot call it? One caller alone: its network policy, its credentials, its client.",
      promql: sum(
        rate(select(calls, { span_kind: kinds.client, span_name: "<span_name>", status_code: statuses.error }), "5m"),
        { by: ["service_name"] },
      ),
    },
    {
      text: "What is the error? The client's span has the status message: deadline exceeded, connection refused, permission denied.",
    },
    {
      text: "For a data store: are connections used up, or the credentials rotated?",
      command:
        "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=<service> --since 10m | grep --ignore-case -e connect -e password -e pool",
    },
  ],
  mitigation: [
    { text: "If the called service is down, its team acts; if ours can do without, turn the feature off by its flag." },
    { text: "If the way is closed, declare the dependency in the model: the network policy follows from it." },
    { text: "If retries make it worse, lower them, or open the circuit breaker by hand." },
  ],
};
