import type { FindingCode } from "@plinth/core";
import type { CollectorConfig, Options } from "@plinth/otel";
import { withConnector, withExporter, withExtension, withProcessor, withReceiver } from "./otelcol-small-configs.ts";

/** A configuration that Plinth and the collector refuse alike, and what Plinth says. */
export interface WrongConfig {
  /** What is wrong with it. */
  readonly what: string;
  readonly code: FindingCode;
  /** Where Plinth finds it. */
  readonly path: string;
  readonly config: CollectorConfig;
}

const limits: Options = { check_interval: "1s", limit_percentage: 80 };
const errors: Options = { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } };
const tempo = "tempo.monitoring.svc:4317";
const write = "http://prometheus:9090/api/v1/write";
const grpc: Options = { protocols: { grpc: {} } };
const job = (options: Options): Options => ({ config: { scrape_configs: [{ job_name: "node", ...options }] } });

/** As it is written in the tables below: what is wrong, its code and place, and the configuration. */
type Row = readonly [what: string, code: FindingCode, path: string, config: CollectorConfig];

const structure: readonly Row[] = [
  ["a receiver that does not exist", "unknown-reference", "receivers.otpl", withReceiver("otpl", {})],
  ["a processor that does not exist", "unknown-reference", "processors.batcher", withProcessor("batcher", {})],
  [
    "an exporter that does not exist",
    "unknown-reference",
    "exporters.loki",
    withExporter("loki", { endpoint: "http://loki" }, "logs"),
  ],
  [
    "a connector that does not exist",
    "unknown-reference",
    "connectors.spans",
    withConnector("spans", {}, "traces", "metrics"),
  ],
  [
    "an extension that does not exist",
    "unknown-reference",
    "extensions.memory_ballast",
    withExtension("memory_ballast", {}),
  ],
  [
    "a component that is not configured",
    "unknown-reference",
    "service.pipelines.traces.exporters[0]",
    {
      receivers: { otlp: grpc },
      exporters: { debug: {} },
      service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["debug/second"] } } },
    },
  ],
  [
    "a processor that is not configured",
    "unknown-reference",
    "service.pipelines.traces.processors[0]",
    {
      receivers: { otlp: grpc },
      exporters: { debug: {} },
      service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["debug"] } } },
    },
  ],
  [
    "an extension that is not configured",
    "unknown-reference",
    "service.extensions[0]",
    {
      receivers: { otlp: grpc },
      exporters: { debug: {} },
      service: { extensions: ["health_check"], pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
    },
  ],
  [
    "a receiver of another signal",
    "conflicting-fields",
    "service.pipelines.traces.receivers[0]",
    withReceiver("host_metrics", { scrapers: { cpu: {} } }, "traces"),
  ],
  [
    "a processor of another signal",
    "conflicting-fields",
    "service.pipelines.logs.processors[0]",
    withProcessor("tail_sampling", { policies: [errors] }, "logs"),
  ],
  [
    "an exporter of another signal",
    "conflicting-fields",
    "service.pipelines.traces.exporters[0]",
    withExporter("prometheus_remote_write", { endpoint: write }, "traces"),
  ],
  [
    "a connector that makes another signal",
    "conflicting-fields",
    "service.pipelines.traces/out.receivers[0]",
    withConnector("span_metrics", {}, "traces", "traces"),
  ],
  [
    "a connector without an end",
    "conflicting-fields",
    "connectors.forward",
    {
      receivers: { otlp: grpc },
      connectors: { forward: {} },
      exporters: {},
      service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["forward"] } } },
    },
  ],
  [
    "a pipeline that feeds itself",
    "conflicting-fields",
    "service.pipelines.traces/a",
    {
      receivers: { otlp: grpc },
      connectors: { "forward/a": {}, "forward/b": {} },
      exporters: { debug: {} },
      service: {
        pipelines: {
          "traces/a": { receivers: ["otlp", "forward/b"], exporters: ["forward/a"] },
          "traces/b": { receivers: ["forward/a"], exporters: ["forward/b", "debug"] },
        },
      },
    },
  ],
  [
    "a pipeline of no signal",
    "invalid-field",
    "service.pipelines.spans",
    {
      receivers: { otlp: grpc },
      exporters: { debug: {} },
      service: { pipelines: { spans: { receivers: ["otlp"], exporters: ["debug"] } } },
    },
  ],
  [
    "no pipeline",
    "invalid-field",
    "service.pipelines",
    { receivers: { otlp: grpc }, exporters: { debug: {} }, service: { pipelines: {} } },
  ],
  [
    "a pipeline without a beginning",
    "invalid-field",
    "service.pipelines.traces.receivers",
    {
      receivers: { otlp: grpc },
      exporters: { debug: {} },
      service: { pipelines: { traces: { receivers: [], exporters: ["debug"] } } },
    },
  ],
  [
    "a processor twice",
    "invalid-field",
    "service.pipelines.traces.processors",
    {
      receivers: { otlp: grpc },
      processors: { batch: {} },
      exporters: { debug: {} },
      service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch", "batch"], exporters: ["debug"] } } },
    },
  ],
];

