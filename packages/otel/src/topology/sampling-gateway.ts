import { type Environment, isCloudBackend, type Platform } from "@plinth/core";
import { serviceGraphMetrics, spanMetricBuckets, spanMetrics } from "@plinth/metrics";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { collectorDuration } from "../configuration/duration.ts";
import { from, type Pipeline, pipeline, to } from "../configuration/pipeline.ts";
import { forward } from "../connectors/forward.ts";
import { serviceGraph } from "../connectors/service-graph.ts";
import { spanMetricsConnector } from "../connectors/span-metrics.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { attributes } from "../processors/attributes.ts";
import { batch } from "../processors/batch.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { otlp } from "../receivers/otlp.ts";
import { metricExporter, needsBatch, patience, traceExporter } from "./back-end.ts";
import { collectorPlaces } from "./places.ts";
import { decisionWait, samplingPolicies } from "./sampling-policies.ts";
import { queueFolder, requests } from "./sizes.ts";

/** Traces that a pod gathers until they are decided. */
const gatheredTraces = 50_000;

/** The environment variable that holds the pod's name: `otel-gateway-sampling-collector-0`, also after a restart. */
export const podVariable = "COLLECTOR_POD";

/**
 * The second layer of the gateway: counts every span and every call between services, then decides which traces are kept. The load balancing before it brings
 * all spans of a trace to one of its pods.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const { config } = samplingGateway(platform, environmentNamed(platform, "production"));
 */
export function samplingGateway(platform: Platform, environment: Environment): CompiledCollector {
  const { sampling } = collectorPlaces(platform);
  const { telemetry } = environment;
  const balanced = otlp({ grpc: { endpoint: `0.0.0.0:${sampling.ports.otlpGrpc}`, maxReceiveMessageMib: 16 } });
  const spans = spanMetricsConnector({
    namespace: spanMetrics.namespace,
    unit: spanMetrics.unit,
    buckets: spanMetricBuckets(platform).map(collectorDuration),
    dimensions: spanMetrics.dimensions.map(({ attribute }) => attribute),
    resourceKeyAttributes: spanMetrics.resourceKeyAttributes,
    exemplars: true,
    flushInterval: "15s",
    // A pod that is gone leaves no series behind; one that is quiet for less keeps its counters.
    expiration: "1h",
  });
  const graph = serviceGraph({
    buckets: serviceGraphMetrics.buckets.map(collectorDuration),
    ...serviceGraphMetrics.store,
    virtualNodePeerAttributes: serviceGraphMetrics.peerAttributes,
    databaseNameAttributes: serviceGraphMetrics.databaseAttributes,
    flushInterval: "15s",
  });
  const complete = forward("sampling");
  const kept = tailSampling(samplingPolicies(platform, environment), {
    decisionWait: decisionWait(telemetry),
    numTraces: gatheredTraces,
    // What was kept is remembered, and late spans follow. What was not is forgotten at once (the cache of one takes it out of the buffer), so that a
    // late error, or the late end of a slow trace, is judged anew instead of following a "no".
    rememberedDecisions: { sampled: 500_000, notSampled: 1 },
  });
  const queue = fileStorage({ name: "queue", directory: queueFolder, createDirectory: true });
  const traces = telemetry.backends.traces.map((backend) => ({
    unbatched: needsBatch(backend),
    exporter: traceExporter(environment, backend, {
      // On the pod's own volume: what was kept while a back end is away outlives a restart. Waiting for room holds up the sampler, which then refuses.
      queue: {
        size: queuedBytes,
        sizer: "bytes",
        blockOnOverflow: true,
        batch: requests,
        storage: queue,
      },
      retry: patience,
    }),
  }));
  const direct = traces.filter(({ unbatched }) => !unbatched).map(({ exporter }) => exporter);
  const inCloud = traces.filter(({ unbatched }) => unbatched).map(({ exporter }) => exporter);
  const toCloud = forward("cloud");
  const metrics = telemetry.backends.metrics
    // CloudWatch is paid by metric: series by span name and bucket stay where they cost nothing.
    .filter((backend) => !isCloudBackend(backend) || backend.kind === "amp")
    .map((backend) => metricExporter(environment, backend, { scopeLabels: false }));
  return compileCollector({
    extensions: [healthCheck()],
    // The name of a StatefulSet's pod is its own for good: after a restart the series of the span metrics go on, and their fall to zero is the reset of a
    // counter instead of the end of one series and the beginning of another.
    telemetry: { port: sampling.ports.metrics, logs: "json", instance: `\${env:${podVariable}}` },
    pipelines: [
      pipeline(
        "traces/complete",
        from(balanced),
        [memoryLimiter()],
        metrics.length === 0 ? to(complete) : to(spans, graph, complete),
      ),
      pipeline("traces/kept", from(complete), [kept], to(...direct, ...(inCloud.length === 0 ? [] : [toCloud]))),
      ...(inCloud.length === 0 ? [] : [pipeline("traces/cloud", from(toCloud), [batch()], to(...inCloud))]),
      ...(metrics.length === 0
        ? []
        : ([
            pipeline("metrics/spans", from(spans), [batch()], to(...metrics)),
            pipeline("metrics/graph", from(graph), [singleWriter(environment), batch()], to(...metrics)),
          ] satisfies Pipeline[])),
    ],
  });
}

/** A quarter of the volume is left for what the storage takes besides. */
const queuedBytes = 3 * 1024 ** 3;

/**
 * The service graph knows neither who counted nor where: each pod would write the same series as the others. Its points get the labels that the span metrics
 * have.
 */
function singleWriter({ name }: Environment): ReturnType<typeof attributes> {
  const { collector, environment } = serviceGraphMetrics.attributes;
  return attributes({
    name: "writer",
    actions: [
      { action: "upsert", key: collector, value: `\${env:${podVariable}}` },
      { action: "upsert", key: environment, value: name },
    ],
  });
}
