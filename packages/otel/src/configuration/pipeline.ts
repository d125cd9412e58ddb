import type { Processor, Sink, Source } from "./component.ts";
import type { PipelineId, SignalOf } from "./signal.ts";

/** What a pipeline begins with. */
export interface From<Sources extends Source<never>> {
  readonly sources: readonly Sources[];
}

/** What a pipeline ends with. */
export interface To<Sinks extends Sink<never>> {
  readonly sinks: readonly Sinks[];
}

/** The way of one signal through a collector, top to bottom. */
export interface Pipeline {
  readonly id: string;
  readonly sources: readonly Source<never>[];
  readonly processors: readonly Processor<never>[];
  readonly sinks: readonly Sink<never>[];
}

/**
 * The receivers, or connectors, that a pipeline begins with.
 *
 * @example
 * from(otlp(), hostMetrics({ scrapers: { cpu: {} } }));
 */
export function from<const Sources extends readonly Source<never>[]>(...sources: Sources): From<Sources[number]> {
  return { sources };
}

/**
 * The exporters, or connectors, that a pipeline ends with.
 *
 * @example
 * to(spanMetricsConnector({ unit: "s" }), forward("sampling"));
 */
export function to<const Sinks extends readonly Sink<never>[]>(...sinks: Sinks): To<Sinks[number]> {
  return { sinks };
}

/**
 * A pipeline, read top to bottom: where the data comes from, what happens to it in this order, where it goes. A component that does not carry the
 * signal does not compile.
 *
 * @param id the signal, with a name of its own where a collector has several pipelines of one signal: `traces/sampled`
 * @see https://opentelemetry.io/docs/collector/architecture/#pipelines
 * @example
 * const tempo = otlpGrpc({ endpoint: "tempo.monitoring.svc:4317", tls: "plaintext" });
 * pipeline("traces", from(otlp()), [memoryLimiter(), tailSampling([keepErrors(), keepSlowerThan("2s"), share(0.1)])], to(tempo));
 */
export function pipeline<const Id extends PipelineId>(
  id: Id,
  from: From<Source<SignalOf<Id>>>,
  processors: readonly Processor<SignalOf<Id>>[],
  to: To<Sink<SignalOf<Id>>>,
): Pipeline {
  return { id, sources: from.sources, processors, sinks: to.sinks };
}