const shapes: readonly Row[] = [
  [
    "an option that does not exist",
    "unknown-field",
    "processors.batch.timeouts",
    withProcessor("batch", { timeouts: "1s" }),
  ],
  [
    "an option that does not exist, further in",
    "unknown-field",
    "exporters.otlp_grpc.tls.insecur",
    withExporter("otlp_grpc", { endpoint: tempo, tls: { insecur: true } }),
  ],
  [
    "an option of a component that has none",
    "unknown-field",
    "connectors.forward.buffer",
    withConnector("forward", { buffer: 1 }, "traces", "traces"),
  ],
  [
    "a metric that the scraper does not have",
    "unknown-field",
    "receivers.host_metrics.scrapers.cpu.metrics.system.cpu.nope",
    withReceiver(
      "host_metrics",
      { scrapers: { cpu: { metrics: { "system.cpu.nope": { enabled: true } } } } },
      "metrics",
    ),
  ],
  [
    "a scraper that does not exist",
    "unknown-field",
    "receivers.host_metrics.scrapers.gpu",
    withReceiver("host_metrics", { scrapers: { gpu: {} } }, "metrics"),
  ],
  [
    "a protocol that does not exist",
    "unknown-field",
    "receivers.otlp.protocols.udp",
    withReceiver("otlp", { protocols: { grpc: {}, udp: {} } }),
  ],
  [
    "a number where a text is read",
    "invalid-field",
    "exporters.load_balancing.resolver.dns.port",
    withExporter("load_balancing", { resolver: { dns: { hostname: "samplers", port: 4317 } } }),
  ],
  [
    "a text where a number is read",
    "invalid-field",
    "processors.batch.send_batch_size",
    withProcessor("batch", { send_batch_size: "5" }),
  ],
  [
    "a text where true or false is read",
    "invalid-field",
    "processors.redaction.allow_all_keys",
    withProcessor("redaction", { allow_all_keys: "true" }),
  ],
  [
    "a value where options are read",
    "invalid-field",
    "exporters.otlp_grpc.tls",
    withExporter("otlp_grpc", { endpoint: tempo, tls: false }),
  ],
  [
    "options where a list is read",
    "invalid-field",
    "processors.tail_sampling.policies",
    withProcessor("tail_sampling", { policies: { errors } }),
  ],
  [
    "a number below 0 where there is none",
    "invalid-field",
    "processors.memory_limiter.limit_mib",
    withProcessor("memory_limiter", { check_interval: "1s", limit_mib: -1 }),
  ],
  ["a duration without a unit", "invalid-field", "processors.batch.timeout", withProcessor("batch", { timeout: "30" })],
  [
    "a duration in days",
    "invalid-field",
    "processors.tail_sampling.decision_wait",
    withProcessor("tail_sampling", { decision_wait: "1d", policies: [errors] }),
  ],
  [
    "a bound of a histogram that is no duration",
    "invalid-field",
    "connectors.span_metrics.histogram.explicit.buckets[1]",
    withConnector("span_metrics", { histogram: { explicit: { buckets: ["1s", "slow"] } } }, "traces", "metrics"),
  ],
  [
    "a header that is no text",
    "invalid-field",
    "exporters.otlp_grpc.headers",
    withExporter("otlp_grpc", { endpoint: tempo, headers: { "x-shard": 1 } }),
  ],
];

