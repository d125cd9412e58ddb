import { join } from "node:path";
import type { CollectorConfig } from "@plinth/otel";
import { gatewayOnLoopback, samplerOnLoopback } from "./collectors-on-loopback.ts";
import { onFreePorts, type RunningCollector, startCollector } from "./running-collector.ts";
import { sumIn } from "./self-telemetry.ts";

/** Both layers of an environment's gateway, running. */
export interface RunningGateway {
  /** Takes OTLP over HTTP. */
  readonly address: string;
  counts(): Promise<SamplerCounts>;
  stop(): Promise<void>;
}

/** What the samplers themselves have counted so far, together. */
export interface SamplerCounts {
  readonly keptTraces: number;
  readonly droppedTraces: number;
  /** More than were sent when the gateway had to send some again. */
  readonly acceptedSpans: number;
}

/** Starts the gateway and samplers behind it. */
export function startGateway(
  layers: { readonly gateway: CollectorConfig; readonly sampler: CollectorConfig },
  sink: string,
  workFolder: string,
  samplerCount = 2,
): Promise<RunningGateway> {
  return onFreePorts(samplerCount + 1, async ([gatewayPorts, ...samplerPorts], attempt) => {
    if (gatewayPorts === undefined) throw new Error("There are no free ports on 127.0.0.1.");
    const folder = (name: string): string => join(workFolder, `${attempt}-${name}`);
    const running: RunningCollector[] = [];
    const stop = async (): Promise<void> => {
      await Promise.all(running.map((collector) => collector.kill()));
    };
    try {
      const started = await Promise.allSettled(
        samplerPorts.map(async (ports, index) => {
          const config = samplerOnLoopback(layers.sampler, ports, sink);
          running.push(await startCollector({ config, ports, folder: folder(`sampler-${index}`) }));
        }),
      );
      for (const result of started) if (result.status === "rejected") throw result.reason;
      const samplers = [...running];
      // After them: a gateway that meets no sampler pauses, and sends again also what another sampler took.
      const config = gatewayOnLoopback(layers.gateway, gatewayPorts, samplerPorts, sink);
      running.push(await startCollector({ config, ports: gatewayPorts, folder: folder("gateway") }));
      const counts = async (): Promise<SamplerCounts> => {
        const texts = await Promise.all(samplers.map((sampler) => sampler.scrape()));
        const count = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
          texts.reduce((sum, text) => sum + sumIn(text, `otelcol_${name}`, labels), 0);
        const judged = "processor_tail_sampling_global_count_traces_sampled";
        return {
          keptTraces: count(judged, { sampled: "true" }),
          droppedTraces: count(judged, { sampled: "false" }),
          acceptedSpans: count("receiver_accepted_spans"),
        };
      };
      return { address: `http://127.0.0.1:${gatewayPorts.http}`, counts, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  });
}
