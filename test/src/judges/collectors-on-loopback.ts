import { isRecord } from "@plinth/core";
import { type CollectorConfig, type Distribution, judgeableConfig } from "@plinth/otel";

/** Where a collector listens on 127.0.0.1. */
export interface CollectorPorts {
  readonly grpc: number;
  readonly http: number;
  readonly health: number;
  readonly metrics: number;
}

/** How long a sampler gathers a trace here, instead of the rendered 30 s: each comes within a blink. */
export const shortWait = "6s";

/** How soon a collector tries again here, instead of the rendered 5 s to 30 s. */
const soon = { initial_interval: "500ms", max_interval: "2s" } as const;

/**
 * The agent on loopback: addresses and folders are changed, and pauses are shortened. What asks a kubelet or the API server is taken out.
 *
 * @param logs The folder that stands for the node's `/var/log/pods`, absolute.
 */
export function agentOnLoopback(
  config: CollectorConfig,
  ports: CollectorPorts,
  gateway: CollectorPorts,
  logs: string,
): unknown {
  const withoutCluster = judgeableConfig(config, withoutTypes(config, ["kubelet_stats", "k8s_attributes"])).config;
  return replaced(withoutCluster, [
    ...ownAddresses(ports),
    { at: ["receivers", "otlp", "protocols", "http", "endpoint"], by: loopback(ports.http) },
    { at: ["receivers", "file_log", "include"], by: [`${logs}/*/*/*.log`] },
    { at: ["receivers", "file_log", "exclude"], by: [`${logs}/opentelemetry_otel-agent-*/*/*.log`] },
    { at: ["exporters", "otlp_grpc/gateway", "endpoint"], by: loopback(gateway.grpc) },
    ...sooner(config, "otlp_grpc/gateway"),
    { at: ["extensions", "file_storage", "directory"], by: "state" },
    { at: ["extensions", "file_storage/queue", "directory"], by: "queue" },
  ]);
}

/** The first layer on loopback: addresses are changed, pauses are shortened, and logs go as JSON. */
export function gatewayOnLoopback(
  config: CollectorConfig,
  ports: CollectorPorts,
  samplers: readonly CollectorPorts[],
  sink: string,
): unknown {
  return replaced(config, [
    ...ownAddresses(ports),
    { at: ["receivers", "otlp", "protocols", "http", "endpoint"], by: loopback(ports.http) },
    {
      at: ["exporters", "load_balancing/sampling", "resolver"],
      by: { static: { hostnames: samplers.map(({ grpc }) => loopback(grpc)) } },
    },
    { at: ["exporters", "prometheus_remote_write/metrics", "endpoint"], by: `${sink}/api/v1/write` },
    ...sooner(config, "prometheus_remote_write/metrics"),
    { at: ["exporters", "otlp_http/logs", "endpoint"], by: sink },
    ...sooner(config, "otlp_http/logs"),
    { at: ["exporters", "otlp_http/logs"], with: { encoding: "json", compression: "none" } },
  ]);
}

/**
 * The second layer on loopback: addresses are changed, times are shortened, and what is kept goes over HTTP as JSON instead of gRPC, through the queue that was
 * rendered.
 */
export function samplerOnLoopback(config: CollectorConfig, ports: CollectorPorts, sink: string): unknown {
  const kept = "otlp_http/kept";
  const { sending_queue: queue, retry_on_failure: retry } = config.exporters["otlp_grpc/traces"] ?? {};
  const http = {
    endpoint: sink,
    encoding: "json",
    compression: "none",
    ...(queue === undefined ? {} : { sending_queue: queue }),
    ...(retry === undefined ? {} : { retry_on_failure: retry }),
  };
  const withHttp = { ...config, exporters: { ...config.exporters, [kept]: http } };
  return replaced(withHttp, [
    ...ownAddresses(ports),
    { at: ["service", "pipelines", "traces/kept", "exporters"], by: [kept] },
    ...sooner(withHttp, kept),
    { at: ["exporters", "prometheus_remote_write/metrics", "endpoint"], by: `${sink}/api/v1/write` },
    ...sooner(withHttp, "prometheus_remote_write/metrics"),
    { at: ["extensions", "file_storage/queue", "directory"], by: "queue" },
    { at: ["processors", "tail_sampling", "decision_wait"], by: shortWait },
    { at: ["connectors", "span_metrics", "metrics_flush_interval"], by: "1s" },
    { at: ["connectors", "service_graph", "metrics_flush_interval"], by: "1s" },
    // In the cluster the name of the pod.
    { at: ["service", "telemetry", "resource", "service.instance.id"], by: `sampler-${ports.grpc}` },
    { at: ["processors", "attributes/writer", "actions", "0", "value"], by: `sampler-${ports.grpc}` },
  ]);
}

/** A change of a configuration: what stands at a place is replaced, or gets more members. */
export type Replacement =
  | { readonly at: readonly string[]; readonly by: unknown }
  | { readonly at: readonly string[]; readonly with: Readonly<Record<string, unknown>> };

/** Pauses of an exporter that tries again; one that does not stays as it is. */
function sooner({ exporters }: CollectorConfig, exporter: string): readonly Replacement[] {
  const retry = exporters[exporter]?.["retry_on_failure"];
  return isRecord(retry) && retry["enabled"] === true
    ? [{ at: ["exporters", exporter, "retry_on_failure"], with: soon }]
    : [];
}

/** All that a configuration names, without some types. */
function withoutTypes(config: CollectorConfig, types: readonly string[]): Distribution {
  const held = (section: object = {}): readonly string[] =>
    Object.keys(section)
      .map((id) => id.replace(/\/.*/, ""))
      .filter((type) => !types.includes(type));
  return {
    receivers: held(config.receivers),
    processors: held(config.processors),
    connectors: held(config.connectors),
    exporters: held(config.exporters),
    extensions: held(config.extensions),
  };
}

function ownAddresses({ grpc, health, metrics }: CollectorPorts): readonly Replacement[] {
  const reader = ["service", "telemetry", "metrics", "readers", "0", "pull", "exporter", "prometheus"];
  return [
    { at: ["receivers", "otlp", "protocols", "grpc", "endpoint"], by: loopback(grpc) },
    { at: ["extensions", "health_check", "endpoint"], by: loopback(health) },
    { at: [...reader, "host"], by: "127.0.0.1" },
    { at: [...reader, "port"], by: metrics },
  ];
}

function loopback(port: number): string {
  return `127.0.0.1:${port}`;
}

/** A configuration with changes. */
export function replaced(config: unknown, replacements: readonly Replacement[]): unknown {
  return replacements.reduce(
    (changed: unknown, change) =>
      replacedAt(
        changed,
        change.at,
        (was) => ("by" in change ? change.by : { ...(isRecord(was) ? was : {}), ...change.with }),
        change.at.join("."),
      ),
    config,
  );
}

/** A place that is not there is an error: the rendered collector is then not the one that this judge knows. */
function replacedAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  by: (was: unknown) => unknown,
  place: string,
): unknown {
  if (key === undefined) return by(value);
  if (Array.isArray(value) && value[Number(key)] !== undefined)
    return value.with(Number(key), replacedAt(value[Number(key)], rest, by, place));
  if (!isRecord(value) || !Object.hasOwn(value, key)) throw new Error(`the rendered configuration has no ${place}`);
  return { ...value, [key]: replacedAt(value[key], rest, by, place) };
}