const receivers: readonly Row[] = [
  ["OTLP without a protocol", "invalid-field", "receivers.otlp.protocols", withReceiver("otlp", { protocols: {} })],
  [
    "OTLP with its only protocol off",
    "invalid-field",
    "receivers.otlp.protocols",
    withReceiver("otlp", { protocols: { grpc: { enabled: false } } }),
  ],
  [
    "a server's certificate without its key",
    "invalid-field",
    "receivers.otlp.protocols.grpc.tls.key_file",
    withReceiver("otlp", { protocols: { grpc: { tls: { cert_file: "/tls.crt" } } } }),
  ],
  [
    "a server with TLS and no certificate",
    "invalid-field",
    "receivers.otlp.protocols.http.tls.cert_file",
    withReceiver("otlp", { protocols: { http: { tls: {} } } }),
  ],
  [
    "Jaeger without a protocol",
    "invalid-field",
    "receivers.jaeger.protocols",
    withReceiver("jaeger", { protocols: {} }),
  ],
  [
    "a port above 65535",
    "invalid-field",
    "receivers.jaeger.protocols.grpc.endpoint",
    withReceiver("jaeger", { protocols: { grpc: { endpoint: "0.0.0.0:99999" } } }),
  ],
  ["no files to read", "invalid-field", "receivers.file_log.include", withReceiver("file_log", {}, "logs")],
  [
    "a beginning in the middle",
    "invalid-field",
    "receivers.file_log.start_at",
    withReceiver("file_log", { include: ["/a.log"], start_at: "middle" }, "logs"),
  ],
  [
    "nothing to measure",
    "invalid-field",
    "receivers.host_metrics.scrapers",
    withReceiver("host_metrics", {}, "metrics"),
  ],
  [
    "an interval of nothing",
    "invalid-field",
    "receivers.host_metrics.collection_interval",
    withReceiver("host_metrics", { collection_interval: "0s", scrapers: { cpu: {} } }, "metrics"),
  ],
  [
    "mount points that nobody knows how to match",
    "invalid-field",
    "receivers.host_metrics.scrapers.filesystem.exclude_mount_points.match_type",
    withReceiver(
      "host_metrics",
      { scrapers: { filesystem: { exclude_mount_points: { mount_points: ["/boot"] } } } },
      "metrics",
    ),
  ],
  [
    "nothing to scrape",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs",
    withReceiver("prometheus", { config: { scrape_configs: [] } }, "metrics"),
  ],
  [
    "two jobs of one name",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[1].job_name",
    withReceiver("prometheus", { config: { scrape_configs: [{ job_name: "node" }, { job_name: "node" }] } }, "metrics"),
  ],
  [
    "a job without a name",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[0].job_name",
    withReceiver("prometheus", { config: { scrape_configs: [{}] } }, "metrics"),
  ],
  [
    "a scrape that may take longer than its interval",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[0].scrape_interval",
    withReceiver("prometheus", job({ scrape_interval: "5s", scrape_timeout: "10s" }), "metrics"),
  ],
  [
    "relabelling by an action that does not exist",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[0].relabel_configs[0].action",
    withReceiver("prometheus", job({ relabel_configs: [{ action: "rename" }] }), "metrics"),
  ],
  [
    "relabelling by no regular expression",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[0].relabel_configs[0].regex",
    withReceiver("prometheus", job({ relabel_configs: [{ regex: "a(", target_label: "b" }] }), "metrics"),
  ],
  [
    "targets of a kind that does not exist",
    "invalid-field",
    "receivers.prometheus.config.scrape_configs[0].kubernetes_sd_configs[0].role",
    withReceiver("prometheus", job({ kubernetes_sd_configs: [{ role: "deployment" }] }), "metrics"),
  ],
  [
    "a target allocator that does not know who asks",
    "invalid-field",
    "receivers.prometheus.target_allocator.collector_id",
    withReceiver("prometheus", { target_allocator: { endpoint: "http://allocator", interval: "30s" } }, "metrics"),
  ],
];

