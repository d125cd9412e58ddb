import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emitYaml } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";
import { waitFor } from "../cluster/wait-for.ts";
import { toolPath } from "../tools/ensure.ts";
import { type GuardedProcess, startGuarded } from "../tools/guarded-process.ts";
import { type CollectorPorts, gatewayOnLoopback, samplerOnLoopback } from "./sampling-configs.ts";
import { writeFiles } from "./write-files.ts";

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

const samplers = 2;
const startLimit = 20_000;
const tries = 3;

/** Starts the gateway and two samplers behind it. Another process may take a free port first: then it is tried again with others. */
export async function startGateway(
  layers: { readonly gateway: CollectorConfig; readonly sampler: CollectorConfig },
  sink: string,
  workFolder: string,
): Promise<RunningGateway> {
  for (let attempt = 1; ; attempt++) {
    const ports = await collectorPorts(samplers + 1);
    const [gatewayPorts, ...samplerPorts] = ports;
    if (gatewayPorts === undefined) throw new Error("There are no free ports on 127.0.0.1.");
    const collectors: Collector[] = [];
    const start = async (config: unknown, { health }: CollectorPorts): Promise<void> => {
      const collector = startCollector(config, join(workFolder, `${attempt}-${collectors.length}`));
      collectors.push(collector);
      await untilHealthy(collector, health);
    };
    const stop = async (): Promise<void> => {
      for (const { process } of collectors) process.kill();
      await Promise.all(collectors.map(({ process }) => process.exited));
    };
    try {
      await Promise.all(samplerPorts.map((each) => start(samplerOnLoopback(layers.sampler, each, sink), each)));
      // After them: a gateway that meets no sampler pauses, and sends again also what another sampler took.
      await start(gatewayOnLoopback(layers.gateway, gatewayPorts, samplerPorts, sink), gatewayPorts);
    } catch (error) {
      await stop();
      if (attempt < tries && error instanceof Error && error.message.includes("address already in use")) continue;
      throw error;
    }
    const counts = async (): Promise<SamplerCounts> => {
      const texts = await Promise.all(samplerPorts.map(({ metrics }) => textOf(`http://127.0.0.1:${metrics}/metrics`)));
      const count = (name: string, label = ""): number =>
        texts.reduce((sum, text) => sum + countIn(text, `otelcol_${name}`, label), 0);
      const judged = "processor_tail_sampling_global_count_traces_sampled";
      return {
        keptTraces: count(judged, 'sampled="true"'),
        droppedTraces: count(judged, 'sampled="false"'),
        acceptedSpans: count("receiver_accepted_spans"),
      };
    };
    return { address: `http://127.0.0.1:${gatewayPorts.http}`, counts, stop };
  }
}

interface Collector {
  readonly process: GuardedProcess;
  readonly log: string;
}

function startCollector(config: unknown, folder: string): Collector {
  writeFiles(folder, [{ path: "config.yaml", text: emitYaml(config) }]);
  const log = join(folder, "log");
  const descriptor = openSync(log, "w");
  try {
    const process = startGuarded(toolPath("otelcol"), ["--config=config.yaml"], { cwd: folder, output: descriptor });
    return { process, log };
  } finally {
    closeSync(descriptor);
  }
}

async function untilHealthy({ process, log }: Collector, port: number): Promise<void> {
  const ended = process.exited.then(() => true);
  await waitFor(
    "a collector to be healthy",
    async () => {
      if (await Promise.race([ended, sleep(20, false)]))
        throw new Error(`the collector ended: ${readFileSync(log, "utf8").trim().slice(-2000)}`);
      return fetch(`http://127.0.0.1:${port}/`).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    { timeLimit: startLimit },
  );
}

async function textOf(address: string): Promise<string> {
  return (await fetch(address, { signal: AbortSignal.timeout(10_000) })).text();
}

/** The sum over the series of a metric that have a label; its name may end in `_total`. */
function countIn(metrics: string, name: string, label: string): number {
  return metrics
    .split("\n")
    .filter((line) => /^(_total)?[{ ]/.test(line.slice(name.length)) && line.startsWith(name) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** Ports that nothing listens on at this moment. All are held at once, so that none is given twice. */
async function collectorPorts(collectors: number): Promise<readonly CollectorPorts[]> {
  const servers = Array.from({ length: collectors * 4 }, () => createServer());
  const ports = await Promise.all(servers.map(listen));
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return Array.from({ length: collectors }, (_, index) => {
    const [grpc = 0, http = 0, health = 0, metrics = 0] = ports.slice(4 * index);
    return { grpc, http, health, metrics };
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) done(address.port);
      else fail(new Error("A listening socket has no port."));
    });
  });
}
