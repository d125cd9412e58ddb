import type { BoundRole } from "../../authorizer/rbac-index.ts";
import type { SubjectName } from "../../authorizer/subject.ts";
import type { Ability } from "./abilities.ts";
import type { ClusterFacts, KnownServiceAccount } from "./cluster-facts.ts";
import { type Identity, masters } from "./identity.ts";
import type { Power } from "./powers.ts";

/** One thing that somebody does to become somebody else. */
export interface Step {
  readonly technique: string;
  /** What is done, as the end of a sentence: `runs a pod with it`. */
  readonly act: string;
  /** The permissions that it takes, and whose they are. */
  readonly uses: readonly Power[];
  readonly to: Identity;
  /** Where it is done; in the whole cluster when left out. */
  readonly namespace?: string;
}

/** What somebody can do so far. */
export interface Means {
  readonly facts: ClusterFacts;
  /** A power that holds in a namespace (`""`: in the whole cluster), about an object of that name when one is given. */
  find(ability: Ability, namespace: string, name?: string): Power | undefined;
  /** All of them. */
  all(ability: Ability, namespace: string): readonly Power[];
  /** True where the ability is there, wherever it holds: who lacks it need not be asked namespace by namespace. */
  has(ability: Ability): boolean;
  /** True for an identity that was reached before: no other way to it is asked for. Only ever false too often. */
  isReached(identity: Identity): boolean;
  /** True when a binding names somebody who is reached so far. */
  isBound(bound: BoundRole): boolean;
}

/** A way to become somebody else: every step that the means allow. */
interface Technique {
  readonly id: string;
  readonly act: string;
  reach(means: Means): Iterable<Reached>;
}

interface Reached {
  readonly uses: readonly Power[];
  readonly to: Identity;
  readonly namespace?: string;
}

/** Steps that the means allow now. */
export function* stepsFrom(means: Means): Generator<Step> {
  for (const { id, act, reach } of techniques)
    for (const reached of reach(means)) yield { technique: id, act, ...reached };
}

const techniques: readonly Technique[] = [
  { id: "create-workloads", act: "runs a pod with it", reach: (means) => byAccount(means, "make pods", whoever) },
  {
    id: "enter-pods",
    act: "enters a pod that runs with it",
    reach: (means) => byAccount(means, "enter pods", whoRuns),
  },
  { id: "create-tokens", act: "makes a token of it", reach: makeTokens },
  { id: "read-secrets", act: "reads its token in a Secret", reach: readTokens },
  { id: "write-secrets", act: "makes a Secret that is filled with its token, and reads it", reach: fillTokens },
  { id: "impersonate", act: "impersonates it", reach: impersonate },
  { id: "bind-roles", act: "binds a role to itself", reach: bindRoles },
  { id: "escalate-roles", act: "adds every permission to a role that it holds", reach: escalateRoles },
  { id: "privileged-pod", act: "runs a privileged pod where Pod Security lets it", reach: runPrivileged },
  {
    id: "change-namespaces",
    act: "lowers the Pod Security level of the namespace and runs a privileged pod",
    reach: lowerLevel,
  },
  { id: "create-persistent-volumes", act: "mounts the node's disk as a PersistentVolume", reach: mountNode },
  {
    id: "reach-kubelets",
    act: "runs commands in any pod through the kubelet",
    reach: ({ find }) => once([find("reach kubelets", "")], { kind: "Nodes" }),
  },
  { id: "approve-certificates", act: "has a client certificate signed for that name", reach: signCertificates },
  {
    id: "change-webhooks",
    act: "changes what others write while it is admitted",
    reach: ({ find }) => once([find("change objects on admission", "")], masters),
  },
  {
    id: "map-cloud-identities",
    act: "makes its cloud identity a cluster admin in aws-auth",
    reach: ({ find }) => once([find("map cloud identities", "kube-system", "aws-auth")], masters, "kube-system"),
  },
];

