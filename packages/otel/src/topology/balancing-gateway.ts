import type { Environment, Platform } from "@plinth/core";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { loadBalancing } from "../exporters/load-balancing.ts";
import { otlpHttp } from "../exporters/otlp-http.ts";
import { prometheusRemoteWrite } from "../exporters/prometheus-remote-write.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { batch } from "../processors/batch.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { otlp } from "../receivers/otlp.ts";
import { environmentAttributes, serviceCriticality } from "./enrichment.ts";
import { metricLabels } from "./metric-labels.ts";
import { collectorPlaces, headlessHost } from "./places.ts";

/**
 * The first layer of the gateway: takes everything from the agents, adds what the model knows (environment, cluster, criticality), sends metrics and logs
 * to their back ends and all spans of a trace to one sampler.
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
    queue: { batch: { maxSize: 8192 } },
    retry: { initialInterval: "1s", maxInterval: "30s", maxElapsedTime: "5m" },
  });
  const metrics = prometheusRemoteWrite({ endpoint: backends.metrics, resourceLabels: true, targetInfo: false });
  const logs = otlpHttp({ name: "logs", endpoint: backends.logs, queue: { batch: { maxSize: 8192 } } });
  const enrichment = [memoryLimiter(), environmentAttributes(environment), serviceCriticality(platform, environment)];
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: gateway.ports.metrics, logs: "json" },
    pipelines: [
      pipeline("traces", from(agents), enrichment, to(samplers)),
      pipeline("metrics", from(agents), [...enrichment, metricLabels(), batch()], to(metrics)),
      pipeline("logs", from(agents), enrichment, to(logs)),
    ],
  });
}
