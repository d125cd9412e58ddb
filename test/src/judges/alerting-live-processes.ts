import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../cluster/wait-for.ts";
import { toolPath } from "../tools/ensure.ts";
import { startGuarded } from "../tools/guarded-process.ts";
import { writeFiles } from "./write-files.ts";

/** A server that answers on loopback. */
export interface LiveServer {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  stop(): Promise<void>;
}

const startLimit = 20_000;
const tries = 3;

/** Alertmanager with a configuration. */
export function startAlertmanager(configFile: string, folder: string): Promise<LiveServer> {
  return startServer("alertmanager", folder, (address) => [
    `--config.file=${configFile}`,
    `--storage.path=${join(folder, "data")}`,
    `--web.listen-address=${address}`,
  ]);
}

/** Prometheus with a configuration, and with switches beside those that it needs. */
export function startPrometheus(
  configFile: string,
  folder: string,
  switches: readonly string[] = [],
): Promise<LiveServer> {
  return startServer("prometheus", folder, (address) => [
    `--config.file=${configFile}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=${address}`,
    "--log.level=warn",
    ...switches,
  ]);
}

/** Another process may take a free port first: then it is tried again with another one. */
async function startServer(
  tool: "alertmanager" | "prometheus",
  folder: string,
  parameters: (address: string) => readonly string[],
): Promise<LiveServer> {
  writeFiles(folder, []);
  for (let attempt = 1; ; attempt++) {
    const address = `127.0.0.1:${await freePort()}`;
    const log = join(folder, `log-${attempt}`);
    const descriptor = openSync(log, "w");
    const { exited, kill } = startGuarded(toolPath(tool), parameters(address), { cwd: folder, output: descriptor });
    closeSync(descriptor);
    const stop = async (): Promise<void> => {
      kill();
      await exited;
    };
    const ended = exited.then(() => true);
    try {
      await waitFor(
        `${tool} to be ready`,
        async () => {
          if (await Promise.race([ended, sleep(20, false)]))
            throw new Error(`${tool} ended: ${readFileSync(log, "utf8").trim().slice(-2000)}`);
          return fetch(`http://${address}/-/ready`).then(
            ({ ok }) => ok,
            () => false,
          );
        },
        { timeLimit: startLimit },
      );
      return { address, stop };
    } catch (error) {
      await stop();
      if (attempt < tries && error instanceof Error && error.message.includes("address already in use")) continue;
      throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? done(address.port)
          : fail(new Error("A listening socket has no port.")),
      );
    });
  });
}