/** One step, when each permission that it takes is there. */
function once(uses: readonly (Power | undefined)[], to: Identity, namespace?: string): Reached[] {
  const found = uses.filter((power) => power !== undefined);
  return found.length === uses.length ? [{ uses: found, to, ...(namespace === undefined ? {} : { namespace }) }] : [];
}

/** What using a ServiceAccount gives. */
type Reachable = (account: KnownServiceAccount) => { readonly token: boolean; readonly cloud: boolean };

const whoever: Reachable = () => ({ token: true, cloud: true });
const whoRuns: Reachable = ({ runs, mountsToken }) => ({ token: runs && mountsToken, cloud: runs });

function* byAccount(means: Means, ability: Ability, reachable: Reachable): Generator<Reached> {
  const { facts, find, has } = means;
  if (!has(ability)) return;
  for (const [namespace, accounts] of facts.serviceAccounts) {
    const power = find(ability, namespace);
    if (power === undefined) continue;
    for (const account of accounts) yield* asAccount(means, [power], account, namespace, reachable(account));
  }
}

function* asAccount(
  { isReached }: Means,
  uses: readonly Power[],
  { subject, cloudRole }: KnownServiceAccount,
  namespace: string,
  { token, cloud }: { readonly token: boolean; readonly cloud: boolean },
): Generator<Reached> {
  if (token && !isReached(subject)) yield { uses, to: subject, namespace };
  if (cloud && cloudRole !== undefined) yield { uses, to: { kind: "CloudRole", name: cloudRole }, namespace };
}

function* makeTokens(means: Means): Generator<Reached> {
  const { facts, find, has, isReached } = means;
  if (!has("make tokens")) return;
  for (const [namespace, accounts] of facts.serviceAccounts) {
    for (const account of accounts) {
      if (account.cloudRole === undefined && isReached(account.subject)) continue;
      const power = find("make tokens", namespace, account.subject.name);
      // A token for the audience of STS is what a cloud role is taken with.
      if (power !== undefined) yield* asAccount(means, [power], account, namespace, { token: true, cloud: true });
    }
  }
}

function* readTokens({ facts, find }: Means): Generator<Reached> {
  for (const [namespace, secrets] of facts.tokens)
    for (const { name, serviceAccount } of secrets)
      yield* once(
        [find("read secrets", namespace, name)],
        { kind: "ServiceAccount", name: serviceAccount, namespace },
        namespace,
      );
}

function* fillTokens({ facts, find, has, isReached }: Means): Generator<Reached> {
  if (!has("make secrets") || !has("read secrets")) return;
  for (const [namespace, accounts] of facts.serviceAccounts) {
    const [makes, reads] = [find("make secrets", namespace), find("read secrets", namespace)];
    if (makes !== undefined && reads !== undefined)
      for (const { subject } of accounts)
        if (!isReached(subject)) yield { uses: [makes, reads], to: subject, namespace };
  }
}

function* impersonate({ facts, find, all, has, isReached }: Means): Generator<Reached> {
  if (has("act as service accounts"))
    for (const [namespace, accounts] of facts.serviceAccounts)
      for (const { subject } of accounts)
        if (!isReached(subject))
          yield* once([find("act as service accounts", namespace, subject.name)], subject, namespace);
  if (!has("act as users") && !has("act as groups")) return;
  // Groups are impersonated together with a user or a ServiceAccount: k8s.io/apiserver pkg/endpoints/filters/impersonation.
  const asSomebody =
    find("act as users", "") ??
    facts.namespaces.flatMap((namespace) => all("act as service accounts", namespace)).at(0);
  const named: readonly SubjectName[] = [masters, ...facts.index.subjects];
  for (const subject of named) {
    if (subject.kind === "User") yield* once([find("act as users", "", subject.name)], subject);
    if (subject.kind === "Group") yield* once([find("act as groups", "", subject.name), asSomebody], subject);
  }
}

