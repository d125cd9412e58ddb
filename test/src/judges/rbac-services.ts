import { type Environment, fieldAt, namespaceOf, type Platform, type ReadableKind, servicesIn } from "@plinth/core";
import type { ApiRequest } from "../cluster/api-connection.ts";
import { ClusterError } from "../cluster/cluster-error.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { stored } from "./rbac-cluster.ts";
import { type Trial, type Trials, tried } from "./rbac-trials.ts";

/** Where the API server serves what a service may ask to read. */
const apiOf: Readonly<Record<ReadableKind, string>> = {
  configmaps: "/api/v1",
  endpointslices: "/apis/discovery.k8s.io/v1",
  pods: "/api/v1",
  secrets: "/api/v1",
  services: "/api/v1",
};

/**
 * Services ask with the tokens that the API server gives their pods: what they declare is let through, what lies beside it is refused, and a service that
 * declares nothing has nothing.
 */
export async function serviceFindings(cluster: Cluster, platform: Platform, environment: Environment): Promise<Trials> {
  const trials: Trial[] = [];
  const services = servicesIn(platform, environment);
  const quiet = services.find(({ kubernetesApi }) => kubernetesApi === undefined);
  const declaring = services.filter(({ kubernetesApi }) => kubernetesApi !== undefined);
  for (const service of [...declaring, ...(quiet === undefined ? [] : [quiet])]) {
    const namespace = namespaceOf(platform, service);
    const token = await tokenOf(cluster, service.name, namespace);
    const { reads = [], leaderElection = false } = service.kubernetesApi ?? {};
    const questions: readonly (readonly [words: string, request: ApiRequest, allowed: boolean])[] = [
      ...reads.flatMap(({ kind, name }) => {
        const path = `${apiOf[kind]}/namespaces/${namespace}/${kind}`;
        return [
          [
            `read ${kind}${name === undefined ? "" : ` ${name}`}`,
            get(name === undefined ? path : `${path}/${name}`),
            true,
          ],
          ...(name === undefined ? [] : [[`read ${kind} of another name`, get(`${path}/another`), false] as const]),
        ] as const;
      }),
      ["read a Secret that it does not name", get(`/api/v1/namespaces/${namespace}/secrets/another`), false],
      ["read ConfigMaps of another namespace", get("/api/v1/namespaces/kube-system/configmaps"), false],
      ["see what runs beside it", get(`/apis/apps/v1/namespaces/${namespace}/deployments`), false],
      ["take a Lease", lease(namespace, service.name), leaderElection],
    ];
    trials.push(
      ...questions.map(([act, request, allowed]) => ({
        who: `${environment.name}: ${service.name}`,
        act,
        request: { ...request, token },
        allowed,
      })),
    );
  }
  return await tried(cluster, trials);
}

function get(path: string): ApiRequest {
  return { method: "GET", path };
}

function lease(namespace: string, name: string): ApiRequest {
  const apiVersion = "coordination.k8s.io/v1";
  return {
    method: "POST",
    path: `/apis/${apiVersion}/namespaces/${namespace}/leases?dryRun=All`,
    body: { apiVersion, kind: "Lease", metadata: { name, namespace } },
  };
}

/** A token such as the kubelet mounts, of an account that is made when it is not there. */
export async function tokenOf(cluster: Cluster, name: string, namespace: string): Promise<string> {
  await stored(cluster, { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
  const { status, body } = await cluster.request({
    method: "POST",
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
  });
  const token = fieldAt(body, "status", "token");
  if (status === 201 && typeof token === "string") return token;
  throw new ClusterError(`${namespace}/${name} is given no token: ${JSON.stringify(body)}`);
}