const processors: readonly Row[] = [
  [
    "a memory limiter that never looks",
    "invalid-field",
    "processors.memory_limiter.check_interval",
    withProcessor("memory_limiter", { limit_percentage: 80 }),
  ],
  [
    "a memory limiter without a limit",
    "invalid-field",
    "processors.memory_limiter.limit_percentage",
    withProcessor("memory_limiter", { check_interval: "1s" }),
  ],
  [
    "a limit above all memory",
    "invalid-field",
    "processors.memory_limiter.limit_percentage",
    withProcessor("memory_limiter", { ...limits, limit_percentage: 101 }),
  ],
  [
    "a spike as large as the limit",
    "invalid-field",
    "processors.memory_limiter.spike_limit_percentage",
    withProcessor("memory_limiter", { ...limits, spike_limit_percentage: 80 }),
  ],
  [
    "a spike as large as the limit, in MiB",
    "invalid-field",
    "processors.memory_limiter.spike_limit_mib",
    withProcessor("memory_limiter", { check_interval: "1s", limit_mib: 100, spike_limit_mib: 100 }),
  ],
  [
    "a batch of at most less than it leaves with",
    "invalid-field",
    "processors.batch.send_batch_max_size",
    withProcessor("batch", { send_batch_max_size: 10 }),
  ],
  [
    "batches by one header twice",
    "invalid-field",
    "processors.batch.metadata_keys[1]",
    withProcessor("batch", { metadata_keys: ["tenant", "Tenant"] }),
  ],
  [
    "no attributes to set",
    "invalid-field",
    "processors.resource.attributes",
    withProcessor("resource", { attributes: [] }),
  ],
  [
    "an action that does not exist",
    "invalid-field",
    "processors.resource.attributes[0].action",
    withProcessor("resource", { attributes: [{ key: "a", value: "b", action: "put" }] }),
  ],
  [
    "an attribute without a value",
    "invalid-field",
    "processors.resource.attributes[0].value",
    withProcessor("resource", { attributes: [{ key: "a", action: "upsert" }] }),
  ],
  [
    "an attribute with two values",
    "invalid-field",
    "processors.resource.attributes[0].from_attribute",
    withProcessor("resource", { attributes: [{ key: "a", value: "b", from_attribute: "c", action: "upsert" }] }),
  ],
  [
    "a value for what is deleted",
    "invalid-field",
    "processors.attributes.actions[0].value",
    withProcessor("attributes", { actions: [{ key: "a", value: "b", action: "delete" }] }),
  ],
  [
    "an extraction without groups of a name",
    "invalid-field",
    "processors.attributes.actions[0].pattern",
    withProcessor("attributes", { actions: [{ key: "a", pattern: "(.*)", action: "extract" }] }),
  ],
  [
    "a conversion into what does not exist",
    "invalid-field",
    "processors.attributes.actions[0].converted_type",
    withProcessor("attributes", { actions: [{ key: "a", action: "convert", converted_type: "bool" }] }),
  ],
  [
    "a match of nothing",
    "invalid-field",
    "processors.attributes.include.services",
    withProcessor("attributes", { include: { match_type: "strict" }, actions: [{ key: "a", action: "delete" }] }),
  ],
  [
    "a pattern that does not end",
    "invalid-field",
    "processors.redaction.blocked_values[0]",
    withProcessor("redaction", { blocked_values: ["a("] }),
  ],
  [
    "a pattern that looks ahead",
    "invalid-field",
    "processors.redaction.blocked_key_patterns[0]",
    withProcessor("redaction", { blocked_key_patterns: ["(?!public)key"] }),
  ],
  [
    "a hash that does not exist",
    "invalid-field",
    "processors.redaction.hash_function",
    withProcessor("redaction", { hash_function: "crc32" }),
  ],
  [
    "a hash without its key",
    "invalid-field",
    "processors.redaction.hmac_key",
    withProcessor("redaction", { hash_function: "hmac-sha256" }),
  ],
  [
    "a filter in two ways",
    "invalid-field",
    "processors.filter.trace_conditions",
    withProcessor("filter", { trace_conditions: ['span.name == "a"'], traces: { span: ['name == "a"'] } }),
  ],
  [
    "an error mode that does not exist",
    "invalid-field",
    "processors.transform.error_mode",
    withProcessor("transform", { error_mode: "explode" }),
  ],
  [
    "an attribute of pods that does not exist",
    "invalid-field",
    "processors.k8s_attributes.extract.metadata[0]",
    withProcessor("k8s_attributes", { extract: { metadata: ["k8s.pod.nam"] } }),
  ],
  [
    "a label of what has none",
    "invalid-field",
    "processors.k8s_attributes.extract.labels[0].from",
    withProcessor("k8s_attributes", { extract: { labels: [{ key: "a", from: "container" }] } }),
  ],
  [
    "a detector that does not exist",
    "invalid-field",
    "processors.resource_detection.detectors[0]",
    withProcessor("resource_detection", { detectors: ["kubernetes"] }),
  ],
  [
    "a share below 0",
    "invalid-field",
    "processors.probabilistic_sampler.sampling_percentage",
    withProcessor("probabilistic_sampler", { sampling_percentage: -1 }),
  ],
  [
    "a threshold of no digits",
    "invalid-field",
    "processors.probabilistic_sampler.sampling_precision",
    withProcessor("probabilistic_sampler", { sampling_percentage: 10, sampling_precision: 0 }),
  ],
  [
    "a strategy that does not exist",
    "invalid-field",
    "processors.tail_sampling.sampling_strategy",
    withProcessor("tail_sampling", { policies: [errors], sampling_strategy: "eager" }),
  ],
  [
    "a match by names without a way",
    "invalid-field",
    "processors.cumulative_to_delta.include.match_type",
    withProcessor("cumulative_to_delta", { include: { metrics: ["a"] } }, "metrics"),
  ],
  [
    "series that are forgotten at once",
    "invalid-field",
    "processors.delta_to_cumulative.max_stale",
    withProcessor("delta_to_cumulative", { max_stale: "0s" }, "metrics"),
  ],
];

