import { setTimeout as sleep } from "node:timers/promises";
import { formatFinding } from "@plinth/core";
import { requireTools } from "../tools/ensure.ts";
import type { ToolName } from "../tools/tools.ts";
import { type AccessAnswer, type AccessQuestion, reviewAccess } from "./access-review.ts";
import type { ApiResponse } from "./answer.ts";
import type { ApiRequest, Identity } from "./api-connection.ts";
import { ClusterError } from "./cluster-error.ts";
import { createClusterFolder } from "./cluster-folder.ts";
import {
  type ControlPlane,
  type ControlPlaneOptions,
  describeEnded,
  PortTaken,
  startControlPlane,
  stopServers,
} from "./control-plane.ts";
import { writeCredentials } from "./credentials.ts";
import { installCrds } from "./custom-resources.ts";
import { type ClusterPorts, freePorts } from "./free-ports.ts";
import { accessObjects, type Objects } from "./objects.ts";

/** What a cluster is started with. */
export interface ClusterOptions {
  /**
   * Whether kube-controller-manager runs too. Without it no default ServiceAccount is made, so no pod is admitted; aggregated roles stay
   * empty, quotas count nothing, and a deleted namespace stays. It costs about two seconds. @default false
   */
  controllerManager?: boolean;
  /** YAML files with custom resource definitions to install: `crdFiles(["kyverno"])` of the tools names those of a project. */
  crds?: readonly string[];
  /** People who log in with a token of their own. @default none */
  people?: readonly Identity[];
  /** Milliseconds until a start counts as failed. @default 60000 */
  timeLimit?: number;
  /** The folder in which the cluster makes its own. @default the system's folder for temporary files */
  parentFolder?: string;
  /** Chooses the ports of one try. @default ports that are free at that moment */
  choosePorts?: () => Promise<ClusterPorts>;
}

/** A Kubernetes control plane of one's own: an API server with etcd, and no nodes. Pods are admitted and never run. */
export interface Cluster extends Objects {
  /** `https://127.0.0.1:<port>`. */
  url: string;
  /** A file with which another program reaches the cluster as its administrator. */
  kubeconfig: string;
  /** Any other request, as it is. */
  request: (request: ApiRequest) => Promise<ApiResponse>;
  /** The token of one of the cluster's people. Throws a ClusterError for anybody else. */
  tokenOf: (user: string) => string;
  /** What the server's own authorizer says to a question about permissions. */
  canI: (question: AccessQuestion) => Promise<AccessAnswer>;
  /** Installs the custom resource definitions in YAML files and waits until they are served; gives their names. */
  installCrds: (files: readonly string[]) => Promise<string[]>;
  /** Ends the servers and removes every file of them. Harmless when called again. */
  stop: () => Promise<void>;
}

const portTries = 5;

/** The tools that a cluster needs. */
export function clusterTools({
  controllerManager = false,
}: Pick<ClusterOptions, "controllerManager"> = {}): ToolName[] {
  return controllerManager ? ["etcd", "kube-apiserver", "kube-controller-manager"] : ["etcd", "kube-apiserver"];
}

/**
 * Starts a control plane on free ports of 127.0.0.1. Any number of them run side by side. Whoever starts one stops it; when this
 * process ends before that, in whatever way, its servers end with it.
 *
 * @throws ClusterError when a tool is missing or a server does not come up: with the last lines of its log
 * @example
 * const cluster = await startCluster({ controllerManager: true });
 * try {
 *   const answer = await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-data" } });
 * } finally {
 *   await cluster.stop();
 * }
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const {
    controllerManager = false,
    crds = [],
    people = [],
    timeLimit = 60_000,
    parentFolder,
    choosePorts = freePorts,
  } = options;
  const missing = await requireTools(clusterTools({ controllerManager }));
  if (missing.length > 0) throw new ClusterError(missing.map(formatFinding).join("\n"));
  const folder = await createClusterFolder(parentFolder);
  try {
    const { token, tokens } = await writeCredentials(folder.path, people);
    const controlPlane = await startOnFreePorts(
      { folder: folder.path, token, controllerManager, timeLimit },
      choosePorts,
    );
    const cluster = assemble(controlPlane, tokens, folder.remove);
    try {
      await cluster.installCrds(crds);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function startOnFreePorts(
  options: Omit<ControlPlaneOptions, "ports">,
  choosePorts: () => Promise<ClusterPorts>,
): Promise<ControlPlane> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startControlPlane({ ...options, ports: await choosePorts() });
    } catch (error) {
      if (!(error instanceof PortTaken) || tries === portTries) throw error;
    }
  }
}

function assemble(
  { servers, connection, url, kubeconfig }: ControlPlane,
  tokens: ReadonlyMap<string, string>,
  removeFolder: () => Promise<void>,
): Cluster {
  const request = async (asked: ApiRequest): Promise<ApiResponse> => {
    try {
      return await connection.send(asked);
    } catch (error) {
      // "Connection refused" says little; why the server is gone says more. We may hear of that a moment later.
      await Promise.race([...servers.map(({ end }) => end), sleep(500)]);
      const ended = await describeEnded(servers);
      throw ended === undefined ? error : new ClusterError(ended, { cause: error });
    }
  };
  const objects = accessObjects({ send: request });
  let stopped: Promise<void> | undefined;
  return {
    ...objects,
    url,
    kubeconfig,
    request,
    tokenOf: (user) => {
      const token = tokens.get(user);
      if (token === undefined) throw new ClusterError(`The cluster was started without ${user} among its people.`);
      return token;
    },
    canI: (question) => reviewAccess({ send: request }, question),
    installCrds: (crdFiles) => installCrds({ send: request }, objects, crdFiles),
    stop: () => {
      stopped ??= (async () => {
        connection.close();
        await stopServers(servers);
        await removeFolder();
      })();
      return stopped;
    },
  };
}
