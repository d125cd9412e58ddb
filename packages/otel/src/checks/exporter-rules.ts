import { isOptions } from "../configuration/collector-config.ts";
import { logRetentionDays } from "../exporters/aws-log-group.ts";
import { clientRules, deliveryRules, serverRules } from "./delivery-rules.ts";
import { report } from "./rule.ts";
import {
  hostAndPort,
  inside,
  isFilledIn,
  needs,
  oneOf,
  type ValueRule,
  webAddress,
  when,
  within,
} from "./value-rule.ts";

const compressions = ["gzip", "snappy", "zstd", "none", "zlib", "deflate", "lz4", "x-snappy-framed"] as const;

/** An OTLP exporter over gRPC. */
const grpcRules: readonly ValueRule[] = [
  hostAndPort("endpoint"),
  oneOf("balancer_name", ["round_robin", "pick_first"]),
  oneOf("compression", compressions),
  ...clientRules,
  ...deliveryRules,
];

const nowhere = "there is nowhere to send to";

/** What the exporters ask for, each by its own `config.go` and factory. */
export const exporterRules: Readonly<Record<string, readonly ValueRule[]>> = {
  otlp_grpc: [needs(["endpoint"], nowhere, 'endpoint: "tempo.monitoring.svc:4317"'), ...grpcRules],
  otlp_http: [
    needs(
      ["endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"],
      nowhere,
      "endpoint: http://loki-gateway.monitoring.svc/otlp",
    ),
    ...["endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint"].map(webAddress),
    oneOf("encoding", ["proto", "json"]),
    oneOf("compression", compressions),
    ...clientRules,
    ...deliveryRules,
  ],
  prometheus_remote_write: [
    needs(["endpoint"], nowhere, "endpoint: http://prometheus.monitoring.svc:9090/api/v1/write"),
    webAddress("endpoint"),
    oneOf("compression", ["snappy"]),
    oneOf("translation_strategy", ["UnderscoreEscapingWithSuffixes", "UnderscoreEscapingWithoutSuffixes"]),
    within("max_batch_size_bytes", { atLeast: 0 }, "3000000"),
    within("max_batch_request_parallelism", { atLeast: 1 }, "5"),
    inside(
      "remote_write_queue",
      when(({ enabled }) => enabled !== false, within("queue_size", { above: 0 }, "10000")),
      within("num_consumers", { atLeast: 0 }, "5"),
    ),
    inside("wal", needs(["directory"], "it is not said where what waits is kept", "directory: /var/lib/otelcol/wal")),
    labelled("external_labels"),
    ...clientRules,
    ...deliveryRules,
  ],
  load_balancing: [
    oneResolver,
    inside(
      "resolver",
      inside("static", needs(["hostnames"], "there are no back ends", 'hostnames: ["sampler-0:4317"]')),
      inside(
        "dns",
        needs(["hostname"], "it is not said whose addresses they are", "hostname: sampling-headless.opentelemetry.svc"),
      ),
      inside("k8s", needs(["service"], "it is not said which Service", "service: sampling.opentelemetry")),
    ),
    oneOf("routing_key", ["traceID", "service", "resource", "metric", "streamID", "attributes"]),
    when(
      ({ routing_key: key }) => key === "attributes",
      needs(["routing_attributes"], "it is not said which attributes", "routing_attributes: [service.name]"),
    ),
    inside("protocol", inside("otlp", ...grpcRules)),
    ...deliveryRules,
  ],
  zipkin: [
    needs(["endpoint"], nowhere, "endpoint: http://zipkin:9411/api/v2/spans"),
    webAddress("endpoint"),
    ...clientRules,
    ...deliveryRules,
  ],
  prometheus: [
    needs(["endpoint"], "the exporter listens nowhere", "endpoint: 0.0.0.0:8889"),
    hostAndPort("endpoint"),
    ...serverRules,
  ],
  file: [needs(["path"], "it is not said into which file", "path: /var/lib/otelcol/data.json")],
  debug: [oneOf("verbosity", ["basic", "normal", "detailed"], { anyCase: true })],
  awsxray: [awsEndpoint],
  awsemf: [
    awsEndpoint,
    oneOf("dimension_rollup_option", [
      "ZeroAndSingleDimensionRollup",
      "SingleDimensionRollupOnly",
      "NoDimensionRollup",
    ]),
    oneOf("output_destination", ["cloudwatch", "stdout"]),
    retention,
    tags,
  ],
  awscloudwatchlogs: [
    awsEndpoint,
    needs(["log_group_name"], "it is not said into which log group", "log_group_name: /shop/production"),
    needs(["log_stream_name"], "it is not said into which log stream", "log_stream_name: collector"),
    retention,
    tags,
    ...deliveryRules,
  ],
};

function oneResolver({ resolver }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const named = isOptions(resolver)
    ? Object.entries(resolver).flatMap(([name, options]) =>
        isOptions(options) && options["enabled"] === false ? [] : [name],
      )
    : [];
  if (named.length === 1) return [];
  return [
    report("valid-option", `${path}.resolver`, {
      message: `has ${named.length === 0 ? "no source" : named.join(" and ")}`,
      expected: "one of static, dns, k8s, aws_cloud_map",
    }),
  ];
}

function labelled(name: string): ValueRule {
  return (options, path) => {
    const labels = options[name];
    if (!isOptions(labels)) return [];
    return Object.entries(labels).flatMap(([label, value]) =>
      label === "" || value === ""
        ? [
            report("valid-option", `${path}.${name}.${label}`, {
              message: "a label has no name or no value",
              expected: "both",
            }),
          ]
        : [],
    );
  };
}

function awsEndpoint(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  return [
    ...webAddressOrHost("endpoint")(options, path),
    ...within("num_workers", { atLeast: 1 }, "8")(options, path),
    ...within("request_timeout_seconds", { atLeast: 1 }, "30")(options, path),
    ...within("max_retries", { atLeast: 0 }, "2")(options, path),
  ];
}

// CloudWatch Logs is said by its host, too: logs.eu-central-1.amazonaws.com.
function webAddressOrHost(name: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    return typeof value === "string" && /^[a-z0-9.-]+$/i.test(value) ? [] : webAddress(name)(options, path);
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
function retention({ log_retention: days }: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  if (typeof days !== "number" || logRetentionDays.some((known) => known === days)) return [];
  return [
    report("valid-option", `${path}.log_retention`, {
      message: `is ${days}`,
      expected: `one of ${logRetentionDays.join(", ")}`,
      example: "30",
    }),
  ];
}

const tagPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;

function tags(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const given = options["tags"];
  if (!isOptions(given)) return [];
  const entries = Object.entries(given);
  return [
    ...(entries.length === 0 || entries.length > 50
      ? [
          report("valid-option", `${path}.tags`, {
            message: `there are ${entries.length}`,
            expected: "1 to 50 tags, or no tags at all",
          }),
        ]
      : []),
    ...entries.flatMap(([key, value]) =>
      tagPattern.test(key) &&
      key.length <= 128 &&
      (isFilledIn(value) || (typeof value === "string" && tagPattern.test(value) && value.length <= 256))
        ? []
        : [
            report("valid-option", `${path}.tags.${key}`, {
              message: `${JSON.stringify(key)}: ${JSON.stringify(value)} is no tag`,
              expected: "letters, digits, spaces and _.:/=+-@, 128 for the key and 256 for the value",
            }),
          ],
    ),
  ];
}
