import {
  attributes,
  batch,
  bearerTokenAuth,
  type CompiledCollector,
  type Connector,
  compileCollector,
  containerLog,
  count,
  cumulativeToDelta,
  type Duration,
  debug,
  deltaToCumulative,
  dropAttribute,
  type Exporter,
  type Extension,
  fileLog,
  fileStorage,
  filter,
  fluentForward,
  forward,
  from,
  groupByAttributes,
  healthCheck,
  hostMetrics,
  jaeger,
  k8sAttributes,
  keepAtMost,
  keepAttribute,
  keepErrors,
  keepSlowerThan,
  loadBalancing,
  memoryLimiter,
  oauth2Client,
  otlp,
  otlpGrpc,
  otlpHttp,
  type Pipeline,
  type Processor,
  pipeline,
  probabilisticSampler,
  prometheus,
  prometheusRemoteWrite,
  type Receiver,
  type Retry,
  redaction,
  resource,
  resourceDetection,
  type Signal,
  serviceGraph,
  share,
  spanMetricsConnector,
  tailSampling,
  to,
  transform,
  zipkin,
  zpages,
} from "@plinth/otel";
import fc, { type Arbitrary } from "fast-check";

const maybe = <Value>(value: Arbitrary<Value>): Arbitrary<Value | undefined> => fc.option(value, { nil: undefined });
/** Options of which any may be missing. */
const some = <const Options extends Record<string, Arbitrary<unknown>>>(options: Options) =>
  fc.record(options, { requiredKeys: [] });
const duration: Arbitrary<Duration> = fc.constantFrom("200ms", "1s", "10s", "1m", "1h");
const host = fc.constantFrom("tempo:4317", "tempo.monitoring.svc:4317", "10.0.0.1:4317", "dns:///tempo:4317");
const url = fc.constantFrom("http://loki/otlp", "https://otlp.example.com:4318", "http://10.0.0.1:9090/api/v1/write");
const key = fc.constantFrom("service.name", "http.route", "team", "k8s.pod.name");
const text = fc.constantFrom("shop", "a b", "${env:JUDGE_TEXT}", "50 %", "");
const pattern = fc.constantFrom("^a+$", "4[0-9]{12}(?:[0-9]{3})?", "(?i)token", ".*@.*", "\\$\\{x\\}");
const storage = fileStorage({ directory: "/var/lib/otelcol", createDirectory: true, name: "queue" });
const token = bearerTokenAuth({ token: "${env:JUDGE_TOKEN}" });
const login = oauth2Client({
  clientId: "judge",
  clientSecret: { file: "/secret" },
  tokenUrl: "https://login.example.com/token",
});

const delivery = fc.record(
  {
    timeout: duration,
    queue: fc.oneof(
      fc.constant("off" as const),
      fc.record(
        {
          size: fc.integer({ min: 10_000, max: 100_000 }),
          consumers: fc.integer({ min: 1, max: 50 }),
          blockOnOverflow: fc.boolean(),
          storage: fc.constant(storage),
          sizer: fc.constantFrom("requests", "items", "bytes"),
          batch: fc.record({
            minSize: fc.integer({ min: 0, max: 5_000 }),
            maxSize: fc.integer({ min: 5_000, max: 9_000 }),
            flushTimeout: duration,
          }),
        },
        { requiredKeys: ["size"] },
      ),
    ),
    retry: fc.constantFrom<Retry | "off">(
      "off",
      { initialInterval: "1s", maxInterval: "30s", maxElapsedTime: "1m" },
      { maxElapsedTime: "0s" },
    ),
  },
  { requiredKeys: [] },
);

