import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Finding } from "@plinth/core";
import { ClusterError } from "./cluster-error.ts";
import { freePorts } from "./free-ports.ts";
import { processesOf } from "./processes-of.ts";
import { expectThat, shortfall } from "./shortfall.ts";
import { type ClusterOptions, startCluster } from "./start-cluster.ts";
import { waitFor } from "./wait-for.ts";

/** A port that somebody else takes between the choice and the start costs another try, whichever server wanted it. */
export async function takenPortsAreTriedAgain(): Promise<Finding[]> {
  const found = await Promise.all(
    (["etcdClient", "apiServer"] as const).map(async (port) => {
      const ports = await freePorts();
      const squatter = await listenOn(ports[port]);
      let tries = 0;
      const choosePorts: typeof freePorts = () => {
        tries += 1;
        return tries === 1 ? Promise.resolve(ports) : freePorts();
      };
      try {
        const cluster = await startCluster({ choosePorts });
        const { status } = await cluster.request({ method: "GET", path: "/readyz" });
        await cluster.stop();
        return expectThat(
          status === 200 && tries > 1,
          `A cluster whose ${port} port was taken answers ${status} after ${tries} tries`,
          "200 at a later try",
        );
      } catch (error) {
        return [
          shortfall(
            `A cluster whose ${port} port was taken did not start: ${String(error)}`,
            "another try with other ports",
          ),
        ];
      } finally {
        squatter.close();
      }
    }),
  );
  return found.flat();
}

/** A server that is not up in time gives an error with the end of each log. */
export function slowStartIsAnError(): Promise<Finding[]> {
  return failedStart({ timeLimit: 1 }, ["did not come up in time", "kube-apiserver:"]);
}

/** A file with definitions that is not there is named. */
export function missingCrdIsAnError(): Promise<Finding[]> {
  return failedStart({ crds: [join(import.meta.dirname, "no-such-file.yaml")] }, ["no-such-file.yaml"]);
}

/** Definitions that the server refuses are named with their file and their fault. */
export async function refusedCrdIsAnError(): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), "plinth-verify-"));
  try {
    const file = join(folder, "broken.yaml");
    await writeFile(
      file,
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com}\n",
    );
    return await failedStart({ crds: [file] }, ["broken.yaml", "spec.scope"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A start that has to fail: the error says why, and neither a server nor a file is left. */
async function failedStart(options: ClusterOptions, says: readonly string[]): Promise<Finding[]> {
  const parentFolder = await mkdtemp(join(tmpdir(), "plinth-verify-"));
  try {
    const cluster = await startCluster({ ...options, parentFolder });
    await cluster.stop();
    return [shortfall(`A cluster with ${JSON.stringify(options)} starts`, "an error")];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [processes, files] = await Promise.all([processesOf(parentFolder), readdir(parentFolder)]);
    return [
      ...says.flatMap((text) =>
        expectThat(
          message.includes(text),
          `The error of a failed start says ${JSON.stringify(message)}`,
          JSON.stringify(text),
        ),
      ),
      ...expectThat(
        processes.length === 0,
        `A failed start leaves ${processes.map(({ commandLine }) => commandLine).join(", ")}`,
        "no process",
      ),
      ...expectThat(files.length === 0, `A failed start leaves ${files.join(", ")}`, "no file"),
    ];
  } finally {
    await rm(parentFolder, { recursive: true, force: true });
  }
}

/** A server that breaks down is named by the next request, with how it ended. */
export async function brokenServerIsNamed(): Promise<Finding[]> {
  const cluster = await startCluster();
  const folder = dirname(cluster.kubeconfig);
  const server = (await processesOf(folder)).find(({ commandLine }) => commandLine.includes("/kube-apiserver --"));
  try {
    if (server === undefined) return [shortfall("There is no API server to kill", "one running process")];
    process.kill(server.pid, "SIGKILL");
    await waitFor(
      "the API server to be gone",
      async () => !(await processesOf(folder)).some(({ pid }) => pid === server.pid),
    );
    await cluster.list({ apiVersion: "v1", kind: "Pod" });
    return [shortfall("A cluster without API server answers", "an error")];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return expectThat(
      message.includes("kube-apiserver was ended by SIGKILL"),
      `The error of a broken server says ${JSON.stringify(message)}`,
      "which server ended, and how",
    );
  } finally {
    await cluster.stop();
  }
}

/** However the process that started a cluster ends, its servers end, and its folder goes. */
export async function crashLeavesNothing(): Promise<Finding[]> {
  const signals = ["SIGKILL", "SIGINT", "SIGTERM"] as const;
  const found = await Promise.all(
    signals.map(async (signal) => {
      const module = JSON.stringify(join(import.meta.dirname, "start-cluster.ts"));
      const script = `const { startCluster } = await import(${module}); console.log((await startCluster()).kubeconfig); setInterval(() => {}, 1000);`;
      const owner = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const folder = dirname(await firstLine(owner.stdout));
      const before = await processesOf(folder);
      owner.kill(signal);
      await waitFor(
        `the servers to end after ${signal}`,
        async () => (await processesOf(folder)).length === 0 && !existsSync(folder),
      );
      return expectThat(before.length > 0, "There was no server to watch", "etcd and kube-apiserver");
    }),
  );
  return found.flat();
}

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => resolve(server));
  });
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  throw new ClusterError("The process that should start a cluster said nothing.");
}
