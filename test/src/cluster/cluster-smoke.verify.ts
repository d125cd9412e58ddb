import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Finding, fieldAt, isRecord } from "@plinth/core";
import type { Answer } from "./answer.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { processesOf } from "./processes-of.ts";
import { expectThat, shortfall } from "./shortfall.ts";
import { type Cluster, startCluster } from "./start-cluster.ts";
import { waitFor } from "./wait-for.ts";
import { withCluster } from "./with-cluster.ts";

/** The API server alone: what it accepts, what it refuses, who may do what. */
export function apiServerJudges(): Promise<Finding[]> {
  return withCluster({}, async (cluster) => {
    const unknownField = { ...configMap("unknown"), daata: { a: "1" } };
    const first = await cluster.apply(configMap("twice"));
    const second = await cluster.apply(configMap("twice"));
    return [
      ...accepted("a namespace", await cluster.apply(namespace("team-a"))),
      ...refused("a map with an unknown field, created", await cluster.create(unknownField), "daata"),
      ...refused("a map with an unknown field, applied", await cluster.apply(unknownField), "daata"),
      ...refused(
        "an object of a kind that is not installed",
        await cluster.apply({ ...configMap("x"), apiVersion: "example.com/v1", kind: "Thing" }),
        "Thing",
      ),
      ...refused("a name with capitals", await cluster.create(configMap("Upper")), "RFC 1123"),
      ...expectThat(
        resourceVersion(first) === resourceVersion(second),
        "A second apply of the same object changed it",
        "the same resourceVersion",
      ),
      ...accepted(
        "a map in YAML",
        await cluster.applyYaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-yaml}\ndata: {answer: 'no'}\n"),
      ),
      ...refused(
        "a map in YAML whose value is a bare `no`",
        await cluster.applyYaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bare}\ndata: {answer: no}\n"),
        "data.answer",
      ),
      ...accepted("a dry run", await cluster.create(configMap("dry"), { dryRun: true })),
      ...expectThat(
        (await cluster.get({ apiVersion: "v1", kind: "ConfigMap", name: "dry" })) === undefined,
        "A dry run stored its object",
        "nothing stored",
      ),
      ...(await permissions(cluster)),
      ...accepted("the removal of a map", await cluster.delete({ apiVersion: "v1", kind: "ConfigMap", name: "twice" })),
      ...refused(
        "the removal of nothing",
        await cluster.delete({ apiVersion: "v1", kind: "ConfigMap", name: "nothing" }),
        "not found",
      ),
    ];
  });
}

async function permissions(cluster: Cluster): Promise<Finding[]> {
  const who = { user: "ana", groups: ["developers"] };
  await cluster.apply(role());
  await cluster.apply(roleBinding());
  const may = await waitFor("the role to count", async () => {
    const answer = await cluster.canI({ ...who, verb: "get", resource: "pods", namespace: "team-a" });
    return answer.allowed && answer;
  });
  const mayNot = await cluster.canI({
    ...who,
    verb: "create",
    resource: "pods",
    subresource: "exec",
    namespace: "team-a",
  });
  const elsewhere = await cluster.canI({ ...who, verb: "get", resource: "pods", namespace: "default" });
  const health = await cluster.canI({ user: "ana", verb: "get", path: "/metrics" });
  return [
    ...expectThat(
      may.reason.includes("pod-readers"),
      `The reason of a permission is ${JSON.stringify(may.reason)}`,
      "the name of its binding",
    ),
    ...expectThat(!mayNot.allowed, "A reader of pods may open a shell in them", "not allowed"),
    ...expectThat(!elsewhere.allowed, "A permission in one namespace counts in another", "not allowed"),
    ...expectThat(!health.allowed, "Everybody may read /metrics", "not allowed"),
    ...refused(
      "a map sent as somebody without permission",
      await cluster.create(configMap("as-ana"), { as: who }),
      "ana",
    ),
  ];
}

