import { fieldAt, isRecord, listAt, type Resource, textAt, textMapAt, textsAt } from "@plinth/core";
import { type Cluster, type ClusterNamespace, isolationOf, type Workload } from "@plinth/policies/reachability";
import type { Tree, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import { namespaceLabels } from "../namespaces.ts";

export const networkPolicyKind = "networking.k8s.io/NetworkPolicy";

/** The policies of one side. */
export interface TreePolicies {
  readonly valid: readonly TreeObject[];
  /** What the API server would say, by identity. */
  readonly invalid: ReadonlyMap<string, string>;
  /** Identities of those for a namespace that the environment does not have, though it has others: they select nothing. */
  readonly stray: ReadonlySet<string>;
}

/** The same pods on both sides where nothing says that they come or go, so that what differs is what policies say. */
export interface SharedNetwork {
  /** With the namespaces' labels of each side. */
  readonly before: Cluster;
  readonly after: Cluster;
  /** True for a workload, `namespace/name`, that is on one side only: nothing of the other side speaks for it. */
  readonly isNew: (workload: string) => boolean;
  readonly isGone: (workload: string) => boolean;
}

/** The pods of a namespace that no policy tells apart. */
export const otherPods = "(any other pod)";

/** The NetworkPolicies of an environment; those that no API server takes are told apart from the others. */
export function policiesOf(tree: Tree, environment: string): TreePolicies {
  const invalid = new Map<string, string>();
  const stray = new Set<string>();
  const namespaces = namespaceLabels(tree, environment);
  const valid = tree.objectsIn(environment, networkPolicyKind).filter(({ identity, resource }) => {
    const problem = known.get(resource) ?? problemOf(resource);
    known.set(resource, problem);
    if (problem !== "") invalid.set(identity, problem);
    const { namespace = "default" } = resource.metadata;
    // The cluster's own namespaces are nobody's to render.
    if (namespaces.size > 0 && !namespaces.has(namespace) && !/^(?:kube-.*|default)$/.test(namespace))
      stray.add(identity);
    return problem === "" && !stray.has(identity);
  });
  return { valid, invalid, stray };
}

// What both environments and both sides share is checked once.
const known = new WeakMap<Resource, string>();

function problemOf(resource: Resource): string {
  try {
    isolationOf({ namespaces: [], workloads: [] }, [resource]);
    return "";
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/**
 * What runs in an environment, as far as its policies say so: the pods that they select or name as peers, the pods of services, and in each namespace those
 * that no policy tells apart. A tree has no pods: it is what both sides know of, together.
 */
export function sharedNetwork(
  { before, after }: TreeComparison,
  environment: string,
  policies: { readonly before: TreePolicies; readonly after: TreePolicies },
): SharedNetwork {
  const sides = [
    { tree: before, own: readPods(policies.before.valid) },
    { tree: after, own: readPods(policies.after.valid) },
  ] as const;
  const [was, is] = sides;
  const namespacesBefore = namespacesOf(before, environment, was.own);
  const namespacesAfter = namespacesOf(after, environment, is.own);
  const workloads = new Map<string, Workload>();
  for (const { own } of sides)
    for (const [key, workload] of [...own.selected, ...own.peers]) workloads.set(key, workload);
  // Of a namespace without any policy nothing is said: whatever runs there is as open as before.
  for (const namespace of new Set(sides.flatMap(({ own }) => [...own.selected.values()].map((pods) => pods.namespace))))
    workloads.set(`${namespace}/`, { namespace, name: otherPods, labels: {}, ports: [] });
  const named = uniquelyNamed([...workloads.values()]);
  const accounts = {
    before: lazily(() => accountsOf(before, environment)),
    after: lazily(() => accountsOf(after, environment)),
  };
  const own = { before: was.own, after: is.own };
  const namespaces = { before: namespacesBefore, after: namespacesAfter };
  /** True where the pods are on the other side only. Who is in doubt is there: that nothing isolates pods any more must not be taken for their end. */
  const lacks = (workload: Workload, here: Side, there: Side): boolean => {
    const { namespace, labels } = workload;
    if (namespaces[here].has(namespace) !== namespaces[there].has(namespace)) return namespaces[there].has(namespace);
    if (Object.keys(labels).length === 0) return false;
    const key = labelKey(namespace, labels);
    if (!own[there].selected.has(key) || own[here].selected.has(key)) return false;
    const account = `${namespace}/${labels["app.kubernetes.io/name"] ?? ""}`;
    if (accounts[here]().has(account)) return false;
    if (accounts[there]().has(account)) return true;
    return !own[here].peers.has(key) && own[here].selected.has(`${namespace}/`);
  };
  const missing = (here: Side, there: Side): ReadonlySet<string> =>
    new Set(
      named.filter((workload) => lacks(workload, here, there)).map(({ namespace, name }) => `${namespace}/${name}`),
    );
  const fresh = missing("before", "after");
  const gone = missing("after", "before");
  const clusterOf = (labelled: Labelled, others: Labelled, absent: ReadonlySet<string>): Cluster => ({
    namespaces: [...new Map([...others, ...labelled])].map(([name, labels]): ClusterNamespace => ({ name, labels })),
    workloads: named.filter(({ namespace, name }) => !absent.has(`${namespace}/${name}`)),
  });
  return {
    before: clusterOf(namespacesBefore, namespacesAfter, fresh),
    after: clusterOf(namespacesAfter, namespacesBefore, gone),
    isNew: (workload) => fresh.has(workload),
    isGone: (workload) => gone.has(workload),
  };
}

type Side = "before" | "after";

type Labelled = ReadonlyMap<string, Readonly<Record<string, string>>>;

function namespacesOf(tree: Tree, environment: string, { selected }: Pods): Labelled {
  const labelled = new Map(namespaceLabels(tree, environment));
  for (const { namespace } of selected.values())
    if (!labelled.has(namespace)) labelled.set(namespace, { "kubernetes.io/metadata.name": namespace });
  return labelled;
}

/** Pods by namespace and labels: those that policies are about, and those that they name. */
interface Pods {
  readonly selected: ReadonlyMap<string, Workload>;
  readonly peers: ReadonlyMap<string, Workload>;
}

function readPods(policies: readonly TreeObject[]): Pods {
  const selected = new Map<string, Workload>();
  const peers = new Map<string, Workload>();
  const add = (pods: Map<string, Workload>, namespace: string, selector: unknown): void => {
    for (const labels of labelsOf(selector)) {
      const key = labelKey(namespace, labels);
      // Every pod of a namespace is there already.
      if (!pods.has(key)) pods.set(key, { namespace, name: nameOf(labels), labels, ports: [] });
    }
  };
  for (const { resource } of policies) {
    const { spec } = resource;
    const { namespace = "default" } = resource.metadata;
    const own = labelsOf(fieldAt(spec, "podSelector"));
    if (own.length === 0) selected.set(`${namespace}/`, { namespace, name: otherPods, labels: {}, ports: [] });
    else add(selected, namespace, fieldAt(spec, "podSelector"));
    for (const [direction, side] of [
      ["ingress", "from"],
      ["egress", "to"],
    ] as const) {
      for (const rule of listAt(spec, direction)) {
        for (const peer of listAt(rule, side)) {
          const pods = fieldAt(peer, "podSelector");
          if (!isRecord(pods)) continue;
          for (const place of peerNamespaces(fieldAt(peer, "namespaceSelector"), namespace)) add(peers, place, pods);
        }
      }
    }
  }
  return { selected, peers };
}

/** The namespaces that a peer names; none where it takes them by other labels than their names. */
function peerNamespaces(selector: unknown, own: string): readonly string[] {
  if (!isRecord(selector)) return [own];
  const name = textMapAt(selector, "matchLabels")[namespaceLabel];
  if (name !== undefined) return [name];
  return listAt(selector, "matchExpressions").flatMap((requirement) =>
    textAt(requirement, "key") === namespaceLabel && textAt(requirement, "operator") === "In"
      ? textsAt(requirement, "values")
      : [],
  );
}

const namespaceLabel = "kubernetes.io/metadata.name";

/** Labels that fulfil a selector, one set for each value of an `In`; none for a selector of everything. */
function labelsOf(selector: unknown): readonly Readonly<Record<string, string>>[] {
  const labels = textMapAt(selector, "matchLabels");
  const sets = listAt(selector, "matchExpressions").reduce<readonly Readonly<Record<string, string>>[]>(
    (found, requirement) => {
      const key = textAt(requirement, "key");
      const operator = textAt(requirement, "operator");
      if (operator === "In")
        return textsAt(requirement, "values").flatMap((value) => found.map((set) => ({ ...set, [key]: value })));
      return operator === "Exists" ? found.map((set) => ({ [key]: "any", ...set })) : found;
    },
    [labels],
  );
  return sets.filter((set) => Object.keys(set).length > 0);
}

function labelKey(namespace: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${namespace}/${sorted.map(([key, value]) => `${key}=${value}`).join(",")}`;
}

/** The name that pods have, or else what their labels say. */
function nameOf(labels: Readonly<Record<string, string>>): string {
  const { "app.kubernetes.io/name": name, ...others } = labels;
  const rest = Object.values(others);
  return name === undefined ? rest.join(" ") : [name, ...rest].join(" ");
}

/** Two sets of labels with the same values are two kinds of pods. */
function uniquelyNamed(workloads: readonly Workload[]): readonly Workload[] {
  const taken = new Map<string, number>();
  return workloads
    .map((workload) => ({ workload, key: labelKey(workload.namespace, workload.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ workload }) => {
      const name = `${workload.namespace}/${workload.name}`;
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return count === 1
        ? workload
        : { ...workload, name: `${workload.name} (${Object.keys(workload.labels).join(", ")})` };
    });
}

/** Services that run, by their ServiceAccounts: asked only where policies come or go. */
function accountsOf(tree: Tree, environment: string): ReadonlySet<string> {
  return new Set(
    tree
      .objectsIn(environment, "ServiceAccount")
      .map(({ resource: { metadata } }) => `${metadata.namespace ?? "default"}/${metadata.name}`),
  );
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
