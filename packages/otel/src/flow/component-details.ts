import { fieldAt, isRecord, listAt, textAt, textsAt } from "@plinth/core";
import type { OptionValue } from "../configuration/component.ts";

/** What a component's options say that somebody wants to see in a picture: a few short lines. */
type Details = (options: unknown) => readonly string[];

const percent = (value: unknown): string => `${String(value)} %`;

/** The port at the end of `0.0.0.0:4317`. */
function portOf(endpoint: string): string | undefined {
  return /:(\d+)$/.exec(endpoint)?.[1];
}

function listening(words: Readonly<Record<string, string>>): Details {
  return (options) => {
    const protocols = fieldAt(options, "protocols");
    const ports = Object.entries(words).flatMap(([protocol, word]) => {
      const port = portOf(textAt(protocols, protocol, "endpoint"));
      return port === undefined ? [] : [`${word} :${port}`];
    });
    return ports.length === 0 ? [] : [ports.join(", ")];
  };
}

const ownPort: Details = (options) => {
  const port = portOf(textAt(options, "endpoint"));
  return port === undefined ? [] : [`:${port}`];
};

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const keysAt =
  (field: string): Details =>
  (options) => {
    const value = fieldAt(options, field);
    return isRecord(value) ? [Object.keys(value).join(", ")] : [];
  };

/** One sampling policy: its name, and what it keeps of the traces that it is about. */
function policyLine(policy: unknown): string {
  const conditions = [policy, ...listAt(policy, "and", "and_sub_policy")];
  const said = (type: string, field: string): unknown =>
    conditions.map((condition) => fieldAt(condition, type, field)).find((value) => value !== undefined);
  const share = said("probabilistic", "sampling_percentage");
  const threshold = said("latency", "threshold_ms");
  return [
    `${textAt(policy, "name")}:`,
    share === undefined ? "all" : percent(share),
    ...(threshold === undefined ? [] : [`over ${String(threshold)} ms`]),
  ].join(" ");
}

const detailsByType: Readonly<Record<string, Details>> = {
  otlp: listening({ grpc: "gRPC", http: "HTTP" }),
  jaeger: listening({ grpc: "gRPC", thrift_http: "Thrift over HTTP", thrift_compact: "UDP", thrift_binary: "UDP" }),
  zipkin: ownPort,
  fluent_forward: ownPort,
  file_log: (options) => textsAt(options, "include"),
  host_metrics: keysAt("scrapers"),
  kubelet_stats: (options) => [textsAt(options, "metric_groups").join(", ")],
  k8s_objects: (options) => [
    listAt(options, "objects")
      .map((object) => textAt(object, "name"))
      .join(", "),
  ],
  prometheus: (options) => [
    ...listAt(options, "config", "scrape_configs").map((job) => textAt(job, "job_name")),
    ...(fieldAt(options, "target_allocator") === undefined ? [] : ["targets of the allocator"]),
  ],
  memory_limiter: (options) => {
    const limit = fieldAt(options, "limit_percentage");
    return limit === undefined ? [] : [`refuses above ${percent(limit)} of its memory`];
  },
  k8s_attributes: (options) => {
    const count = listAt(options, "extract", "metadata").length;
    return count === 0 ? [] : [`${counted(count, "attribute")} of the pod`];
  },
  resource: (options) => listAt(options, "attributes").map((action) => textAt(action, "key")),
  redaction: (options) => [
    `${counted(listAt(options, "blocked_key_patterns").length, "pattern")} of keys`,
    `${counted(listAt(options, "blocked_values").length, "pattern")} of values`,
  ],
  tail_sampling: (options) => [
    `waits ${textAt(options, "decision_wait")}`,
    ...listAt(options, "policies").map(policyLine),
  ],
  probabilistic_sampler: (options) => {
    const share = fieldAt(options, "sampling_percentage");
    return share === undefined ? [] : [`keeps ${percent(share)}`];
  },
  load_balancing: (options) => [`by ${textAt(options, "routing_key")}`],
};

/**
 * What a picture says of a component: its id, and a few of its options.
 *
 * @param id as the configuration writes it: `otlp_grpc/traces`
 */
export function componentLines(id: string, options: OptionValue | undefined): readonly string[] {
  const [type = id] = id.split("/");
  const details = Object.hasOwn(detailsByType, type) ? detailsByType[type]?.(options) : undefined;
  const queued = textAt(options, "sending_queue", "storage") === "" ? [] : ["queue on disk"];
  return [id, ...(details ?? []), ...queued].filter((line) => line !== "");
}

/** Where an exporter sends: `host:port` without a scheme and a path, and the whole as it is written. */
export interface Destination {
  readonly host: string;
  readonly port?: number;
  readonly written: string;
}

/** Where an exporter's options say that it sends; `undefined` where they say no address. */
export function destinationOf(options: OptionValue | undefined): Destination | undefined {
  const endpoint = textAt(options, "endpoint");
  if (endpoint !== "") return addressOf(endpoint);
  const hostname = textAt(options, "resolver", "dns", "hostname");
  if (hostname !== "") return addressOf(`${hostname}:${textAt(options, "resolver", "dns", "port") || defaultPort}`);
  const service = textAt(options, "resolver", "k8s", "service");
  const [port] = listAt(options, "resolver", "k8s", "ports");
  return service === "" ? undefined : addressOf(`${service}.svc:${port === undefined ? defaultPort : String(port)}`);
}

// Of both resolvers: https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter
const defaultPort = "4317";

function addressOf(written: string): Destination {
  const [authority = ""] = written.replace(/^[a-z][a-z0-9+.-]*:\/\//, "").split("/");
  const match = /^(.*):(\d+)$/.exec(authority);
  return match === null
    ? { host: authority, written }
    : { host: match[1] ?? authority, port: Number(match[2]), written };
}
