export { checkCollectorConfig, checkConfig } from "./checks/check-config.ts";
export { type CollectorInLayers, checkBalancing } from "./checks/layers.ts";
export { type OptionShape, parseOptionShape, printOptionShape, type ScalarShape } from "./checks/option-shape.ts";
export { optionShapes } from "./checks/option-shapes.ts";
export {
  type CollectorConfig,
  type ComponentSection,
  isCollectorConfig,
  type PipelineConfig,
  type SectionName,
} from "./configuration/collector-config.ts";
export { type CollectorVersion, defaultCollectorVersion } from "./configuration/collector-version.ts";
export { type Collector, type CompiledCollector, compileCollector } from "./configuration/compile.ts";
export type {
  CollectorComponent,
  ComponentKind,
  Connector,
  Exporter,
  Extension,
  Options,
  OptionValue,
  Processor,
  Receiver,
  Sink,
  Source,
} from "./configuration/component.ts";
export type { Duration } from "./configuration/duration.ts";
export { literalText, type SecretReference } from "./configuration/expansion.ts";
export { type From, from, type Pipeline, pipeline, type To, to } from "./configuration/pipeline.ts";
export {
  type PlainComponent,
  plainConnector,
  plainExporter,
  plainExtension,
  plainProcessor,
  plainReceiver,
} from "./configuration/plain.ts";
export type { SelfTelemetry } from "./configuration/self-telemetry.ts";
export type { Carries, PipelineId, Signal, SignalOf } from "./configuration/signal.ts";
export { type CountedMetric, type CountOptions, count } from "./connectors/count.ts";
export { forward } from "./connectors/forward.ts";
export { type Route, type RoutingOptions, routing } from "./connectors/routing.ts";
export { type ServiceGraphOptions, serviceGraph } from "./connectors/service-graph.ts";
export { type SpanMetricsOptions, spanMetricsConnector } from "./connectors/span-metrics.ts";
export { type AwsCloudwatchLogsOptions, awsCloudwatchLogs } from "./exporters/aws-cloudwatch-logs.ts";
export { type AwsEmfOptions, awsEmf, type MetricDeclaration } from "./exporters/aws-emf.ts";
export type { AwsLogGroup, LogRetentionDays } from "./exporters/aws-log-group.ts";
export type { AwsSession } from "./exporters/aws-session.ts";
export { type AwsXrayOptions, awsXray } from "./exporters/aws-xray.ts";
export type { ClientCertificates, ClientTls } from "./exporters/client-tls.ts";
export { type DebugOptions, debug } from "./exporters/debug.ts";
export type { Delivery, QueueBatch, Retry, SendingQueue } from "./exporters/delivery.ts";
export {
  type Backends,
  type DnsBackends,
  type KubernetesBackends,
  type LoadBalancingOptions,
  loadBalancing,
} from "./exporters/load-balancing.ts";
export { type OtlpGrpcOptions, otlpGrpc } from "./exporters/otlp-grpc.ts";
export { type OtlpHttpOptions, otlpHttp } from "./exporters/otlp-http.ts";
export {
  type PrometheusRemoteWriteOptions,
  prometheusRemoteWrite,
  type WriteAheadLog,
} from "./exporters/prometheus-remote-write.ts";
export { type ClientAuthenticator, plainAuthenticator, type ServerAuthenticator } from "./extensions/authenticator.ts";
export {
  type BasicAuthOptions,
  type BasicAuthServerOptions,
  basicAuth,
  basicAuthServer,
} from "./extensions/basic-auth.ts";
export { type BearerTokenAuthOptions, bearerTokenAuth } from "./extensions/bearer-token-auth.ts";
export { type FileStorageOptions, fileStorage } from "./extensions/file-storage.ts";
export { type HealthCheckOptions, healthCheck } from "./extensions/health-check.ts";
export { type K8sLeaderElectorOptions, k8sLeaderElector, type LeaderElector } from "./extensions/k8s-leader-elector.ts";
export { type OAuth2ClientOptions, oauth2Client } from "./extensions/oauth2-client.ts";
export { type Sigv4AuthOptions, sigv4Auth } from "./extensions/sigv4-auth.ts";
export { type ZpagesOptions, zpages } from "./extensions/zpages.ts";
export { flowComponents } from "./flow/flow-components.ts";
export { type AgentWithImage, agentImages } from "./instrumentation/agent-images.ts";
export { instrumentation, instrumentationComponents } from "./instrumentation/instrumentation-components.ts";
export { type InstrumentationOptions, instrumentationResource } from "./instrumentation/instrumentation-resource.ts";
export { type PodTelemetry, podTelemetry } from "./instrumentation/pod-telemetry.ts";
export { type Propagator, propagatorsIn } from "./instrumentation/propagators.ts";
export { telemetryVariables } from "./instrumentation/telemetry-variables.ts";
export { collectorConfigOf } from "./judge/collector-config-of.ts";
export { type Distribution, distributionOf } from "./judge/distribution.ts";
export { type JudgeableConfig, judgeableConfig, type LeftOut } from "./judge/judgeable-config.ts";
export type {
  AsDeployment,
  AsStatefulSet,
  CollectorResources,
  CollectorWorkload,
  HostFolder,
  OnEachNode,
  Replicas,
} from "./operator/collector-workload.ts";
export { collectorObjects } from "./plain-deployment/collector-objects.ts";
export {
  type AttributeAction,
  type AttributeMatch,
  type AttributeSource,
  type AttributesOptions,
  type AttributeValue,
  attributes,
} from "./processors/attributes.ts";
export { type BatchOptions, batch } from "./processors/batch.ts";
export {
  type CumulativeToDeltaOptions,
  type CumulativeType,
  cumulativeToDelta,
  type MetricMatch,
} from "./processors/cumulative-to-delta.ts";
export { type DeltaToCumulativeOptions, deltaToCumulative } from "./processors/delta-to-cumulative.ts";
export { type FilterCondition, type FilterOptions, filter } from "./processors/filter.ts";
export { groupByAttributes } from "./processors/group-by-attributes.ts";
export { type K8sAttributesOptions, k8sAttributes, type PodSource } from "./processors/k8s-attributes.ts";
export { type MemoryLimiterOptions, memoryLimiter } from "./processors/memory-limiter.ts";
export { type ProbabilisticSamplerOptions, probabilisticSampler } from "./processors/probabilistic-sampler.ts";
export {
  type RedactedDatabase,
  type RedactionHash,
  type RedactionOptions,
  redaction,
  type StatementSanitizing,
  type UrlSanitizing,
} from "./processors/redaction.ts";
export { type ResourceOptions, resource } from "./processors/resource.ts";
export { type ResourceDetectionOptions, resourceDetection } from "./processors/resource-detection.ts";
export { type TailSamplingOptions, tailSampling } from "./processors/tail-sampling.ts";
export { ottlText, type TransformOptions, transform } from "./processors/transform.ts";
export { containerLog, type FileLogOptions, fileLog, type LogOperator } from "./receivers/file-log.ts";
export { type FluentForwardOptions, fluentForward } from "./receivers/fluent-forward.ts";
export {
  type FileSystemScraper,
  type HostMetricsOptions,
  type HostScraper,
  type HostScrapers,
  hostMetrics,
} from "./receivers/host-metrics.ts";
export type { ServerProtection, ServerTls } from "./receivers/http-server.ts";
export { type JaegerOptions, type JaegerServer, type JaegerUdpServer, jaeger } from "./receivers/jaeger.ts";
export { type K8sClusterOptions, k8sCluster } from "./receivers/k8s-cluster.ts";
export {
  type K8sObject,
  type K8sObjectsOptions,
  k8sObjects,
  type PulledObjects,
  type WatchedObjects,
} from "./receivers/k8s-objects.ts";
export { type KubeletStatsOptions, kubeletStats } from "./receivers/kubelet-stats.ts";
export { type OtlpGrpcServer, type OtlpHttpServer, type OtlpOptions, otlp } from "./receivers/otlp.ts";
export { type PrometheusOptions, prometheus, type TargetAllocatorClient } from "./receivers/prometheus.ts";
export type { KubernetesTargets, RelabelStep, ScrapeConfig, StaticTargets } from "./receivers/scrape-config.ts";
export { type ZipkinOptions, zipkin } from "./receivers/zipkin.ts";
export {
  type SamplingEstimate,
  type ServiceSamplingEstimate,
  type SpanFlow,
  samplingAssumptions,
  samplingEstimate,
} from "./sampling-cost/estimate.ts";
export { scraperCollector } from "./scraping/allocated-scraper.ts";
export { type MonitorOptions, monitorOf } from "./scraping/monitor.ts";
export { type ScrapedPage, type ScrapeTarget, targetsIn } from "./scraping/scrape-target.ts";
export { scraping, scrapingComponents } from "./scraping/scraping-components.ts";
export {
  type AttributeCondition,
  dropAttribute,
  keepAll,
  keepAtMost,
  keepAttribute,
  keepErrors,
  keepSlowerThan,
  keepWhere,
  type SamplingPolicy,
  type ShareOptions,
  share,
} from "./tail-sampling/policy.ts";
export { agentCollector } from "./topology/agent.ts";
export { balancingGateway } from "./topology/balancing-gateway.ts";
export { checkCollectors } from "./topology/check-collectors.ts";
export { clusterCollector } from "./topology/cluster-collector.ts";
export { type OtelOptions, otel, otelComponents } from "./topology/components.ts";
export { agentEndpoint, type CollectorPlace, type CollectorPlaces, collectorPlaces } from "./topology/places.ts";
export { type RedactionRules, redactionRules } from "./topology/redaction.ts";
export { type RedactedKey, type RedactedValue, redactedKeys, redactedValues } from "./topology/redaction-list.ts";
export { samplingGateway } from "./topology/sampling-gateway.ts";
export { decisionWait, samplingPolicies, slowFrom } from "./topology/sampling-policies.ts";