const exporters: readonly Row[] = [
  ["OTLP over gRPC to nowhere", "invalid-field", "exporters.otlp_grpc.endpoint", withExporter("otlp_grpc", {})],
  [
    "an address without a port",
    "invalid-field",
    "exporters.otlp_grpc.endpoint",
    withExporter("otlp_grpc", { endpoint: "tempo" }),
  ],
  [
    "a port that is no number",
    "invalid-field",
    "exporters.otlp_grpc.endpoint",
    withExporter("otlp_grpc", { endpoint: "tempo:otlp" }),
  ],
  [
    "a path in the address of gRPC",
    "invalid-field",
    "exporters.otlp_grpc.endpoint",
    withExporter("otlp_grpc", { endpoint: "http://tempo:4317/v1/traces" }),
  ],
  [
    "a balancer that does not exist",
    "invalid-field",
    "exporters.otlp_grpc.balancer_name",
    withExporter("otlp_grpc", { endpoint: tempo, balancer_name: "random" }),
  ],
  [
    "a compression that does not exist",
    "invalid-field",
    "exporters.otlp_grpc.compression",
    withExporter("otlp_grpc", { endpoint: tempo, compression: "rar" }),
  ],
  [
    "a client's certificate without its key",
    "invalid-field",
    "exporters.otlp_grpc.tls.key_file",
    withExporter("otlp_grpc", { endpoint: tempo, tls: { cert_file: "/tls.crt" } }),
  ],
  [
    "a version of TLS that does not exist",
    "invalid-field",
    "exporters.otlp_grpc.tls.min_version",
    withExporter("otlp_grpc", { endpoint: tempo, tls: { min_version: "2.0" } }),
  ],
  [
    "a queue of nothing",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.queue_size",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { queue_size: 0 } }),
  ],
  [
    "a queue that nobody empties",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.num_consumers",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { num_consumers: 0 } }),
  ],
  [
    "batches counted in requests",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.batch.sizer",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { batch: { sizer: "requests" } } }),
  ],
  [
    "batches that count as their queue does",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.batch.sizer",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { sizer: "requests", batch: { max_size: 9000 } } }),
  ],
  [
    "a largest batch below the smallest",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.batch.max_size",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { batch: { max_size: 5 } } }),
  ],
  [
    "a queue smaller than a batch",
    "invalid-field",
    "exporters.otlp_grpc.sending_queue.queue_size",
    withExporter("otlp_grpc", { endpoint: tempo, sending_queue: { sizer: "items", queue_size: 10, batch: {} } }),
  ],
  [
    "giving up before the longest pause",
    "invalid-field",
    "exporters.otlp_grpc.retry_on_failure.max_elapsed_time",
    withExporter("otlp_grpc", { endpoint: tempo, retry_on_failure: { max_elapsed_time: "10s" } }),
  ],
  [
    "a timeout below 0",
    "invalid-field",
    "exporters.otlp_grpc.timeout",
    withExporter("otlp_grpc", { endpoint: tempo, timeout: "-1s" }),
  ],
  [
    "one header twice",
    "invalid-field",
    "exporters.otlp_grpc.headers[1].name",
    withExporter("otlp_grpc", {
      endpoint: tempo,
      headers: [
        { name: "tenant", value: "a" },
        { name: "tenant", value: "b" },
      ],
    }),
  ],
  ["OTLP over HTTP to nowhere", "invalid-field", "exporters.otlp_http.endpoint", withExporter("otlp_http", {})],
  [
    "an encoding that does not exist",
    "invalid-field",
    "exporters.otlp_http.encoding",
    withExporter("otlp_http", { endpoint: "http://loki", encoding: "xml" }),
  ],
  [
    "a URL that is none",
    "invalid-field",
    "exporters.otlp_http.endpoint",
    withExporter("otlp_http", { endpoint: "::::" }),
  ],
  [
    "a translation that does not exist",
    "invalid-field",
    "exporters.prometheus_remote_write.translation_strategy",
    withExporter("prometheus_remote_write", { endpoint: write, translation_strategy: "camelCase" }, "metrics"),
  ],
  [
    "names that Prometheus cannot take",
    "invalid-field",
    "exporters.prometheus_remote_write.translation_strategy",
    withExporter("prometheus_remote_write", { endpoint: write, translation_strategy: "NoTranslation" }, "metrics"),
  ],
  [
    "a label without a value",
    "invalid-field",
    "exporters.prometheus_remote_write.external_labels.cluster",
    withExporter("prometheus_remote_write", { endpoint: write, external_labels: { cluster: "" } }, "metrics"),
  ],
  [
    "a write queue of nothing",
    "invalid-field",
    "exporters.prometheus_remote_write.remote_write_queue.queue_size",
    withExporter("prometheus_remote_write", { endpoint: write, remote_write_queue: { queue_size: 0 } }, "metrics"),
  ],
  [
    "load balancing without back ends",
    "invalid-field",
    "exporters.load_balancing.resolver",
    withExporter("load_balancing", {}),
  ],
  [
    "load balancing with two sources of back ends",
    "invalid-field",
    "exporters.load_balancing.resolver",
    withExporter("load_balancing", { resolver: { dns: { hostname: "a" }, static: { hostnames: ["b:4317"] } } }),
  ],
  [
    "load balancing by what does not exist",
    "invalid-field",
    "exporters.load_balancing.routing_key",
    withExporter("load_balancing", { routing_key: "spanID", resolver: { dns: { hostname: "a" } } }),
  ],
  [
    "back ends without a host",
    "invalid-field",
    "exporters.load_balancing.resolver.dns.hostname",
    withExporter("load_balancing", { resolver: { dns: {} } }),
  ],
  [
    "a verbosity that does not exist",
    "invalid-field",
    "exporters.debug.verbosity",
    withExporter("debug", { verbosity: "loud" }),
  ],
];

