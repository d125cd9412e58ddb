import {
  type Component,
  type Environment,
  environmentNamed,
  type Finding,
  fieldAt,
  type Platform,
  plan,
} from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleQuota, exampleTeam } from "@plinth/core/testing";
import type { Answer } from "../cluster/answer.ts";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { type Attempt, attempts, pod, podIn } from "./quota-tenancy-attempts.ts";
import { changeFindings } from "./quota-tenancy-changes.ts";
import { cordonFindings } from "./quota-tenancy-cordon.ts";

/** What was tried at tenancies, and what came out otherwise than it should. */
export interface TenancyBehaviour {
  readonly attempts: number;
  readonly findings: readonly Finding[];
}

/** A platform whose teams use every field of a tenancy: one is limited, one is closed, one is neither. */
export function limitedPlatform(): Platform {
  const quotas = { development: { ...exampleQuota, storageByClass: { gp3: "10Gi" } } };
  return examplePlatform({
    environments: [exampleDevelopment()],
    teams: [
      exampleTeam("backend", {
        quotas,
        tenancy: {
          allowed: {
            storageClasses: ["gp3"],
            ingressClasses: ["internal"],
            priorityClasses: ["tier-high", "tier-medium"],
            runtimeClasses: ["gvisor"],
            registries: ["registry.example.com/backend", "docker.io/library/busybox"],
          },
          nodeSelector: { "example.com/pool": "backend" },
        },
      }),
      exampleTeam("frontend", { quotas, tenancy: { cordon: { because: "the team moves to another cluster" } } }),
      exampleTeam("open", { quotas }),
    ],
    dataStores: [],
    services: [],
  });
}

/** The kinds that say what a tenancy is; the rest of the components needs kinds that this cluster does not have. */
const judged = new Set(["tenancy", "platform-namespaces", "priority-classes", "tenancy-admission"]);

/** On a real API server everything that a tenancy forbids is refused, with a message that says what is allowed; everything that it allows is admitted. */
export async function tenancyBehaviour(components: readonly Component[]): Promise<TenancyBehaviour> {
  const platform = limitedPlatform();
  const environment = environmentNamed(platform, "development");
  let tried = 0;
  const findings = await withCluster({ controllerManager: true }, async (cluster) => {
    const refused = await applied(cluster, platform, components);
    if (refused.length > 0) return refused;
    await established(cluster, environment);
    const found: Finding[] = [];
    for (const attempt of attempts) {
      tried += 1;
      found.push(...judgeAttempt(attempt, await tryIt(cluster, attempt)));
    }
    found.push(...(await nodeSelectionFindings(cluster)));
    const changed = await changeFindings(cluster);
    const closed = await cordonFindings(cluster);
    tried += changed.attempts + closed.attempts;
    return [...found, ...changed.findings, ...closed.findings];
  });
  return { attempts: tried, findings };
}

async function applied(cluster: Cluster, platform: Platform, components: readonly Component[]): Promise<Finding[]> {
  const { files, findings } = plan(
    platform,
    components.filter(({ name }) => judged.has(name)),
  );
  const resources = files.flatMap(({ resource }) => resource ?? []);
  const found: Finding[] = findings.filter(({ severity }) => severity === "error");
  for (const name of judged)
    if (!files.some(({ entry }) => entry.component === name))
      found.push(wrong(`the component ${name} renders nothing`, "objects of each component of a tenancy"));
  const first = new Set(["Namespace", "PriorityClass"]);
  const inOrder = [...resources].sort((a, b) => Number(first.has(b.kind)) - Number(first.has(a.kind)));
  for (const object of [...inOrder, ...scenery]) {
    const answer = await cluster.apply({ ...object, metadata: { ...object.metadata } });
    if (!answer.accepted)
      found.push(
        wrong(`${object.kind} ${object.metadata.name} is refused: ${answer.message}`, "an object that is stored"),
      );
    for (const warning of answer.warnings)
      found.push(wrong(`the API server warns of ${object.kind} ${object.metadata.name}: ${warning}`, "no warning"));
  }
  return found;
}

/** What a cluster has that the attempts name, and what was in the closed namespace before. */
const scenery: readonly KubernetesObject[] = [
  ...["gvisor", "kata"].map((handler) => ({
    apiVersion: "node.k8s.io/v1",
    kind: "RuntimeClass",
    metadata: { name: handler },
    handler,
  })),
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "everybody-may" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: ["frontend-developers", "system:serviceaccounts"].map((name) => ({
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Group",
      name,
    })),
  },
];

/** A policy holds a moment after it was stored, and a quota counts a moment after that. */
async function established(cluster: Cluster, environment: Environment): Promise<void> {
  const policies = await cluster.list({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
  });
  await waitFor(`the policies of ${environment.name} to hold`, async () => {
    const answers = await Promise.all(
      attempts.filter(({ refused }) => refused !== undefined).map((attempt) => tryIt(cluster, attempt)),
    );
    return policies.length > 0 && answers.every((answer) => !answer.accepted);
  }).catch(() => undefined);
}

function tryIt(cluster: Cluster, { object }: Attempt): Promise<Answer> {
  return cluster.create(object, { dryRun: true });
}

function judgeAttempt({ what, refused }: Attempt, answer: Answer): Finding[] {
  if (refused === undefined)
    return answer.accepted ? [] : [wrong(`${what} is refused: ${answer.message}`, "admitted: the team may use it")];
  if (answer.accepted) return [wrong(`${what} is admitted`, `refused with: ${refused}`)];
  return answer.message.includes(refused)
    ? []
    : [wrong(`${what} is refused with: ${answer.message}`, `a message that says: ${refused}`)];
}

/** Each pod is given the labels of its team's nodes, beside those that it asks for itself. */
async function nodeSelectionFindings(cluster: Cluster): Promise<Finding[]> {
  const own = { "kubernetes.io/arch": "arm64" };
  const team = { "example.com/pool": "backend" };
  const cases = [
    { name: "a pod without a nodeSelector", object: pod(), expected: team },
    {
      name: "a pod with one of its own",
      object: podIn("team-backend", { nodeSelector: own }),
      expected: { ...own, ...team },
    },
    {
      name: "a pod that asks for the nodes of others",
      object: podIn("team-backend", { nodeSelector: { "example.com/pool": "frontend" } }),
      expected: team,
    },
    { name: "a pod of another team", object: podIn("team-open"), expected: undefined },
  ];
  const findings: Finding[] = [];
  for (const { name, object, expected } of cases) {
    const answer = await cluster.create(object, { dryRun: true });
    const given = answer.accepted ? fieldAt(answer.object, "spec", "nodeSelector") : answer.message;
    const same = JSON.stringify(sorted(given)) === JSON.stringify(sorted(expected));
    if (!same) findings.push(wrong(`${name} is given ${JSON.stringify(given)}`, JSON.stringify(expected ?? "nothing")));
  }
  return findings;
}

function sorted(labels: unknown): unknown {
  return typeof labels === "object" && labels !== null ? Object.entries(labels).sort() : labels;
}

function wrong(message: string, expected: string): Finding {
  return { code: "rejected-by-judge", severity: "error", message: `tenancy: ${message}`, expected };
}
