import { count } from "../connectors/count.ts";
import { forward } from "../connectors/forward.ts";
import { routing } from "../connectors/routing.ts";
import { serviceGraph } from "../connectors/service-graph.ts";
import { spanMetricsConnector } from "../connectors/span-metrics.ts";
import { awsCloudwatchLogs } from "../exporters/aws-cloudwatch-logs.ts";
import { awsEmf } from "../exporters/aws-emf.ts";
import { awsXray } from "../exporters/aws-xray.ts";
import { debug } from "../exporters/debug.ts";
import { loadBalancing } from "../exporters/load-balancing.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { otlpHttp } from "../exporters/otlp-http.ts";
import { prometheusRemoteWrite } from "../exporters/prometheus-remote-write.ts";
import { basicAuth, basicAuthServer } from "../extensions/basic-auth.ts";
import { bearerTokenAuth } from "../extensions/bearer-token-auth.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { k8sLeaderElector } from "../extensions/k8s-leader-elector.ts";
import { oauth2Client } from "../extensions/oauth2-client.ts";
import { sigv4Auth } from "../extensions/sigv4-auth.ts";
import { zpages } from "../extensions/zpages.ts";
import { attributes } from "../processors/attributes.ts";
import { batch } from "../processors/batch.ts";
import { cumulativeToDelta } from "../processors/cumulative-to-delta.ts";
import { deltaToCumulative } from "../processors/delta-to-cumulative.ts";
import { filter } from "../processors/filter.ts";
import { groupByAttributes } from "../processors/group-by-attributes.ts";
import { k8sAttributes } from "../processors/k8s-attributes.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { probabilisticSampler } from "../processors/probabilistic-sampler.ts";
import { redaction } from "../processors/redaction.ts";
import { resource } from "../processors/resource.ts";
import { resourceDetection } from "../processors/resource-detection.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { transform } from "../processors/transform.ts";
import { containerLog, fileLog } from "../receivers/file-log.ts";
import { fluentForward } from "../receivers/fluent-forward.ts";
import { hostMetrics } from "../receivers/host-metrics.ts";
import { jaeger } from "../receivers/jaeger.ts";
import { k8sCluster } from "../receivers/k8s-cluster.ts";
import { k8sObjects } from "../receivers/k8s-objects.ts";
import { kubeletStats } from "../receivers/kubelet-stats.ts";
import { otlp } from "../receivers/otlp.ts";
import { prometheus } from "../receivers/prometheus.ts";
import { zipkin } from "../receivers/zipkin.ts";
import {
  dropAttribute,
  keepAll,
  keepAtMost,
  keepAttribute,
  keepErrors,
  keepSlowerThan,
  keepWhere,
  share,
} from "../tail-sampling/policy.ts";
import type { Collector } from "./compile.ts";
import { from, pipeline, to } from "./pipeline.ts";

const once = k8sLeaderElector({
  leaseName: "otel",
  leaseNamespace: "opentelemetry",
  leaseDuration: "30s",
  renewDeadline: "20s",
  retryPeriod: "5s",
});
const storage = fileStorage({ directory: "/var/lib/otelcol", createDirectory: true, timeout: "2s" });
const tls = {
  caFile: "/ca.crt",
  certFile: "/tls.crt",
  keyFile: "/tls.key",
  serverName: "tempo",
  insecureSkipVerify: false,
};
const serverTls = { certFile: "/tls.crt", keyFile: "/tls.key", clientCaFile: "/ca.crt" };
const users = basicAuthServer({ htpasswdFile: "/etc/otelcol/htpasswd", name: "users" });
const token = bearerTokenAuth({ token: "${env:TOKEN}", scheme: "Token", header: "X-Token" });
const delivery = {
  timeout: "5s",
  queue: {
    size: 20_000,
    sizer: "items",
    consumers: 4,
    blockOnOverflow: true,
    storage,
    batch: { sizer: "items", minSize: 1_000, maxSize: 2_000, flushTimeout: "1s" },
  },
  retry: { initialInterval: "1s", maxInterval: "10s", maxElapsedTime: "0s" },
} as const;
const session = {
  region: "eu-central-1",
  endpoint: "https://vpce.example.com",
  roleArn: "arn:aws:iam::123456789012:role/telemetry",
  externalId: "shop",
  requestTimeoutSeconds: 10,
  maxRetries: 1,
  numWorkers: 4,
  localMode: true,
} as const;