const others: readonly Row[] = [
  [
    "one dimension twice",
    "invalid-field",
    "connectors.span_metrics.dimensions[1].name",
    withConnector(
      "span_metrics",
      { dimensions: [{ name: "http.route" }, { name: "http.route" }] },
      "traces",
      "metrics",
    ),
  ],
  [
    "a dimension that is there already",
    "invalid-field",
    "connectors.span_metrics.dimensions[0].name",
    withConnector("span_metrics", { dimensions: [{ name: "service.name" }] }, "traces", "metrics"),
  ],
  [
    "a unit that does not exist",
    "invalid-field",
    "connectors.span_metrics.histogram.unit",
    withConnector("span_metrics", { histogram: { unit: "h" } }, "traces", "metrics"),
  ],
  [
    "two kinds of histograms",
    "invalid-field",
    "connectors.span_metrics.histogram.exponential",
    withConnector("span_metrics", { histogram: { explicit: {}, exponential: {} } }, "traces", "metrics"),
  ],
  [
    "two kinds of histograms between services",
    "invalid-field",
    "connectors.service_graph.exponential_histogram_max_size",
    withConnector(
      "service_graph",
      { latency_histogram_buckets: ["1s"], exponential_histogram_max_size: 10 },
      "traces",
      "metrics",
    ),
  ],
  [
    "attributes of a counted metric",
    "invalid-field",
    "connectors.count.metrics.a.attributes",
    withConnector("count", { metrics: { a: { attributes: [{ key: "b" }] } } }, "metrics", "metrics"),
  ],
  ["authentication without credentials", "invalid-field", "extensions.basicauth", withExtension("basicauth", {})],
  [
    "a token that is missing",
    "invalid-field",
    "extensions.bearertokenauth.token",
    withExtension("bearertokenauth", {}),
  ],
  [
    "a login without a secret",
    "invalid-field",
    "extensions.oauth2client.client_secret",
    withExtension("oauth2client", { client_id: "a", token_url: "https://login.example.com/token" }),
  ],
  [
    "a login to nowhere",
    "invalid-field",
    "extensions.oauth2client.token_url",
    withExtension("oauth2client", { client_id: "a", client_secret_file: "/secret" }),
  ],
  [
    "pages that nobody can open",
    "invalid-field",
    "extensions.zpages.endpoint",
    withExtension("zpages", { endpoint: "" }),
  ],
];

/** Wrong configurations of all kinds; each is refused by Plinth, as it says here, and by a real collector. */
export const wrongConfigs: readonly WrongConfig[] = [structure, shapes, receivers, processors, exporters, others]
  .flat()
  .map(([what, code, path, config]) => ({ what, code, path, config }));
