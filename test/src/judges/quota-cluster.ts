import {
  describeResource,
  type Environment,
  type Finding,
  fieldAt,
  isRecord,
  type Platform,
  parseQuantity,
  printQuantity,
  type Resource,
  type Team,
} from "@plinth/core";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { mostReplicas } from "./quota-arithmetic.ts";

/** What a workload finds when it arrives, in the order in which it is made. */
const surroundings = ["Namespace", "PriorityClass", "ResourceQuota", "LimitRange", "ServiceAccount"];

/** What was seen in a cluster. */
export interface SeenInCluster {
  readonly pods: number;
  readonly findings: readonly Finding[];
}

/**
 * The workloads of an environment, in its namespaces, with its quotas: the controllers make every pod of every workload, Pod Security has nothing to warn
 * of, each quota counts them and has room; and what is one mebibyte too large is refused.
 */
export async function workloadsFitFindings(
  cluster: Cluster,
  platform: Platform,
  environment: Environment,
  { rendered, workloads }: { readonly rendered: readonly Resource[]; readonly workloads: readonly Resource[] },
): Promise<SeenInCluster> {
  const findings: Finding[] = [];
  const report = (message: string, expected: string, resource?: Resource): void => {
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      ...(resource === undefined ? {} : { resource: describeResource(resource) }),
      message: `${message} (${environment.name})`,
      expected,
    });
  };
  for (const kind of surroundings)
    for (const resource of rendered.filter((candidate) => candidate.kind === kind)) {
      const answer = await cluster.apply(mutable(resource));
      if (!answer.accepted)
        report(`the API server refuses it: ${answer.message}`, "an object that is stored", resource);
    }
  await quotasCounted(cluster, platform);
  const stored: Resource[] = [];
  for (const resource of workloads) {
    const answer = await cluster.apply(mutable(atItsMost(resource, workloads)));
    if (!answer.accepted) report(`the API server refuses it: ${answer.message}`, "a workload that is stored", resource);
    if (answer.accepted && (resource.kind === "Deployment" || resource.kind === "StatefulSet")) stored.push(resource);
    for (const warning of answer.warnings) report(`the API server warns: ${warning}`, "no warning", resource);
  }
  let pods = 0;
  const seen = await Promise.all(
    stored.map(async (resource) => {
      const wanted = mostReplicas(resource, workloads);
      return { resource, wanted, made: await podsMade(cluster, resource, wanted) };
    }),
  );
  for (const { resource, wanted, made } of seen) {
    pods += made;
    if (made < wanted)
      report(
        `${made} of ${wanted} pods are made${await refusals(cluster, resource)}`,
        "all pods that the workload asks for",
        resource,
      );
  }
  for (const team of platform.teams) await judgeQuota(cluster, team, report);
  return { pods, findings };
}

type Report = (message: string, expected: string, resource?: Resource) => void;

/** Until a quota has counted once, it refuses everything. */
async function quotasCounted(cluster: Cluster, { teams }: Platform): Promise<void> {
  for (const { namespace } of teams)
    await waitFor(`the quotas of ${namespace} to be counted`, async () => {
      const quotas = await cluster.list({ apiVersion: "v1", kind: "ResourceQuota", namespace });
      return quotas.length > 0 && quotas.every((quota) => isCounted(quota));
    });
}

function isCounted(quota: KubernetesObject): boolean {
  return Object.keys(Object(fieldAt(quota, "status", "hard"))).length > 0;
}

/** A Deployment that an autoscaler scales, at the autoscaler's maximum. */
function atItsMost(resource: Resource, workloads: readonly Resource[]): Resource {
  const spec = resource["spec"];
  if (resource.kind !== "Deployment" || !isRecord(spec)) return resource;
  return { ...resource, spec: { ...spec, replicas: mostReplicas(resource, workloads) } };
}

async function podsMade(cluster: Cluster, resource: Resource, wanted: number): Promise<number> {
  let made = 0;
  try {
    await waitFor(
      `${wanted} pods`,
      async () => {
        const { apiVersion, kind, metadata } = resource;
        const { name, namespace = "default" } = metadata;
        const found = await cluster.get({ apiVersion, kind, name, namespace });
        made = Number(fieldAt(found, "status", "replicas") ?? 0);
        return made >= wanted;
      },
      { timeLimit: 15_000, interval: 200 },
    );
  } catch {
    // What is missing is said with the reason of the controller.
  }
  return made;
}

/** Why pods were not made, as the events of the controllers say it. */
async function refusals(cluster: Cluster, { metadata }: Resource): Promise<string> {
  const events = await cluster.list({
    apiVersion: "v1",
    kind: "Event",
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  });
  const messages = events
    .filter((event) => event["reason"] === "FailedCreate")
    .filter((event) => String(fieldAt(event, "involvedObject", "name")).startsWith(metadata.name))
    .map((event) => String(event["message"]));
  const [first] = messages;
  return first === undefined ? "" : `: ${first}`;
}

async function judgeQuota(cluster: Cluster, { namespace }: Team, report: Report): Promise<void> {
  const quota = await cluster.get({ apiVersion: "v1", kind: "ResourceQuota", name: namespace, namespace });
  const hard = fieldAt(quota, "status", "hard");
  const used = fieldAt(quota, "status", "used");
  if (!isRecord(hard) || !isRecord(used)) return report(`the quota of ${namespace} counts nothing`, "a status");
  for (const [name, limit] of Object.entries(hard)) {
    if (amount(used[name]) > amount(limit))
      report(`${namespace} uses ${String(used[name])} of ${name}`, `at most ${String(limit)}`);
  }
  if (amount(used["pods"]) === 0n) report(`the quota of ${namespace} has counted no pod`, "the pods that were made");
  const left = amount(hard["requests.memory"]) - amount(used["requests.memory"]);
  const fits = await cluster.create(pod(namespace, left), { dryRun: true });
  if (!fits.accepted)
    report(`a pod that just fits is refused in ${namespace}: ${fits.message}`, "a pod that is admitted");
  const tooLarge = await cluster.create(pod(namespace, left + mebibyte), { dryRun: true });
  if (tooLarge.accepted || !tooLarge.message.includes("exceeded quota"))
    report(
      `a pod that is 1Mi too large is ${tooLarge.accepted ? "admitted" : `answered with: ${tooLarge.message}`} in ${namespace}`,
      "a refusal by the quota",
    );
}

const mebibyte = 1024n * 1024n * 1_000_000_000n;

function amount(quantity: unknown): bigint {
  return parseQuantity(String(quantity ?? "0"))?.nanos ?? 0n;
}

/** A pod that the restricted level admits, with so much memory. */
function pod(namespace: string, nanos: bigint): KubernetesObject {
  const memory = printQuantity({ nanos, format: "binary" });
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "rest", namespace },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "rest",
          image: "registry.example.com/rest:1.0.0",
          resources: { requests: { cpu: "1m", memory }, limits: { memory } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}

function mutable(resource: Resource): KubernetesObject {
  return { ...resource, metadata: { ...resource.metadata } };
}