const byTeam = routing({
  table: [
    {
      condition: 'resource.attributes["team"] == "shop"',
      context: "resource",
      pipelines: ["logs/shop"],
      action: "copy",
    },
  ],
  defaultPipelines: ["logs/rest"],
  errorMode: "ignore",
});
const kept = forward("kept");
const spans = spanMetricsConnector({
  namespace: "spans",
  unit: "s",
  buckets: ["10ms", "1s"],
  dimensions: ["http.route"],
  resourceKeyAttributes: ["service.name"],
  exemplars: true,
  flushInterval: "30s",
  expiration: "5m",
  cardinalityLimit: 1_000,
});
const graph = serviceGraph({
  buckets: ["10ms", "1s"],
  dimensions: ["team"],
  ttl: "10s",
  maxItems: 10_000,
  virtualNodePeerAttributes: ["service.peer.name"],
  virtualNodeLabel: true,
  databaseNameAttributes: ["db.namespace"],
  flushInterval: "30s",
});
const counted = count({
  spans: {
    "span.count": {
      description: "Spans",
      conditions: ["span.kind == SPAN_KIND_SERVER"],
      attributes: [{ key: "http.route", defaultValue: "none" }],
    },
  },
  spanEvents: { "event.count": {} },
  metrics: { "metric.count": { description: "Metrics" } },
  dataPoints: { "point.count": {} },
  logs: { "log.count": {} },
});

