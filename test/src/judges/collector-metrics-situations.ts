import { join } from "node:path";
import { waitFor } from "../cluster/wait-for.ts";
import { agentOnLoopback, type CollectorPorts, replaced } from "./collectors-on-loopback.ts";
import { type CollectorLayers, type RenderedCollector, variablesOn } from "./environment-collectors.ts";
import { attributeList, postOtlp } from "./otlp-json.ts";
import { onFreePorts, type RunningCollector, startCollector } from "./running-collector.ts";
import { readExposition } from "./self-telemetry.ts";
import { startChain, type TelemetryChain } from "./telemetry-chain.ts";
import { type LoggingPod, lossesOf, sendRound, telemetryRound, writeLines } from "./telemetry-round.ts";
import { startSink } from "./telemetry-sink.ts";

const timeLimit = 60_000;
const signals = ["traces", "metrics", "logs"] as const;

/**
 * What the collectors of an environment say of themselves, as pages of metrics, after everything went well, and after everything went wrong: back ends that refuse,
 * queues that are full, no memory, more traces than a sampler holds.
 */
export async function collectorPages(
  layers: CollectorLayers,
  pod: LoggingPod,
  workFolder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const sink = await startSink();
  let chain: TelemetryChain | undefined;
  let starved: RunningCollector | undefined;
  try {
    chain = await startChain(layers, sink.address, workFolder, {
      agent: withSmallQueue,
      sampler: (config) => replaced(config, [{ at: ["processors", "tail_sampling", "num_traces"], by: tracesHeld }]),
    });
    const { agent, gateway, samplers, logs } = chain;
    const pages = (): Promise<string[]> =>
      Promise.all(
        [agent, gateway, ...samplers, ...(starved === undefined ? [] : [starved])].map((each) => each.scrape()),
      );
    const untilCounted = async (what: string, metrics: readonly string[]): Promise<void> => {
      await waitFor(
        what,
        async () => {
          signal.throwIfAborted();
          const names = new Set((await pages()).flatMap((page) => readExposition(page).series.map(({ name }) => name)));
          return metrics.every((metric) => names.has(metric));
        },
        { timeLimit, interval: 250 },
        // What is not counted is found missing.
      ).catch(() => signal.throwIfAborted());
    };
    writeLines(logs, pod, ["the first line"]);
    const round = { ...telemetryRound("everything runs"), lines: [] };
    await sendRound(chain, pod, round, signal);
    await waitFor("telemetry to arrive", async () => lossesOf(round, sink).length < 2, { timeLimit }).catch(() =>
      signal.throwIfAborted(),
    );
    for (const backEnd of signals) sink.answers(backEnd, "rejects");
    await sendRound(chain, pod, { ...telemetryRound("the back ends refuse"), lines: [] }, signal);
    await postOtlp(chain.address, "logs", logsOf("small"), signal);
    await untilCounted(
      "back ends to refuse",
      ofEachSignal((items) => `otelcol_exporter_send_failed_${items}`),
    );
    for (const name of signals)
      await postOtlp(chain.address, name, requestOf[name]("x".repeat(3 * queueBytes)), signal);
    await untilCounted(
      "queues to be full",
      ofEachSignal((items) => `otelcol_exporter_enqueue_failed_${items}`),
    );
    starved = await startStarved(layers.agent, chain.gateway.ports, join(workFolder, "starved"));
    const address = `http://127.0.0.1:${starved.ports.http}`;
    await waitFor(
      "a collector without memory to refuse",
      async () => (await postOtlp(address, "logs", logsOf("small"), signal)).status !== 200,
      { timeLimit },
    ).catch(() => signal.throwIfAborted());
    for (const name of signals) await postOtlp(address, name, requestOf[name]("small"), signal);
    return await pages();
  } finally {
    await starved?.kill();
    await chain?.stop();
    await sink.close();
  }
}

function ofEachSignal(name: (items: string) => string): readonly string[] {
  return ["spans", "metric_points", "log_records"].map(name);
}

const tracesHeld = 10;
const queueBytes = 100_000;

/** What is larger than the queue finds no room in it. */
function withSmallQueue(config: unknown): unknown {
  return replaced(config, [
    { at: ["exporters", "otlp_grpc/gateway", "sending_queue"], with: { queue_size: queueBytes } },
    { at: ["exporters", "otlp_grpc/gateway", "sending_queue", "batch"], with: { min_size: 0 } },
  ]);
}

/** An agent that may use next to no memory. */
function startStarved(
  agent: RenderedCollector,
  gateway: CollectorPorts,
  workFolder: string,
): Promise<RunningCollector> {
  return onFreePorts(1, ([ports], attempt) => {
    if (ports === undefined) throw new Error("There are no free ports on 127.0.0.1.");
    const folder = join(workFolder, String(attempt));
    return startCollector({
      config: replaced(agentOnLoopback(agent.config, ports, gateway, join(folder, "logs")), [
        { at: ["processors", "memory_limiter"], by: { check_interval: "100ms", limit_mib: 2, spike_limit_mib: 1 } },
      ]),
      ports,
      folder,
      environment: variablesOn(agent, { K8S_NODE_NAME: "starved", K8S_NODE_IP: "127.0.0.1" }),
    });
  });
}

function logsOf(text: string): unknown {
  return { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: text } }] }] }] };
}

const requestOf: Readonly<Record<(typeof signals)[number], (text: string) => unknown>> = {
  logs: logsOf,
  traces: (text) => ({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: "5".repeat(32),
                spanId: "5".repeat(16),
                name: "GET /",
                startTimeUnixNano: "1",
                endTimeUnixNano: "2",
                attributes: attributeList({ text }),
              },
            ],
          },
        ],
      },
    ],
  }),
  metrics: (text) => ({
    resourceMetrics: [
      {
        scopeMetrics: [
          {
            metrics: [
              {
                name: "judge.gauge",
                gauge: { dataPoints: [{ timeUnixNano: "1", asDouble: 1, attributes: attributeList({ text }) }] },
              },
            ],
          },
        ],
      },
    ],
  }),
};
