import type { Environment, Platform } from "@plinth/core";
import { spanMetricBuckets, spanMetrics } from "@plinth/metrics";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { collectorDuration } from "../configuration/duration.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { forward } from "../connectors/forward.ts";
import { spanMetricsConnector } from "../connectors/span-metrics.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { prometheusRemoteWrite } from "../exporters/prometheus-remote-write.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { batch } from "../processors/batch.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { otlp } from "../receivers/otlp.ts";
import { protectionFor } from "./back-end.ts";
import { collectorPlaces } from "./places.ts";
import { decisionWait, samplingPolicies } from "./sampling-policies.ts";

/** Traces that a pod gathers until they are decided. */
const gatheredTraces = 50_000;

/**
 * The second layer of the gateway: counts every span, then decides which traces are kept. The load balancing before it brings all spans of a trace to
 * one of its pods.
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
  const { backends } = telemetry;
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
  const complete = forward("sampling");
  const kept = tailSampling(samplingPolicies(telemetry), {
    decisionWait: decisionWait(telemetry),
    numTraces: gatheredTraces,
    // What was kept is remembered, and late spans follow. What was not is forgotten at once (the cache of one takes it out of the buffer), so that a
    // late error, or the late end of a slow trace, is judged anew instead of following a "no".
    rememberedDecisions: { sampled: 500_000, notSampled: 1 },
  });
  const traces = otlpGrpc({
    name: "traces",
    endpoint: backends.traces,
    ...protectionFor(backends.traces),
    // Each kept trace is a request of its own, and all that are due are decided at once: a queue of the usual 1000 would drop some of them.
    queue: { size: gatheredTraces, blockOnOverflow: true, batch: { maxSize: 8192 } },
  });
  // Each pod counts its own traces of a service: `target_info` would be one series that all of them write.
  const metrics = prometheusRemoteWrite({ endpoint: backends.metrics, targetInfo: false, scopeLabels: false });
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: sampling.ports.metrics, logs: "json" },
    pipelines: [
      pipeline("traces/complete", from(balanced), [memoryLimiter()], to(spans, complete)),
      pipeline("traces/kept", from(complete), [kept], to(traces)),
      pipeline("metrics/spans", from(spans), [batch()], to(metrics)),
    ],
  });
}
