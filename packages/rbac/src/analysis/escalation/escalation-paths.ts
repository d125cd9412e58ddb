import type { Resource } from "@plinth/core";
import { indexRbac } from "../../authorizer/rbac-index.ts";
import { type SubjectName, subjectKey } from "../../authorizer/subject.ts";
import { type ClusterFacts, clusterFacts, type WorkloadServiceAccount } from "./cluster-facts.ts";
import { defaultObjects } from "./default-objects.ts";
import { type GainedRules, gainsReader } from "./gains.ts";
import { describeIdentity, type Identity } from "./identity.ts";
import { type Powers, powersReader } from "./powers.ts";
import { identityReacher, type Reached, stepsTo } from "./reach-identities.ts";
import type { Step } from "./techniques.ts";

/** A way from what somebody holds to more than that. */
export interface EscalationPath {
  readonly from: SubjectName;
  readonly to: Identity;
  readonly end: PathEnd;
  /** In the order in which they are taken. */
  readonly steps: readonly Step[];
  /** What the end may and the beginning may not. Empty for a cloud role and for nodes, of which RBAC says nothing. */
  readonly gains: readonly GainedRules[];
}

/** What a path gives in the end: a cloud role, more in the namespace in which it begins, in another, in the cluster, the nodes, or everything. */
export type PathEnd = "cloud-role" | "same-namespace" | "other-namespace" | "cluster" | "node" | "everything";

/**
 * Every way by which somebody reaches more than they hold: pods with a stronger ServiceAccount or its cloud role, a way into such pods, tokens,
 * impersonation, `bind`, `escalate`, certificates, webhooks, namespaces whose Pod Security is lowered, disks of nodes; step after step, from one identity
 * to the next. Writing roles and bindings without `escalate` and `bind` leads nowhere: the API server lets nobody give away more than they have.
 *
 * Each end is told once for each beginning, by the fewest steps; of who reaches everything, only that. What follows from holding nodes is told only where
 * it is everything.
 *
 * @param workloadServiceAccounts those that pods run with; every one when left out
 *
 * @example
 * for (const path of escalationPaths([clusterRole(namespaceAdmin), bindInNamespace(namespaceAdmin, "backend-admins", "team-backend")]))
 *   console.log(describePath(path).join("\n"));
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac---privilege-escalation-risks
 */
export function escalationPaths(
  resources: Iterable<Resource>,
  workloadServiceAccounts?: readonly WorkloadServiceAccount[],
): EscalationPath[] {
  const given = [...resources];
  const named = new Set(given.map((resource) => `${resource.kind} ${resource.metadata.name}`));
  const index = indexRbac([
    ...given,
    ...defaultObjects.filter((resource) => !named.has(`${resource.kind} ${resource.metadata.name}`)),
  ]);
  const facts = clusterFacts(given, index, workloadServiceAccounts);
  const powersOf = powersReader(index);
  const gainsOf = gainsReader();
  const reach = identityReacher(facts, powersOf);
  return sourcesAmong(facts).flatMap((from) => {
    const source = powersOf(from);
    if (source.everything || source.byAbility.size === 0) return [];
    const reached = reach(source);
    // Whoever reaches everything reaches the rest.
    const [shortest] = [...reached.values()]
      .filter(({ to }) => powersOf(to).everything)
      .sort((one, other) => stepsTo(one, reached).length - stepsTo(other, reached).length);
    const ends = shortest === undefined ? [...reached.values()] : [shortest];
    return ends.flatMap((step) => pathTo(from, step, reached, gainsOf(source, powersOf(step.to)), powersOf, facts));
  });
}

/**
 * A path as sentences, one for each step.
 *
 * @example
 * declare const path: EscalationPath;
 * for (const line of describePath(path)) console.log(line);
 * // the group backend-developers (namespace-developer in team-backend) becomes the service account team-backend/checkout: runs a pod with it
 */
export function describePath({ steps }: EscalationPath): string[] {
  return steps.map(({ act, to, uses }) => {
    const [first] = uses;
    if (first === undefined) return `becomes ${describeIdentity(to)}: ${act}`;
    const by = new Set(
      uses.flatMap(({ role, namespace }) =>
        role === undefined ? [] : [`${role.metadata.name}${namespace === undefined ? "" : ` in ${namespace}`}`],
      ),
    );
    const given = by.size === 0 ? "" : ` (${[...by].join(", ")})`;
    return `${describeIdentity(first.who)}${given} becomes ${describeIdentity(to)}: ${act}`;
  });
}

/** Everybody whom the resources themselves name, and their ServiceAccounts. */
function sourcesAmong({ index, serviceAccounts }: ClusterFacts): SubjectName[] {
  const given = index.bindings.filter(({ binding }) => !defaultObjects.includes(binding));
  const declared = [...serviceAccounts.values()].flat().filter((account) => account.declared);
  const sources = new Map(
    [...given.flatMap(({ subjects }) => subjects), ...declared.map(({ subject }) => subject)].map((subject) => [
      subjectKey(subject),
      subject,
    ]),
  );
  return [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
}

function pathTo(
  from: SubjectName,
  last: Step,
  reached: Reached,
  gains: readonly GainedRules[],
  powersOf: (identity: Identity) => Powers,
  facts: ClusterFacts,
): EscalationPath[] {
  const { to } = last;
  const steps = stepsTo(last, reached);
  const ending = (end: PathEnd): EscalationPath[] => [{ from, to, end, steps, gains }];
  if (powersOf(to).everything) return ending("everything");
  if (to.kind === "Nodes") return ending("node");
  if (to.kind === "CloudRole") return ownCloudRole(from, facts) === to.name ? [] : ending("cloud-role");
  if (gains.length === 0) return [];
  if (gains.some(({ namespace }) => namespace === undefined)) return ending("cluster");
  const home = steps[0]?.namespace;
  return ending(gains.every(({ namespace }) => namespace === home) ? "same-namespace" : "other-namespace");
}

function ownCloudRole(
  { kind, name, namespace = "" }: SubjectName,
  { serviceAccounts }: ClusterFacts,
): string | undefined {
  if (kind !== "ServiceAccount") return undefined;
  return serviceAccounts.get(namespace)?.find(({ subject }) => subject.name === name)?.cloudRole;
}