/** With the controller manager: default accounts, aggregated roles, quotas, limits, Pod Security, the end of namespaces. */
export function controllersDoTheirWork(): Promise<Finding[]> {
  return withCluster({ controllerManager: true }, async (cluster) => {
    await cluster.apply(namespace("team-a", { "pod-security.kubernetes.io/enforce": "baseline" }));
    await cluster.apply(quota());
    await cluster.apply(limitRange());
    await waitFor("the default account of a new namespace", () =>
      cluster.get({ apiVersion: "v1", kind: "ServiceAccount", name: "default", namespace: "team-a" }),
    );
    await waitFor("the quota to be counted", async () =>
      fieldAt(await cluster.get({ ...reference(quota()) }), "status", "hard"),
    );
    const privileged = await cluster.create(pod("privileged", { privileged: true }));
    const within = await cluster.create(pod("within"));
    const tooMany = await cluster.create(pod("one-too-many"));
    const limits = within.accepted ? containerLimits(within.object) : undefined;
    await cluster.apply(namespace("short-lived"));
    await cluster.delete({ apiVersion: "v1", kind: "Namespace", name: "short-lived" });
    await waitFor(
      "a removed namespace to be gone",
      async () => (await cluster.get({ apiVersion: "v1", kind: "Namespace", name: "short-lived" })) === undefined,
    );
    return [
      ...refused("a privileged pod in a namespace of the baseline level", privileged, "violates PodSecurity"),
      ...accepted("the first pod", within),
      ...expectThat(
        limits === "128Mi",
        `The memory limit of a pod without one is ${String(limits)}`,
        "128Mi, by the LimitRange",
      ),
      ...refused("one pod more than the quota has room for", tooMany, "exceeded quota"),
    ];
  });
}

/** Two clusters side by side do not see each other; afterwards no process and no file of them is left. */
export async function clustersLeaveNothing(): Promise<Finding[]> {
  const folders: string[] = [];
  const findings = await withCluster({}, (first) =>
    withCluster({}, async (second) => {
      folders.push(dirname(first.kubeconfig), dirname(second.kubeconfig));
      await first.apply(configMap("mine"));
      const seen = await second.get({ apiVersion: "v1", kind: "ConfigMap", name: "mine" });
      return expectThat(seen === undefined, "An object of one cluster is seen in another", "two separate clusters");
    }),
  );
  const left = await Promise.all(folders.map(processesOf));
  return [
    ...findings,
    ...expectThat(
      left.flat().length === 0,
      `Stopped clusters leave processes: ${left
        .flat()
        .map(({ commandLine }) => commandLine)
        .join(", ")}`,
      "none",
    ),
    ...expectThat(
      !folders.some((folder) => existsSync(folder)),
      `Stopped clusters leave ${folders.join(", ")}`,
      "no folder",
    ),
  ];
}

/** A cluster is stopped twice, and asked after its end: the second stop is harmless, the question fails with the reason. */
export async function stoppedClusterSaysSo(): Promise<Finding[]> {
  const cluster = await startCluster();
  await Promise.all([cluster.stop(), cluster.stop()]);
  try {
    await cluster.list({ apiVersion: "v1", kind: "Pod" });
    return [shortfall("A stopped cluster answers", "an error")];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return expectThat(
      message.includes("SIGKILL"),
      `A stopped cluster says ${JSON.stringify(message)}`,
      "how its servers ended",
    );
  }
}

function accepted(what: string, answer: Answer): Finding[] {
  return answer.accepted ? [] : [shortfall(`The API server refuses ${what}: ${answer.message}`, "accepted")];
}

function refused(what: string, answer: Answer, because: string): Finding[] {
  if (answer.accepted)
    return [shortfall(`The API server accepts ${what}`, `refused, with ${JSON.stringify(because)} in the message`)];
  return expectThat(
    answer.message.includes(because),
    `The API server refuses ${what} with other words: ${answer.message}`,
    `${JSON.stringify(because)} in the message`,
  );
}

function resourceVersion(answer: Answer): unknown {
  return answer.accepted ? answer.object.metadata.resourceVersion : answer.message;
}

function containerLimits(object: KubernetesObject): unknown {
  const containers = fieldAt(object, "spec", "containers");
  return Array.isArray(containers) && isRecord(containers[0])
    ? fieldAt(containers[0], "resources", "limits", "memory")
    : undefined;
}

function reference({ apiVersion, kind, metadata }: KubernetesObject): {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
} {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  };
}

function namespace(name: string, labels: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

function configMap(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { answer: "42" } };
}

function role(): KubernetesObject {
  const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }];
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: "pod-reader", namespace: "team-a" },
    rules,
  };
}

function roleBinding(): KubernetesObject {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "pod-readers", namespace: "team-a" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "pod-reader" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "developers" }],
  };
}

function quota(): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "team", namespace: "team-a" },
    spec: { hard: { pods: "1" } },
  };
}

function limitRange(): KubernetesObject {
  const limits = [{ type: "Container", default: { memory: "128Mi" }, defaultRequest: { memory: "64Mi" } }];
  return { apiVersion: "v1", kind: "LimitRange", metadata: { name: "team", namespace: "team-a" }, spec: { limits } };
}

function pod(name: string, securityContext: Record<string, unknown> = {}): KubernetesObject {
  const containers = [{ name: "main", image: "registry.example.com/main:1.0.0", securityContext }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "team-a" }, spec: { containers } };
}