/** A collector with every component that Plinth has a factory for, and nearly every option. */
export const everyComponent: Collector = {
  extensions: [healthCheck(), zpages({ expvar: true })],
  telemetry: { level: "detailed", logs: "json" },
  pipelines: [
    pipeline(
      "traces/in",
      from(
        otlp({
          grpc: {
            maxReceiveMessageMib: 8,
            maxConnectionAge: "5m",
            maxConnectionAgeGrace: "30s",
            tls: serverTls,
            auth: users,
          },
          http: { maxRequestBodySize: 1_000_000, tls: serverTls, auth: token },
        }),
        zipkin({ parseStringTags: true, tls: serverTls }),
        jaeger({
          grpc: {},
          thriftHttp: { auth: users },
          thriftCompact: { queueSize: 10 },
          thriftBinary: { maxPacketSize: 100 },
        }),
      ),
      [
        memoryLimiter(),
        resourceDetection({ detectors: ["env", "k8s_api"], timeout: "5s" }),
        k8sAttributes({
          nodeFromEnvironment: "K8S_NODE_NAME",
          otelAnnotations: true,
          metadata: ["k8s.pod.name"],
          podLabels: { team: "team" },
          recogniseBy: [{ attribute: "k8s.pod.uid" }, "connection"],
        }),
        attributes({
          include: { matchType: "regexp", services: ["cart.*"], attributes: [{ key: "a", value: 1 }] },
          exclude: { matchType: "strict", spanNames: ["GET /healthz"], resources: [{ key: "team" }] },
          actions: [
            { action: "upsert", key: "team", value: "shop" },
            { action: "insert", key: "tenant", fromContext: "metadata.tenant", defaultValue: "none" },
            { action: "update", key: "a", fromAttribute: "b" },
            { action: "delete", pattern: "^secret\\..*$" },
            { action: "hash", key: "user.id" },
            { action: "extract", key: "url.path", pattern: "^/(?P<shop>[^/]+)" },
            { action: "convert", key: "a", convertedType: "int" },
          ],
        }),
        redaction({
          allowedKeys: "all",
          blockedKeyPatterns: ["(?i).*token$"],
          blockedValues: ["4[0-9]{12}"],
          allowedValues: [".+@example.com"],
          ignoredKeys: ["team"],
          ignoredKeyPatterns: ["^k8s\\..*"],
          allTypes: true,
          hash: { function: "hmac-sha256", key: "${env:KEY}" },
          urls: { attributes: ["url.full"], spanNames: false },
          statements: { sql: { attributes: ["db.query.text"] }, redis: { attributes: ["db.query.text"] } },
          summary: "info",
        }),
        filter({ traces: ['span.name == "GET /healthz"'], errorMode: "silent" }),
      ],
      to(spans, graph, counted, kept),
    ),
    pipeline(
      "traces/kept",
      from(kept),
      [
        tailSampling(
          [
            keepErrors(),
            keepSlowerThan("2s"),
            keepAttribute("a", ["b"]),
            share(0.1),
            keepAll(),
            keepAtMost(100),
            keepWhere("large", ['span.attributes["a"] > 1']),
            dropAttribute("url.path", ["/healthz"]),
          ],
          {
            decisionWait: "30s",
            numTraces: 1_000,
            expectedNewTracesPerSecond: 10,
            blockOnOverflow: true,
            rememberedDecisions: { sampled: 10, notSampled: 10 },
          },
        ),
        batch({ timeout: "1s", sendBatchSize: 100, sendBatchMaxSize: 200 }),
      ],
      to(
        otlpGrpc({
          endpoint: "tempo:4317",
          tls,
          compression: "zstd",
          balancer: "round_robin",
          headers: { "X-Scope-OrgID": "shop" },
          auth: oauth2Client({
            clientId: { file: "/id" },
            clientSecret: "${file:/secret}",
            tokenUrl: "https://login.example.com/token",
            scopes: ["write"],
            endpointParameters: { audience: ["telemetry"] },
            timeout: "5s",
            expiryBuffer: "1m",
            tls,
          }),
          ...delivery,
        }),
        loadBalancing({
          by: "traceID",
          backends: { kubernetes: { service: "samplers.opentelemetry", ports: [4317] } },
          tls: "plaintext",
          ...{ queue: delivery.queue, retry: {} },
        }),
        awsXray({ ...session, indexedAttributes: ["team"], logGroups: ["/shop"] }),
      ),
    ),
    pipeline(
      "metrics",
      from(
        otlp({ grpc: {}, name: "metrics" }),
        spans,
        graph,
        counted,
        hostMetrics({
          rootPath: "/",
          collectionInterval: "30s",
          scrapers: {
            cpu: { metrics: { "system.cpu.utilization": true } },
            disk: {},
            filesystem: { excludeMountPoints: ["/boot"], excludeFsTypes: ["tmpfs"] },
            load: { cpuAverage: true },
            memory: {},
            network: {},
            paging: {},
            processes: {},
          },
        }),
        kubeletStats({
          endpoint: "https://${env:NODE}:10250",
          insecureSkipVerify: true,
          metricGroups: ["pod"],
          collectionInterval: "30s",
          metrics: { "k8s.pod.cpu.usage": true },
        }),
        k8sCluster({
          collectionInterval: "30s",
          metadataCollectionInterval: "10m",
          nodeConditions: ["Ready"],
          allocatableTypes: ["cpu"],
          namespaces: ["shop"],
          distribution: "kubernetes",
          leaderElector: once,
          metrics: { "k8s.node.condition": true },
        }),
        prometheus({
          scrapeInterval: "30s",
          scrapeTimeout: "10s",
          trimMetricSuffixes: true,
          scrapeOnShutdown: true,
          targetAllocator: { endpoint: "http://allocator", interval: "30s", collectorId: "${env:POD}" },
          scrapeConfigs: [
            {
              jobName: "pods",
              metricsPath: "/metrics",
              scheme: "https",
              honorLabels: true,
              sampleLimit: 10_000,
              bearerTokenFile: "/token",
              tls: { caFile: "/ca.crt", insecureSkipVerify: true },
              staticConfigs: [{ targets: ["a:9090"], labels: { team: "shop" } }],
              kubernetes: [{ role: "pod", namespaces: ["shop"], selectors: [{ role: "pod", label: "team=shop" }] }],
              relabel: [
                {
                  sourceLabels: ["__address__"],
                  separator: ",",
                  regex: "(.*):\\d+$",
                  replacement: "$1",
                  targetLabel: "node",
                  action: "replace",
                },
              ],
              metricRelabel: [{ regex: "go_.*", action: "labeldrop" }],
            },
          ],
        }),
      ),
      [
        groupByAttributes(["team"]),
        cumulativeToDelta({
          include: { matchType: "regexp", metrics: ["http\\..*"], types: ["sum"] },
          maxStaleness: "1h",
          initialValue: "drop",
        }),
        deltaToCumulative({ maxStale: "10m", maxStreams: 1_000 }),
      ],
      to(
        prometheusRemoteWrite({
          endpoint: "https://aps.example.com/write",
          tls,
          auth: sigv4Auth({
            region: "eu-central-1",
            service: "aps",
            assumeRole: {
              arn: "arn:aws:iam::123456789012:role/m",
              sessionName: "m",
              stsRegion: "eu-central-1",
              externalId: "x",
            },
          }),
          headers: { "X-Scope-OrgID": "shop" },
          resourceLabels: true,
          targetInfo: false,
          scopeLabels: false,
          externalLabels: { cluster: "a" },
          writeQueue: { size: 100, consumers: 2 },
          writeAheadLog: { directory: "/var/lib/otelcol/wal", bufferSize: 100, truncateFrequency: "5m" },
          timeout: "10s",
          retry: "off",
        }),
        awsEmf({
          ...session,
          namespace: "shop",
          logGroup: "/metrics/shop",
          logStream: "collector",
          logRetention: 30,
          tags: { team: "shop" },
          dimensionRollup: "NoDimensionRollup",
          metricDeclarations: [{ dimensions: [["service.name"]], metricNameSelectors: ["^http\\."] }],
          resourceLabels: true,
          retainInitialValueOfDeltaMetric: true,
          detailedMetrics: true,
        }),
      ),
    ),
    pipeline(
      "logs/in",
      from(
        otlp({ http: {}, name: "logs" }),
        fileLog({
          include: ["/var/log/*.log"],
          exclude: ["/var/log/own.log"],
          startAt: "end",
          storage,
          operators: [containerLog({ maxLogSize: 1_000 })],
          includeFilePath: true,
          includeFileName: false,
          retry: true,
          pollInterval: "1s",
        }),
        fluentForward(),
        k8sObjects({
          objects: [
            {
              resource: "events",
              group: "events.k8s.io",
              mode: "watch",
              excludeChanges: ["DELETED"],
              namespaces: ["shop"],
            },
            {
              resource: "pods",
              mode: "pull",
              interval: "10m",
              initialDelay: "1m",
              labelSelector: "a=b",
              fieldSelector: "c=d",
            },
          ],
          leaderElector: once,
        }),
      ),
      [
        resource({ upsert: { team: "shop" }, insert: { a: 1 }, remove: ["b"] }),
        transform({ logs: ['set(log.attributes["a"], "b")'] }),
        probabilisticSampler(0.5, {
          mode: "proportional",
          hashSeed: 1,
          failClosed: false,
          precision: 4,
          fromAttribute: "id",
          samplingPriority: "p",
        }),
      ],
      to(byTeam),
    ),
    pipeline(
      "logs/shop",
      from(byTeam),
      [],
      to(
        otlpHttp({
          endpoint: "https://logs.example.com/otlp",
          tls,
          compression: "gzip",
          auth: basicAuth({ username: "shop", password: { file: "/password" } }),
          headers: { Authorization: "${env:AUTHORIZATION}" },
          ...delivery,
        }),
      ),
    ),
    pipeline(
      "logs/rest",
      from(byTeam),
      [],
      to(
        debug({ verbosity: "basic" }),
        awsCloudwatchLogs({
          ...session,
          logGroup: "/shop",
          logStream: "collector",
          logRetention: 7,
          tags: { team: "shop" },
          rawLog: true,
          queue: delivery.queue,
          retry: "off",
        }),
      ),
    ),
  ],
};
