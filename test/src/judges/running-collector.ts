import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emitYaml } from "@plinth/core";
import { waitFor } from "../cluster/wait-for.ts";
import { toolPath } from "../tools/ensure.ts";
import { type GuardedProcess, startGuarded } from "../tools/guarded-process.ts";
import type { CollectorPorts } from "./collectors-on-loopback.ts";
import { writeFiles } from "./write-files.ts";

/** A collector that runs on loopback. */
export interface RunningCollector {
  readonly ports: CollectorPorts;
  /** What it says about itself, as Prometheus scrapes it. */
  scrape(): Promise<string>;
  /** Ends it at once, as the kernel would: it can say and send nothing any more. */
  kill(): Promise<void>;
  /** Starts it again, with the same configuration, ports and folder. */
  restart(): Promise<void>;
}

/** What a collector is started with. */
export interface CollectorStart {
  readonly config: unknown;
  readonly ports: CollectorPorts;
  /** Its working folder: relative paths of its configuration lead there. */
  readonly folder: string;
  /** Environment variables beside the ones of this process. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

const startLimit = 60_000;

/** Starts a collector and waits until it is healthy. */
export async function startCollector({
  config,
  ports,
  folder,
  environment = {},
}: CollectorStart): Promise<RunningCollector> {
  writeFiles(folder, [{ path: "config.yaml", text: emitYaml(config) }]);
  const start = async (): Promise<GuardedProcess> => {
    const log = join(folder, "log");
    const descriptor = openSync(log, "a");
    const process_ = startGuarded(toolPath("otelcol"), ["--config=config.yaml"], {
      cwd: folder,
      env: { ...process.env, ...environment },
      output: descriptor,
    });
    closeSync(descriptor);
    try {
      await untilHealthy(process_, log, ports.health);
      return process_;
    } catch (error) {
      process_.kill();
      await process_.exited;
      throw error;
    }
  };
  let running = await start();
  return {
    ports,
    scrape: async () =>
      (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`, { signal: AbortSignal.timeout(30_000) })).text(),
    kill: async () => {
      running.kill();
      await running.exited;
    },
    restart: async () => {
      running = await start();
    },
  };
}

const tries = 3;

/** Starts collectors on free ports. Another process may take a free port first: then it is tried again with others. */
export async function onFreePorts<Started>(
  collectors: number,
  start: (ports: readonly CollectorPorts[], attempt: number) => Promise<Started>,
): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await collectorPorts(collectors), attempt);
    } catch (error) {
      if (attempt < tries && error instanceof Error && error.message.includes("address already in use")) continue;
      throw error;
    }
  }
}

async function untilHealthy({ exited }: GuardedProcess, log: string, port: number): Promise<void> {
  const ended = exited.then(() => true);
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