function* bindRoles({ facts, find, all, has }: Means): Generator<Reached> {
  const inCluster = find("write cluster role bindings", "");
  if (inCluster !== undefined) {
    for (const power of all("bind cluster roles", "")) {
      const names = power.rule.resourceNames ?? [];
      if (names.length === 0) yield { uses: [power, inCluster], to: masters };
      for (const name of names)
        yield { uses: [power, inCluster], to: { kind: "BoundRole", role: { kind: "ClusterRole", name } } };
    }
  }
  if (!has("write role bindings") || !(has("bind cluster roles") || has("bind roles"))) return;
  for (const namespace of facts.namespaces) {
    const writes = find("write role bindings", namespace);
    if (writes === undefined) continue;
    for (const power of all("bind cluster roles", namespace)) {
      const names = power.rule.resourceNames ?? [];
      if (names.length === 0) yield { uses: [power, writes], to: { kind: "NamespaceOwner", namespace }, namespace };
      for (const name of names)
        yield {
          uses: [power, writes],
          to: { kind: "BoundRole", role: { kind: "ClusterRole", name }, namespace },
          namespace,
        };
    }
    for (const { resource } of has("bind roles") ? facts.roles : []) {
      if (resource.kind !== "Role" || resource.metadata.namespace !== namespace) continue;
      const { name } = resource.metadata;
      const to: Identity = { kind: "BoundRole", role: { kind: "Role", name }, namespace };
      yield* once([find("bind roles", namespace, name), writes], to, namespace);
    }
  }
}

/** Without `escalate` the API server refuses a role that holds more than its writer: writing roles alone leads nowhere. */
function* escalateRoles({ facts, find, isBound, has }: Means): Generator<Reached> {
  if (!has("escalate cluster roles") && !has("escalate roles")) return;
  for (const bound of facts.index.bindings) {
    const { namespace, role } = bound;
    if (role === undefined) continue;
    const { kind, metadata } = role.resource;
    // A ClusterRole is no object of the namespace that it is bound in.
    const [escalates, changes] =
      kind === "ClusterRole"
        ? [find("escalate cluster roles", "", metadata.name), find("change cluster roles", "", metadata.name)]
        : [find("escalate roles", namespace, metadata.name), find("change roles", namespace, metadata.name)];
    if (escalates === undefined || changes === undefined || !isBound(bound)) continue;
    if (namespace === "") yield { uses: [escalates, changes], to: masters };
    else yield { uses: [escalates, changes], to: { kind: "NamespaceOwner", namespace }, namespace };
  }
}

const nodes: Identity = { kind: "Nodes" };

function* runPrivileged({ facts, find, has, isReached }: Means): Generator<Reached> {
  if (!has("make pods") || isReached(nodes)) return;
  for (const namespace of facts.namespaces)
    if (facts.privileged.has(namespace)) yield* once([find("make pods", namespace)], nodes, namespace);
}

function* lowerLevel({ facts, find, has, isReached }: Means): Generator<Reached> {
  if (!has("change namespaces") || !has("make pods") || isReached(nodes)) return;
  for (const namespace of facts.namespaces)
    yield* once([find("change namespaces", namespace, namespace), find("make pods", namespace)], nodes, namespace);
}

function* mountNode({ facts, find, has, isReached }: Means): Generator<Reached> {
  if (!has("make volumes") || !has("make volume claims") || !has("make pods") || isReached(nodes)) return;
  for (const namespace of facts.namespaces)
    yield* once(
      [find("make volumes", ""), find("make volume claims", namespace), find("make pods", namespace)],
      nodes,
      namespace,
    );
}

// Signs for any user and group but system:masters: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#kubernetes-signers
const clientSigner = "kubernetes.io/kube-apiserver-client";

function* signCertificates({ facts, find }: Means): Generator<Reached> {
  const uses = [
    find("ask for certificates", ""),
    find("approve certificates", ""),
    find("approve for signers", "", clientSigner) ?? find("approve for signers", "", "kubernetes.io/*"),
  ];
  if (uses.includes(undefined)) return;
  for (const subject of facts.index.subjects)
    if (subject.kind !== "ServiceAccount" && subject.name !== masters.name) yield* once(uses, subject);
}
