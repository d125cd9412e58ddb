import type { CollectorConfig, Options } from "@plinth/otel";
import { withConnector, withExporter, withProcessor, withReceiver } from "./otelcol-small-configs.ts";

/** A configuration that the collector's dry run takes and Plinth does not, and why it does not. */
export interface SilentConfig {
  readonly what: string;
  /** What would come of it. */
  readonly because: string;
  readonly path: string;
  readonly config: CollectorConfig;
}

const errors: Options = { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } };
const sampled = (policy: Options): CollectorConfig => withProcessor("tail_sampling", { policies: [policy] });
const pipeline = (processors: readonly string[]): CollectorConfig => ({
  receivers: { otlp: { protocols: { grpc: {} } } },
  processors: {
    memory_limiter: { check_interval: "1s", limit_percentage: 80 },
    batch: {},
    k8s_attributes: {},
    resource: { attributes: [{ key: "team", value: "shop", action: "upsert" }] },
    tail_sampling: { policies: [errors] },
  },
  exporters: { debug: {} },
  service: { pipelines: { traces: { receivers: ["otlp"], processors, exporters: ["debug"] } } },
});
const onlyNamed = (config: CollectorConfig): CollectorConfig => {
  const named = new Set(Object.values(config.service.pipelines).flatMap(({ processors = [] }) => processors));
  return {
    ...config,
    processors: Object.fromEntries(Object.entries(config.processors ?? {}).filter(([id]) => named.has(id))),
  };
};

/** What `otelcol validate` says nothing about: the data is lost, or the collector ends, when it runs. Each is shown to be taken by it. */
export const silentConfigs: readonly SilentConfig[] = [
  {
    what: "the memory limiter not first",
    because: "data is refused after work was done on it",
    path: "service.pipelines.traces.processors[1]",
    config: onlyNamed(pipeline(["resource", "memory_limiter"])),
  },
  {
    what: "sampling after batches",
    because: "half-empty batches leave",
    path: "service.pipelines.traces.processors[1]",
    config: onlyNamed(pipeline(["batch", "tail_sampling"])),
  },
  {
    what: "attributes of pods after batches",
    because: "it is not known any more from whom the data came",
    path: "service.pipelines.traces.processors[1]",
    config: onlyNamed(pipeline(["batch", "k8s_attributes"])),
  },
  {
    what: "span metrics after sampling",
    because: "only what was kept is counted",
    path: "service.pipelines.traces/in.exporters[0]",
    config: {
      ...withConnector("span_metrics", {}, "traces", "metrics"),
      processors: { tail_sampling: { policies: [errors] } },
      service: {
        pipelines: {
          "traces/in": { receivers: ["otlp"], processors: ["tail_sampling"], exporters: ["span_metrics"] },
          "metrics/out": { receivers: ["span_metrics"], exporters: ["debug"] },
        },
      },
    },
  },
  {
    what: "a sampler without policies",
    because: "every trace is dropped",
    path: "processors.tail_sampling.policies",
    config: withProcessor("tail_sampling", { policies: [] }),
  },
  {
    what: "a share of more than everything",
    because: "somebody meant 10 and wrote 1000: all is kept, and paid for",
    path: "processors.tail_sampling.policies[0].probabilistic.sampling_percentage",
    config: sampled({ name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 1000 } }),
  },
  {
    what: "a share of more than everything, without looking at traces",
    because: "as above",
    path: "processors.probabilistic_sampler.sampling_percentage",
    config: withProcessor("probabilistic_sampler", { sampling_percentage: 1000 }),
  },
  {
    what: "two policies of one name",
    because: "the collector ends when it starts",
    path: "processors.tail_sampling.policies[1].name",
    config: withProcessor("tail_sampling", { policies: [errors, errors] }),
  },
  {
    what: "a policy of a kind that does not exist",
    because: "the collector ends when it starts",
    path: "processors.tail_sampling.policies[0].type",
    config: sampled({ name: "rare", type: "sometimes" }),
  },
  {
    what: "a status that does not exist",
    because: "the collector ends when it starts",
    path: "processors.tail_sampling.policies[0].status_code.status_codes[0]",
    config: sampled({ name: "errors", type: "status_code", status_code: { status_codes: ["FAILED"] } }),
  },
  {
    what: "a storage that nobody switched on",
    because: "the collector ends when it starts",
    path: "exporters.otlp_grpc.sending_queue.storage",
    config: withExporter("otlp_grpc", { endpoint: "tempo:4317", sending_queue: { storage: "file_storage" } }),
  },
  {
    what: "an authenticator that nobody switched on",
    because: "the collector ends when it starts",
    path: "exporters.otlp_grpc.auth.authenticator",
    config: withExporter("otlp_grpc", { endpoint: "tempo:4317", auth: { authenticator: "basicauth" } }),
  },
  {
    what: "remote writes to nowhere",
    because: "every request fails",
    path: "exporters.prometheus_remote_write.endpoint",
    config: withExporter("prometheus_remote_write", {}, "metrics"),
  },
  {
    what: "a back end without http:// or https://",
    because: "every request fails",
    path: "exporters.otlp_http.endpoint",
    config: withExporter("otlp_http", { endpoint: "loki:3100/otlp" }, "logs"),
  },
  {
    what: "a port above 65535",
    because: "no connection can be made",
    path: "exporters.otlp_grpc.endpoint",
    config: withExporter("otlp_grpc", { endpoint: "tempo:99999" }),
  },
  {
    what: "a receiver that listens to no address",
    because: "the collector ends when it starts",
    path: "receivers.otlp.protocols.grpc.endpoint",
    config: withReceiver("otlp", { protocols: { grpc: { endpoint: "everywhere" } } }),
  },
  {
    what: "Fluentd's protocol on no address",
    because: "nobody can send anything",
    path: "receivers.fluent_forward.endpoint",
    config: withReceiver("fluent_forward", {}, "logs"),
  },
  {
    what: "a number for a duration",
    because: "it is read as nanoseconds",
    path: "processors.batch.timeout",
    config: withProcessor("batch", { timeout: 30 }),
  },
  {
    what: "a fraction for a whole number",
    because: "what is behind the point is cut off",
    path: "processors.batch.send_batch_size",
    config: withProcessor("batch", { send_batch_size: 1.5 }),
  },
  {
    what: "bounds of a histogram that do not rise",
    because: "points are counted in the wrong buckets",
    path: "connectors.span_metrics.histogram.explicit.buckets[1]",
    config: withConnector("span_metrics", { histogram: { explicit: { buckets: ["2s", "1s"] } } }, "traces", "metrics"),
  },
  {
    what: "a secret in clear",
    because: "whoever may read the configuration has it",
    path: "exporters.otlp_http.headers.Authorization",
    config: withExporter(
      "otlp_http",
      { endpoint: "https://logs.example.com/otlp", headers: { Authorization: "Basic c2hvcDpob3A=" } },
      "logs",
    ),
  },
];