const otlpReceivers: Arbitrary<Receiver<Signal>> = fc
  .record(
    {
      grpc: fc.record(
        { maxReceiveMessageMib: fc.integer({ min: 1, max: 64 }), maxConnectionAge: duration },
        { requiredKeys: [] },
      ),
      http: fc.record({ maxRequestBodySize: fc.nat(10_000_000) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .map((options) => otlp(options));

const traceReceivers: Arbitrary<Receiver<"traces">> = fc.oneof(
  otlpReceivers,
  some({ parseStringTags: fc.boolean() }).map(zipkin),
  fc.constantFrom(jaeger(), jaeger({ thriftCompact: { queueSize: 500 } }), jaeger({ grpc: {}, thriftBinary: {} })),
);
const metricReceivers: Arbitrary<Receiver<"metrics">> = fc.oneof(
  otlpReceivers,
  fc
    .record(
      {
        cpu: fc.constant({ metrics: { "system.cpu.utilization": true } }),
        memory: fc.constant({}),
        load: fc.record({ cpuAverage: fc.boolean() }),
        filesystem: fc.record({ excludeMountPoints: fc.constant(["/boot.*"]) }),
      },
      { requiredKeys: ["memory"] },
    )
    .map((scrapers) => hostMetrics({ scrapers, collectionInterval: "30s" })),
  fc
    .record(
      {
        scrapeInterval: fc.constantFrom("30s", "1m"),
        honorLabels: fc.boolean(),
        relabel: fc.constant([
          { sourceLabels: ["__address__"], regex: "(.*):\\d+$", replacement: "$1", targetLabel: "node" },
        ]),
      },
      { requiredKeys: [] },
    )
    .map((options) =>
      prometheus({ scrapeConfigs: [{ jobName: "node", staticConfigs: [{ targets: ["node:9100"] }], ...options }] }),
    ),
  fc.constant(prometheus({ targetAllocator: { endpoint: "http://allocator", interval: "30s", collectorId: "judge" } })),
);
const logReceivers: Arbitrary<Receiver<"logs">> = fc.oneof(
  otlpReceivers,
  fc.constant(fluentForward()),
  some({
    startAt: fc.constantFrom("beginning", "end"),
    operators: fc.constant([containerLog()]),
    includeFilePath: fc.boolean(),
    retry: fc.boolean(),
    storage: fc.constant(storage),
  }).map((options) => fileLog({ include: ["/var/log/pods/*/*/*.log"], ...options })),
);

const enrichment: Arbitrary<Processor<Signal>> = fc.oneof(
  fc
    .record(
      {
        otelAnnotations: fc.boolean(),
        metadata: fc.constant(["k8s.pod.name"]),
        podLabels: fc.constant({ team: "team" }),
        recogniseBy: fc.constant([{ attribute: "k8s.pod.uid" }, "connection"] as const),
      },
      { requiredKeys: [] },
    )
    .map(k8sAttributes),
  fc
    .record({ override: fc.boolean(), timeout: duration }, { requiredKeys: [] })
    .map((options) => resourceDetection({ detectors: ["env", "system"], ...options })),
);
const changes: Arbitrary<Processor<Signal>> = fc.oneof(
  fc.tuple(key, text).map(([name, value]) => resource({ upsert: { [name]: value } })),
  fc.tuple(key, key, text).map(([one, other, value]) =>
    attributes({
      actions: [
        { action: "upsert", key: one, value },
        { action: "delete", key: other },
        { action: "hash", pattern: "^user$" },
      ],
    }),
  ),
  fc.tuple(key, key).map(([one, other]) =>
    attributes({
      actions: [
        { action: "insert", key: one, fromAttribute: other },
        { action: "extract", key: one, pattern: "(?P<first>[^/]+)$" },
        { action: "convert", key: other, convertedType: "int" },
      ],
    }),
  ),
  fc
    .record(
      {
        allowedKeys: fc.constantFrom("all" as const, ["team"]),
        blockedValues: fc.array(pattern),
        blockedKeyPatterns: fc.array(pattern),
        summary: fc.constantFrom("debug", "info", "silent"),
        hash: fc.constantFrom("sha3", "md5"),
        allTypes: fc.boolean(),
        urls: fc.constant({ attributes: ["url.full"] }),
        statements: fc.constant({ sql: { attributes: ["db.query.text"] } }),
      },
      { requiredKeys: ["allowedKeys"] },
    )
    .map(redaction),
  fc.array(key).map((keys) => groupByAttributes(keys)),
  key.map((name) =>
    transform({
      traces: [`set(resource.attributes["${name}"], "x")`],
      metrics: [`set(resource.attributes["${name}"], "x")`],
      logs: [`set(log.attributes["${name}"], "x")`],
    }),
  ),
);
const drops: Arbitrary<Processor<Signal>> = key.map((name) =>
  filter({
    traces: [`span.attributes["${name}"] == "x"`],
    metrics: ['metric.name == "x"'],
    logs: ["log.severity_number < SEVERITY_NUMBER_INFO"],
  }),
);
const batches: Arbitrary<Processor<Signal>> = fc
  .record(
    {
      timeout: duration,
      sendBatchSize: fc.integer({ min: 1, max: 5_000 }),
      sendBatchMaxSize: fc.integer({ min: 8_192, max: 20_000 }),
    },
    { requiredKeys: [] },
  )
  .map(batch);

const samplers: Arbitrary<Processor<"traces">> = fc.oneof(
  fc
    .tuple(
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      some({
        mode: fc.constantFrom("hash_seed", "proportional", "equalizing"),
        precision: fc.integer({ min: 1, max: 14 }),
        hashSeed: fc.nat(1_000),
      }),
    )
    .map(([fraction, options]) => probabilisticSampler(fraction, options)),
  fc
    .tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.record(
        {
          decisionWait: duration,
          numTraces: fc.integer({ min: 1, max: 100_000 }),
          blockOnOverflow: fc.boolean(),
          rememberedDecisions: fc.constant({ sampled: 1_000 }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([fraction, options]) =>
      tailSampling(
        [
          keepErrors(),
          keepSlowerThan("2s"),
          keepAttribute("team", ["shop"]),
          share(fraction),
          keepAtMost(100),
          dropAttribute("url.path", ["/healthz"]),
        ],
        options,
      ),
    ),
);
const logSamplers: Arbitrary<Processor<"logs">> = fc
  .constantFrom("traceID", "event.id")
  .map((attribute) => probabilisticSampler(0.5, attribute === "traceID" ? {} : { fromAttribute: attribute }));
const temporalities: Arbitrary<Processor<"metrics">> = fc.oneof(
  some({
    maxStaleness: duration,
    initialValue: fc.constantFrom("auto", "keep", "drop"),
    include: fc.constant({ matchType: "regexp", metrics: ["http\\..*"] } as const),
  }).map(cumulativeToDelta),
  some({ maxStale: duration, maxStreams: fc.nat(10_000) }).map(deltaToCumulative),
);

const anySinks: Arbitrary<Exporter<Signal>> = fc.oneof(
  some({ verbosity: fc.constantFrom("basic", "normal", "detailed") }).map(debug),
  fc
    .tuple(
      host,
      delivery,
      some({
        tls: fc.constantFrom("plaintext", { insecureSkipVerify: true }),
        compression: fc.constantFrom("gzip", "snappy", "zstd", "none"),
        auth: fc.constantFrom(token, login),
        headers: fc.constant({ "X-Scope-OrgID": "shop" }),
      }),
    )
    .map(([endpoint, sent, options]) => otlpGrpc({ endpoint, ...sent, ...options })),
  fc
    .tuple(url, delivery, some({ compression: fc.constantFrom("gzip", "none"), auth: fc.constant(token) }))
    .map(([endpoint, sent, options]) => otlpHttp({ endpoint, ...sent, ...options })),
);
const traceSinks: Arbitrary<Exporter<"traces">> = fc.oneof(
  anySinks,
  fc.constantFrom(
    loadBalancing({ by: "traceID", backends: { dns: { hostname: "samplers", port: 4317 } }, tls: "plaintext" }),
    loadBalancing({ backends: { static: ["a:4317", "b:4317"] }, retry: {} }),
    loadBalancing({ by: "service", backends: { kubernetes: { service: "samplers.opentelemetry", ports: [4317] } } }),
  ),
);
const metricSinks: Arbitrary<Exporter<"metrics">> = fc.oneof(
  anySinks,
  fc
    .tuple(
      url,
      some({
        resourceLabels: fc.boolean(),
        targetInfo: fc.boolean(),
        scopeLabels: fc.boolean(),
        externalLabels: fc.constant({ cluster: "a" }),
        writeQueue: fc.record({
          size: fc.integer({ min: 1, max: 10_000 }),
          consumers: fc.integer({ min: 1, max: 10 }),
        }),
        writeAheadLog: fc.constant({ directory: "/var/lib/otelcol/wal" }),
        auth: fc.constant(token),
      }),
    )
    .map(([endpoint, options]) => prometheusRemoteWrite({ endpoint, ...options })),
);

const fromTraces: Arbitrary<Connector<"traces", "metrics">> = fc.oneof(
  some({
    unit: fc.constantFrom("ms", "s"),
    buckets: fc.constant(["10ms", "1s"]),
    dimensions: fc.uniqueArray(fc.constantFrom("http.route", "team")),
    exemplars: fc.boolean(),
    flushInterval: duration,
    expiration: duration,
    cardinalityLimit: fc.nat(5_000),
    resourceKeyAttributes: fc.constant(["service.name"]),
  }).map(spanMetricsConnector),
  some({
    buckets: fc.constant(["10ms", "1s"] as const),
    ttl: duration,
    maxItems: fc.integer({ min: 1, max: 5_000 }),
    virtualNodeLabel: fc.boolean(),
    dimensions: fc.array(key),
    flushInterval: duration,
  }).map(serviceGraph),
  fc.constant(
    count({
      spans: {
        "span.count": {
          conditions: ["span.status.code == STATUS_CODE_ERROR"],
          attributes: [{ key: "http.route", defaultValue: "none" }],
        },
      },
    }),
  ),
);

const extensions: Arbitrary<readonly Extension[]> = fc.subarray([healthCheck(), zpages()]);

/** The processors of a pipeline in the order that loses nothing. */
function processors<Carried extends Signal>(
  own: Arbitrary<Processor<Carried>>,
): Arbitrary<readonly Processor<Carried>[]> {
  const shared = fc.tuple(
    maybe(fc.constant(memoryLimiter())),
    maybe(enrichment),
    maybe(changes),
    maybe(drops),
    maybe(own),
    maybe(batches),
  );
  return shared.map((drawn): readonly Processor<Carried>[] => drawn.filter((processor) => processor !== undefined));
}

const tracesAlone: Arbitrary<readonly Pipeline[]> = fc
  .tuple(traceReceivers, processors(samplers), traceSinks)
  .map(([source, between, sink]) => [pipeline("traces", from(source), between, to(sink))]);
const metricsAlone: Arbitrary<readonly Pipeline[]> = fc
  .tuple(metricReceivers, processors(temporalities), metricSinks)
  .map(([source, between, sink]) => [pipeline("metrics", from(source), between, to(sink))]);
const logsAlone: Arbitrary<readonly Pipeline[]> = fc
  .tuple(logReceivers, processors(logSamplers), anySinks)
  .map(([source, between, sink]) => [pipeline("logs", from(source), between, to(sink))]);
const joined: Arbitrary<readonly Pipeline[]> = fc
  .tuple(traceReceivers, fromTraces, samplers, traceSinks, metricSinks)
  .map(([source, connector, sampler, traces, metrics]) => {
    const on = forward("on");
    return [
      pipeline("traces/in", from(source), [memoryLimiter()], to(connector, on)),
      pipeline("traces/kept", from(on), [sampler], to(traces)),
      pipeline("metrics/spans", from(connector), [], to(metrics)),
    ];
  });

/** Collectors that chance puts together from the factories, and that are right. One id may stand for two things by chance: those are left out. */
export const randomCollector: Arbitrary<CompiledCollector> = fc
  .tuple(fc.oneof(tracesAlone, metricsAlone, logsAlone, joined), extensions)
  .map(([pipelines, running]) => compileCollector({ pipelines, extensions: running }))
  .filter(({ findings }) => !findings.some(({ code }) => code === "duplicate-name"));
