import type { Environment, Platform } from "@plinth/core";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { forward } from "../connectors/forward.ts";
import { loadBalancing } from "../exporters/load-balancing.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { batch } from "../processors/batch.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { otlp } from "../receivers/otlp.ts";
import { logExporter, metricExporter, needsBatch, patience } from "./back-end.ts";
import { environmentAttributes, serviceAttributes } from "./enrichment.ts";
import { metricLabels } from "./metric-labels.ts";
import { collectorPlaces, headlessHost } from "./places.ts";
import { redactionProcessors } from "./redaction.ts";
import { requests } from "./sizes.ts";

/**
 * The first layer of the gateway: takes everything from the agents, takes secrets and personal data out of it, adds what the model knows (environment, cluster,
 * team, criticality), sends metrics and logs to their back ends and all spans of a trace to one sampler.
 *
 * It holds nothing: an agent's request is answered when a sampler or the back end has taken it, and until then the agent keeps it on its disk. Only where a
 * signal has several back ends does each have a queue, in memory: one that is away would otherwise hold up the others.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const { config } = balancingGateway(platform, environmentNamed(platform, "production"));
 */
export function balancingGateway(platform: Platform, environment: Environment): CompiledCollector {
  const { gateway, sampling } = collectorPlaces(platform);
  const { backends } = environment.telemetry;
  const agents = otlp({
    // Agents keep their connection: when it ends they meet another gateway, so that new ones get work.
    grpc: {
      endpoint: `0.0.0.0:${gateway.ports.otlpGrpc}`,
      maxConnectionAge: "5m",
      maxConnectionAgeGrace: "30s",
      maxReceiveMessageMib: 16,
    },
    http: { endpoint: `0.0.0.0:${gateway.ports.otlpHttp}` },
  });
  const samplers = loadBalancing({
    name: "sampling",
    by: "traceID",
    backends: { dns: { hostname: headlessHost(sampling), port: sampling.ports.otlpGrpc } },
    tls: "plaintext",
    // A sampler that is gone is given up at once, and its traces go to whoever has its place.
    toBackend: { timeout: "5s", queue: "off", retry: "off" },
    retry: { initialInterval: "1s", maxInterval: "5s", maxElapsedTime: patience.maxElapsedTime },
  });
  const metrics = backends.metrics.map((backend) => ({
    unbatched: needsBatch(backend),
    exporter: metricExporter(environment, backend, {
      resourceLabels: true,
      handsThrough: backends.metrics.length === 1,
    }),
  }));
  const direct = metrics.filter(({ unbatched }) => !unbatched).map(({ exporter }) => exporter);
  const inCloud = metrics.filter(({ unbatched }) => unbatched).map(({ exporter }) => exporter);
  const toCloud = forward("cloud");
  const logs = backends.logs.map((backend) =>
    logExporter(environment, backend, {
      queue: backends.logs.length === 1 ? "off" : { size: queuedBytes, sizer: "bytes", batch: requests },
      retry: patience,
    }),
  );
  const cleaned = [
    memoryLimiter(),
    ...redactionProcessors(environment),
    environmentAttributes(environment),
    serviceAttributes(platform, environment),
  ];
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: gateway.ports.metrics, logs: "json" },
    pipelines: [
      pipeline("traces", from(agents), cleaned, to(samplers)),
      // No `batch`: agents send full requests, and what stands behind one is refused to nobody.
      pipeline(
        "metrics",
        from(agents),
        [...cleaned, metricLabels()],
        to(...direct, ...(inCloud.length === 0 ? [] : [toCloud])),
      ),
      ...(inCloud.length === 0 ? [] : [pipeline("metrics/cloud", from(toCloud), [batch()], to(...inCloud))]),
      pipeline("logs", from(agents), cleaned, to(...logs)),
    ],
  });
}

/** An eighth of the pod's memory for what waits for each of several back ends of logs. */
const queuedBytes = 128 * 1024 ** 2;
