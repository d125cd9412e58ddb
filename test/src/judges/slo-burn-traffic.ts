import {
  type Environment,
  namespaceOf,
  type Platform,
  parseDuration,
  type Service,
  type ServicePromise,
} from "@plinth/core";
import { formatDecimal, servedSpans, spanMetrics } from "@plinth/metrics";

/** What happens in one step of a test: events that are good and bad; nothing where no sample is taken. */
export interface Traffic {
  readonly good: number;
  readonly bad: number;
}

/** A series as promtool reads it. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

type Labels = Readonly<Record<string, string>>;

/** The series that an objective is counted from, as the program that exposes them would write them. */
export type TrafficWriter = (
  traffic: readonly (Traffic | undefined)[],
  options?: TrafficOptions,
) => readonly InputSeries[];

export interface TrafficOptions {
  /** Steps after which every counter begins at 0 again. */
  readonly resets?: readonly number[];
  /** In another environment: does not count. */
  readonly elsewhere?: boolean;
}

const { calls, duration, statuses } = spanMetrics;

/** How the traffic of a service's promise looks to Prometheus; nothing for a promise that is counted from series of somebody's own. */
export function serviceTraffic(
  platform: Platform,
  environment: Environment,
  service: Service,
  promise: ServicePromise,
): TrafficWriter | undefined {
  const served = servedSpans(service, environment);
  const spansOf = (options: TrafficOptions): Labels => ({
    ...served,
    ...(options.elsewhere === true ? { deployment_environment_name: "elsewhere" } : {}),
    span_name: "GET /",
    collector_instance_id: "a",
  });
  switch (promise.kind) {
    case "availability":
    case "throughput":
    case "freshness":
      return (traffic, options = {}) => [
        counter(calls.name, { ...spansOf(options), status_code: statuses.unset }, traffic, goodOf, options),
        counter(calls.name, { ...spansOf(options), status_code: statuses.error }, traffic, badOf, options),
      ];
    case "latency": {
      const le = formatDecimal((parseDuration(promise.below) ?? 0) / 1000);
      return (traffic, options = {}) =>
        histogram(duration.name, { ...spansOf(options), status_code: statuses.unset }, le, traffic, options);
    }
    case "saturation":
      return typeof promise.of === "string"
        ? memoryUse(namespaceOf(platform, service), service.name, promise.below / 100)
        : undefined;
    default:
      return undefined;
  }
}

const goodOf = ({ good }: Traffic): number => good;
const badOf = ({ bad }: Traffic): number => bad;
const allOf = ({ good, bad }: Traffic): number => good + bad;

const passedOn = { reporter: "source", source_workload: "istio-ingress", source_workload_namespace: "istio-system" };

const counted =
  (name: string, good: Labels, bad: Labels): TrafficWriter =>
  (traffic, options = {}) => [
    counter(name, good, traffic, goodOf, options),
    counter(name, bad, traffic, badOf, options),
  ];

/** How the traffic of the platform's own objectives looks, by service and name. What is not here is not judged, and said so. */
export const platformTraffic: Readonly<Record<string, TrafficWriter>> = {
  "kubernetes-api/availability": counted(
    "apiserver_request_total",
    { job: "apiserver", verb: "GET", code: "200" },
    { job: "apiserver", verb: "GET", code: "503" },
  ),
  "kubernetes-api/latency": (traffic, options = {}) =>
    histogram("apiserver_request_sli_duration_seconds", { job: "apiserver", verb: "GET" }, "1", traffic, options),
  "ingress/availability": counted(
    "istio_requests_total",
    { ...passedOn, response_code: "200" },
    { ...passedOn, response_code: "503" },
  ),
  "dns/availability": counted("coredns_dns_responses_total", { rcode: "NXDOMAIN" }, { rcode: "SERVFAIL" }),
  "dns/latency": (traffic, options = {}) =>
    histogram("coredns_dns_request_duration_seconds", { zone: "." }, "0.032", traffic, options),
  "delivery/syncs": counted("argocd_app_sync_total", { phase: "Succeeded" }, { phase: "Failed" }),
};

function histogram(
  name: string,
  labels: Labels,
  le: string,
  traffic: readonly (Traffic | undefined)[],
  options: TrafficOptions,
): readonly InputSeries[] {
  return [
    counter(`${name}_bucket`, { ...labels, le }, traffic, goodOf, options),
    counter(`${name}_bucket`, { ...labels, le: "+Inf" }, traffic, allOf, options),
    counter(`${name}_count`, labels, traffic, allOf, options),
  ];
}

/** A container whose memory is far below the limit, or above what was promised. */
function memoryUse(namespace: string, service: string, share: number): TrafficWriter {
  const container = { namespace, pod: `${service}-abc-1`, container: service };
  const limit = 1_000_000;
  return (traffic) => {
    const labels = container;
    const used = traffic.map((step) =>
      step === undefined
        ? "_"
        : String(Math.round(limit * (step.bad > step.good ? share + (1 - share) / 2 : share / 2))),
    );
    return [
      { series: `container_memory_working_set_bytes${labelText(labels)}`, values: [used[0] ?? "_", ...used].join(" ") },
      {
        series: `kube_pod_container_resource_limits${labelText({ ...labels, resource: "memory", unit: "byte" })}`,
        values: traffic
          .map((step) => (step === undefined ? "_" : String(limit)))
          .concat(String(limit))
          .join(" "),
      },
    ];
  };
}

/** A counter that grows by so much in each step. */
function counter(
  name: string,
  labels: Labels,
  traffic: readonly (Traffic | undefined)[],
  growth: (step: Traffic) => number,
  { resets = [] }: TrafficOptions,
): InputSeries {
  let total = 0;
  const values = traffic.map((step, index) => {
    if (step === undefined) return "_";
    if (resets.includes(index)) total = 0;
    total += growth(step);
    return String(total);
  });
  return { series: `${name}${labelText(labels)}`, values: ["0", ...values].join(" ") };
}

/** Labels as they stand in a selector. */
export function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;
}
