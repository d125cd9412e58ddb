import { describeResource, type Environment, type Finding, fieldAt, type Platform, type Resource } from "@plinth/core";
import { type ActingIdentity, actorsOf, type GuardRail, guardedOf, guardRailsIn } from "@plinth/policies";
import { type Answer, readAnswer } from "../cluster/answer.ts";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { mutantFindings } from "./guard-rails-mutants.ts";
import { expressionFindings, heldBy, taken } from "./guard-rails-policies.ts";
import { attemptFindings, letThrough, type Tried } from "./guard-rails-verdicts.ts";
import { authorizerKnowsAll, defaultRolesHaveRules, rbacGroup, rbacVersion } from "./rbac-cluster.ts";

/** A platform's foundation in one environment. */
export interface GuardedEnvironment {
  readonly platform: Platform;
  readonly environment: Environment;
  /** What is applied. */
  readonly resources: readonly Resource[];
  /** Files with Kyverno's custom resource definitions. Kyverno itself does not run: the rails hold without it. */
  readonly crds: readonly string[];
  /** Whether slips of the hand are tried, too: the rails are nearly equal everywhere, so once is enough. */
  readonly mutants?: boolean;
}

/** What was tried, and what came out otherwise than it should. */
export interface GuardRailBehaviour {
  readonly attempts: number;
  readonly mutants: number;
  readonly findings: readonly Finding[];
}

/** Applies the foundation to a cluster of its own; everybody tries what they may and may not; then the same without the rails. */
export async function guardRailBehaviour(place: GuardedEnvironment): Promise<GuardRailBehaviour> {
  const { platform, environment, resources, crds } = place;
  const rails = guardRailsIn(platform, environment);
  const actors = actorsOf(guardedOf(platform));
  let attempts = 0;
  let mutants = 0;
  const findings = await withCluster(
    { controllerManager: true, crds, people: [...actors.values()] },
    async (cluster) => {
      await defaultRolesHaveRules(cluster);
      const refused = await allStored(cluster, [
        ...inOrder(resources.filter(({ kind }) => !kind.startsWith("ValidatingAdmissionPolicy"))),
        ...[...actors.values()].filter(({ boundToClusterAdmin }) => boundToClusterAdmin).map(everyPermission),
      ]);
      if (refused.length > 0) return refused;
      await accountsOf(cluster, platform);
      const guarding = resources.filter(({ kind }) => kind.startsWith("ValidatingAdmissionPolicy"));
      const prepared = [
        ...(await allThere(
          cluster,
          rails.flatMap(({ before = [] }) => before),
        )),
        ...(await allStored(cluster, guarding)),
      ];
      if (prepared.length > 0) return prepared;
      await authorizerKnowsAll(cluster);
      const held = await heldBy(cluster, rails, () => tryAll(cluster, rails, actors));
      attempts = held.length;
      const found = [
        ...held.flatMap(attemptFindings),
        ...(await expressionFindings(cluster, rails)),
        ...(await unchangedFindings(cluster, guarding)),
      ];
      await taken(cluster, rails);
      const open = await waitForOpen(cluster, rails, actors);
      const slips = await mutantFindings(cluster, place.mutants === true ? rails : [], (rail) =>
        tryAll(cluster, [rail], actors),
      );
      mutants = slips.mutants;
      return [...found, ...slips.findings, ...open.filter((tried) => !letThrough(tried)).map(notByTheRail)];
    },
  );
  return {
    attempts,
    mutants,
    findings: findings.map((finding) => ({ ...finding, message: `${environment.name}: ${finding.message}` })),
  };
}

/** Each attempt, with the answer. Whoever does not exist on a platform tries nothing. */
async function tryAll(
  cluster: Cluster,
  rails: readonly GuardRail[],
  actors: ReturnType<typeof actorsOf>,
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const rail of rails)
    for (const attempt of rail.attempts) {
      const actor = actors.get(attempt.by);
      if (actor === undefined) continue;
      const response = await cluster.request({ ...attempt.request, token: cluster.tokenOf(actor.user) });
      tried.push({ rail, attempt, answer: readAnswer(response) });
    }
  return tried;
}

