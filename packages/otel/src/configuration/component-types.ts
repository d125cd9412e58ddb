import type { CollectorVersion } from "./collector-version.ts";
import { isSince } from "./collector-version.ts";
import type { ComponentKind } from "./component.ts";
import type { Signal } from "./signal.ts";

/** What is known of a component's type. */
export interface ComponentType {
  /** The signals that it carries; for a connector, what it makes of what: `["traces", "metrics"]`. */
  readonly signals: readonly Signal[] | readonly (readonly [from: Signal, to: Signal])[];
  /**
   * The name that it had before a release; later ones take it as an alias and warn. Where not every release could be looked at, `perhapsUntil` is the first that may
   * have had the new name: between the two the former one is written, and neither is found fault with.
   */
  readonly formerly?: {
    readonly name: string;
    readonly until: CollectorVersion;
    readonly perhapsUntil?: CollectorVersion;
  };
}

const all: readonly Signal[] = ["traces", "metrics", "logs"];
const unchanged: readonly (readonly [Signal, Signal])[] = [
  ["traces", "traces"],
  ["metrics", "metrics"],
  ["logs", "logs"],
];
const none: readonly Signal[] = [];

/**
 * Types of components by kind, in today's spelling. Signals: each component's factory; former names: the type and its deprecated alias in
 * `internal/metadata/generated_status.go` of each release's Go module (0.144 to 0.158), where lower_snake_case came in one component after the other.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/issues/45339
 */
export const componentTypes: Readonly<Record<ComponentKind, Readonly<Record<string, ComponentType>>>> = {
  receiver: {
    otlp: { signals: all },
    file_log: { signals: ["logs"], formerly: { name: "filelog", until: "0.149" } },
    host_metrics: { signals: ["metrics", "logs"], formerly: { name: "hostmetrics", until: "0.151" } },
    kubelet_stats: { signals: ["metrics"], formerly: { name: "kubeletstats", until: "0.155", perhapsUntil: "0.152" } },
    k8s_cluster: { signals: ["metrics", "logs"] },
    k8s_objects: { signals: ["logs"], formerly: { name: "k8sobjects", until: "0.151" } },
    prometheus: { signals: ["metrics"] },
    zipkin: { signals: ["traces"] },
    jaeger: { signals: ["traces"] },
    fluent_forward: { signals: ["logs"], formerly: { name: "fluentforward", until: "0.151" } },
  },
  processor: {
    memory_limiter: { signals: all },
    batch: { signals: all },
    attributes: { signals: all },
    filter: { signals: all },
    groupbyattrs: { signals: all },
    groupbytrace: { signals: ["traces"] },
    interval: { signals: ["metrics"] },
    k8s_attributes: { signals: all, formerly: { name: "k8sattributes", until: "0.146" } },
    metrics_transform: { signals: ["metrics"], formerly: { name: "metricstransform", until: "0.152" } },
    cumulative_to_delta: { signals: ["metrics"], formerly: { name: "cumulativetodelta", until: "0.157" } },
    delta_to_cumulative: { signals: ["metrics"], formerly: { name: "deltatocumulative", until: "0.158" } },
    probabilistic_sampler: { signals: ["traces", "logs"] },
    redaction: { signals: all },
    resource: { signals: all },
    resource_detection: {
      signals: all,
      formerly: { name: "resourcedetection", until: "0.155", perhapsUntil: "0.153" },
    },
    tail_sampling: { signals: ["traces"] },
    transform: { signals: all },
  },
  exporter: {
    otlp_grpc: { signals: all, formerly: { name: "otlp", until: "0.144" } },
    otlp_http: { signals: all, formerly: { name: "otlphttp", until: "0.144" } },
    load_balancing: { signals: all, formerly: { name: "loadbalancing", until: "0.157", perhapsUntil: "0.153" } },
    prometheus: { signals: ["metrics"] },
    prometheus_remote_write: { signals: ["metrics"], formerly: { name: "prometheusremotewrite", until: "0.154" } },
    zipkin: { signals: ["traces"] },
    awsxray: { signals: ["traces"] },
    awsemf: { signals: ["metrics"] },
    awscloudwatchlogs: { signals: ["logs"] },
    file: { signals: all },
    debug: { signals: all },
    nop: { signals: all },
  },
  connector: {
    forward: { signals: unchanged },
    routing: { signals: unchanged },
    span_metrics: { signals: [["traces", "metrics"]], formerly: { name: "spanmetrics", until: "0.151" } },
    service_graph: { signals: [["traces", "metrics"]], formerly: { name: "servicegraph", until: "0.151" } },
    count: { signals: all.map((signal) => [signal, "metrics"] as const) },
  },
  extension: {
    health_check: { signals: none },
    file_storage: { signals: none },
    zpages: { signals: none },
    pprof: { signals: none },
    basicauth: { signals: none },
    bearertokenauth: { signals: none },
    headers_setter: { signals: none },
    oauth2client: { signals: none },
    sigv4auth: { signals: none },
    k8s_leader_elector: { signals: none },
    memory_limiter: { signals: none },
  },
};

/** A component's type in the spelling of a release. */
export function spellingOf(kind: ComponentKind, type: string, version: CollectorVersion): string {
  const formerly = componentTypes[kind][type]?.formerly;
  return formerly === undefined || isSince(version, formerly.until) ? type : formerly.name;
}

/** Today's spelling of a type that was written in any release's. */
export function currentType(kind: ComponentKind, type: string): string {
  if (Object.hasOwn(componentTypes[kind], type)) return type;
  return Object.entries(componentTypes[kind]).find(([, { formerly }]) => formerly?.name === type)?.[0] ?? type;
}
