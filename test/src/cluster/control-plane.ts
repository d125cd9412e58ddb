import { readFile, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fieldAt } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { type ApiConnection, connect } from "./api-connection.ts";
import { ClusterError } from "./cluster-error.ts";
import {
  apiServerEnvironment,
  apiServerFlags,
  type ControlPlanePlaces,
  controllerManagerFlags,
  etcdFlags,
  files,
} from "./control-plane-flags.ts";
import { writeKubeconfig } from "./credentials.ts";
import { describeExit, type Server, type ServerOptions, startServer } from "./server.ts";

/** The running servers of one cluster, and the way to them. */
export interface ControlPlane {
  servers: readonly Server[];
  connection: ApiConnection;
  url: string;
  kubeconfig: string;
}

/** What a control plane is started with. */
export interface ControlPlaneOptions extends ControlPlanePlaces {
  controllerManager: boolean;
  token: string;
  /** Milliseconds for the whole start. */
  timeLimit: number;
}

/** A port that was free a moment ago is taken: worth another try with other ports. */
export class PortTaken extends ClusterError {}

/**
 * Starts etcd and the API server together, then the controller manager, and waits until they do their work.
 *
 * @throws PortTaken, or ClusterError with the last lines of the server that failed. No server is left running then.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { folder, ports, token, controllerManager } = options;
  const end = performance.now() + options.timeLimit;
  const url = `https://127.0.0.1:${ports.apiServer}`;
  const servers: Server[] = [];
  const start = (server: ServerOptions): void => void servers.push(startServer(server, folder));
  const until = <Value>(what: string, look: () => Promise<Value | undefined | false>): Promise<Value> =>
    waitForServers(servers, { folder, end }, what, look);
  let connection: ApiConnection | undefined;
  try {
    // The API server waits for etcd by itself: started together they are ready sooner than one after the other.
    start({ name: "etcd", binary: toolPath("etcd"), flags: etcdFlags(options) });
    start({
      name: "kube-apiserver",
      binary: toolPath("kube-apiserver"),
      flags: apiServerFlags(options),
      environment: apiServerEnvironment,
    });
    const certificateAuthority = await until("the API server's certificate", () =>
      readComplete(join(folder, files.certificateAuthority)),
    );
    const kubeconfig = await writeKubeconfig(folder, url, token);
    const api = connect({ port: ports.apiServer, certificateAuthority, token });
    connection = api;
    await until("the API server to be ready", () => isReady(api));
    if (controllerManager) {
      start({
        name: "kube-controller-manager",
        binary: toolPath("kube-controller-manager"),
        flags: controllerManagerFlags(options),
      });
      await until("the controller manager to do its work", () => controllersWork(api));
    }
    return { servers, connection: api, url, kubeconfig };
  } catch (error) {
    connection?.close();
    await stopServers(servers);
    throw error;
  }
}

/** Stops the servers, each in the order that leaves no error in the log of the one that is still there. */
export async function stopServers(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.toReversed().map((server) => server.stop()));
}

/** What the servers that have ended said last, or nothing while all of them run. */
export async function describeEnded(servers: readonly Server[], lines = 15): Promise<string | undefined> {
  const reports = await Promise.all(
    servers.map(async (server) => {
      const exit = server.ended();
      return exit === undefined
        ? undefined
        : `${server.name} ${describeExit(exit)}. Its last lines:\n${await server.lastLines(lines)}`;
    }),
  );
  const ended = reports.filter((report) => report !== undefined);
  return ended.length === 0 ? undefined : ended.join("\n");
}

async function waitForServers<Value>(
  servers: readonly Server[],
  { folder, end }: { folder: string; end: number },
  what: string,
  look: () => Promise<Value | undefined | false>,
): Promise<Value> {
  for (;;) {
    // A server may end while we still wait for an answer, on a port that somebody else holds and never answers on.
    const value = await Promise.race([
      look().catch(() => undefined),
      ...servers.map(({ end: gone }) => gone.then(() => undefined)),
    ]);
    if (value !== undefined && value !== false) return value;
    const ended = await describeEnded(servers);
    if (ended !== undefined) throw await failure(ended, folder);
    if (performance.now() >= end) {
      const logs = await Promise.all(servers.map(async (server) => `${server.name}:\n${await server.lastLines(8)}`));
      const text = `The cluster did not come up in time; waited for ${what}. Last lines of each log:\n${logs.join("\n")}`;
      throw await failure(text, folder);
    }
    await sleep(25);
  }
}

async function failure(text: string, folder: string): Promise<ClusterError> {
  if (/address already in use/i.test(text)) return new PortTaken(text);
  return new ClusterError(
    (await isDiskFull(text, folder))
      ? `${text}\nThe disk of ${folder} is full: free some room, or set TMPDIR to another disk.`
      : text,
  );
}

/** On a full disk a server cannot even write to its log why it stops. */
async function isDiskFull(text: string, folder: string): Promise<boolean> {
  if (/no space left on device/i.test(text)) return true;
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < 10_000_000;
}

/** The certificate, once it is written to its end. */
async function readComplete(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8");
  return text.trimEnd().endsWith("-----END CERTIFICATE-----") ? text : undefined;
}

/** Ready, and past the moment in which the server makes its own namespaces. */
async function isReady({ send }: ApiConnection): Promise<boolean> {
  if ((await send({ method: "GET", path: "/readyz" })).status !== 200) return false;
  return (await send({ method: "GET", path: "/api/v1/namespaces/default" })).status === 200;
}

/** A default account and a filled aggregated role are what tests need of it first, and what it makes first. */
async function controllersWork({ send }: ApiConnection): Promise<boolean> {
  const account = await send({ method: "GET", path: "/api/v1/namespaces/default/serviceaccounts/default" });
  if (account.status !== 200) return false;
  const { body } = await send({ method: "GET", path: "/apis/rbac.authorization.k8s.io/v1/clusterroles/view" });
  const rules = fieldAt(body, "rules");
  return Array.isArray(rules) && rules.length > 0;
}
