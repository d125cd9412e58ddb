export { checkConfig } from "./checks/check-config.ts";
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
export { forward } from "./connectors/forward.ts";
export { type SpanMetricsOptions, spanMetricsConnector } from "./connectors/span-metrics.ts";
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
export { type PrometheusRemoteWriteOptions, prometheusRemoteWrite } from "./exporters/prometheus-remote-write.ts";
export { type FileStorageOptions, fileStorage } from "./extensions/file-storage.ts";
export { type HealthCheckOptions, healthCheck } from "./extensions/health-check.ts";
export { collectorConfigOf } from "./judge/collector-config-of.ts";
export { type Distribution, distributionOf } from "./judge/distribution.ts";
export { type JudgeableConfig, judgeableConfig, type LeftOut } from "./judge/judgeable-config.ts";
export { type BatchOptions, batch } from "./processors/batch.ts";
export { type K8sAttributesOptions, k8sAttributes, type PodSource } from "./processors/k8s-attributes.ts";
export { type MemoryLimiterOptions, memoryLimiter } from "./processors/memory-limiter.ts";
export { type ResourceOptions, resource } from "./processors/resource.ts";
export { type ResourceDetectionOptions, resourceDetection } from "./processors/resource-detection.ts";
export { type TailSamplingOptions, tailSampling } from "./processors/tail-sampling.ts";
export { ottlText, type TransformOptions, transform } from "./processors/transform.ts";
export { containerLog, type FileLogOptions, fileLog, type LogOperator } from "./receivers/file-log.ts";
export {
  type FileSystemScraper,
  type HostMetricsOptions,
  type HostScraper,
  type HostScrapers,
  hostMetrics,
} from "./receivers/host-metrics.ts";
export { type KubeletStatsOptions, kubeletStats } from "./receivers/kubelet-stats.ts";
export { type OtlpGrpcServer, type OtlpHttpServer, type OtlpOptions, otlp } from "./receivers/otlp.ts";
export {
  type AttributeCondition,
  keepAll,
  keepAttribute,
  keepErrors,
  keepSlowerThan,
  type SamplingPolicy,
  type ShareOptions,
  share,
} from "./tail-sampling/policy.ts";
export { agentCollector } from "./topology/agent.ts";
export { balancingGateway } from "./topology/balancing-gateway.ts";
export { otelComponents } from "./topology/components.ts";
export { agentEndpoint, type CollectorPlace, type CollectorPlaces, collectorPlaces } from "./topology/places.ts";
export { samplingGateway } from "./topology/sampling-gateway.ts";
export { decisionWait, samplingPolicies } from "./topology/sampling-policies.ts";