/** The API server hears a moment later that a rail is gone. */
async function waitForOpen(
  cluster: Cluster,
  rails: readonly GuardRail[],
  actors: ReturnType<typeof actorsOf>,
): Promise<readonly Tried[]> {
  let tried: readonly Tried[] = [];
  await waitFor("the rails to be gone", async () => {
    tried = await tryAll(cluster, rails, actors);
    return tried.every(letThrough);
  }).catch(() => undefined);
  return tried;
}

function notByTheRail({ rail, attempt: { by, what }, answer }: Tried): Finding {
  return wrong(
    `without ${rail.name}, ${by} ${what} and is refused all the same: ${answer.accepted ? "" : answer.message}`,
    "let through, so that it is the rail that refuses",
  );
}

async function unchangedFindings(cluster: Cluster, policies: readonly Resource[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const resource of policies) {
    const { apiVersion, kind, metadata } = resource;
    const before = await cluster.get({ apiVersion, kind, name: metadata.name });
    const again = await cluster.apply(plain(resource));
    const generation = again.accepted ? fieldAt(again.object, "metadata", "generation") : again.message;
    if (generation !== fieldAt(before, "metadata", "generation"))
      findings.push(wrong(`a second apply changes ${describeResource(resource)}`, "the same object"));
  }
  return findings;
}

const first = ["Namespace", "ServiceAccount", "ClusterRole", "Role"];

function inOrder(resources: readonly Resource[]): readonly Resource[] {
  const rank = ({ kind }: Resource): number => (first.includes(kind) ? first.indexOf(kind) : first.length);
  return resources.toSorted((a, b) => rank(a) - rank(b));
}

async function allStored(cluster: Cluster, resources: readonly (Resource | KubernetesObject)[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const resource of resources) {
    const answer: Answer = await cluster.apply(plain(resource));
    if (!answer.accepted)
      findings.push(wrong(`${resource.kind} ${resource.metadata.name} is refused: ${answer.message}`, "stored"));
    for (const warning of answer.warnings)
      findings.push(
        wrong(`the API server warns of ${resource.kind} ${resource.metadata.name}: ${warning}`, "no warning"),
      );
  }
  return findings;
}

/** What is tried at, beside what is applied: where the foundation brings it along, that is it. */
async function allThere(cluster: Cluster, resources: readonly Resource[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const resource of resources) {
    const answer = await cluster.create(plain(resource));
    if (!answer.accepted && answer.reason !== "AlreadyExists")
      findings.push(wrong(`${resource.kind} ${resource.metadata.name} is refused: ${answer.message}`, "stored"));
  }
  return findings;
}

/** A pod is admitted once its namespace has an account for it. */
async function accountsOf(cluster: Cluster, { teams }: Platform): Promise<void> {
  for (const { namespace } of teams)
    await waitFor(`the default account of ${namespace}`, () =>
      cluster.get({ apiVersion: "v1", kind: "ServiceAccount", name: "default", namespace }),
    );
  for (const { namespace } of teams)
    await waitFor(`the quotas of ${namespace} to be counted`, async () => {
      const quotas = await cluster.list({ apiVersion: "v1", kind: "ResourceQuota", namespace });
      return quotas.every((quota) => fieldAt(quota, "status", "hard") !== undefined);
    });
}

function everyPermission({ user }: ActingIdentity): KubernetesObject {
  return {
    apiVersion: rbacVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: `everything-${user.replaceAll(":", "-")}` },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "User", apiGroup: rbacGroup, name: user }],
  };
}

function plain(resource: Resource | KubernetesObject): KubernetesObject {
  return { ...resource, metadata: { ...resource.metadata } };
}

/** A finding about a guard rail. */
export function wrong(message: string, expected: string): Finding {
  return { code: "rejected-by-judge", severity: "error", component: "guard-rails", message, expected };
}
