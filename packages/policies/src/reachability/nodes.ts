import type { AddressSpace } from "./address-space.ts";
import type { Cluster, ClusterNamespace, Workload } from "./cluster.ts";
import { labelIndexOf } from "./label-index.ts";
import type { LabelSelector } from "./label-selector.ts";
import type { ReadPeer, ReadPolicy } from "./read-network-policy.ts";

/** Workloads and pieces of the address space by number: workloads first. */
export interface Nodes {
  readonly workloads: readonly Workload[];
  readonly count: number;
  /** The workloads that a policy is about. */
  selected(policy: Pick<ReadPolicy, "namespace" | "podSelector">): readonly number[];
  /** The nodes that a peer of a policy means. */
  peers(policy: Pick<ReadPolicy, "namespace">, peer: ReadPeer): readonly number[];
}

/** The nodes of a cluster whose outside is cut into pieces. */
export function nodesOf(cluster: Cluster, space: AddressSpace): Nodes {
  const { workloads } = cluster;
  const byNamespace = new Map(
    [...Map.groupBy(workloads.keys(), (number) => workloads[number]?.namespace ?? "")].map(([namespace, numbers]) => {
      const find = labelIndexOf(numbers.map((number) => workloads[number]?.labels ?? {}));
      return [namespace, (selector: LabelSelector) => find(selector).flatMap((position) => numbers[position] ?? [])];
    }),
  );
  const podsOf = (namespace: string, selector: LabelSelector): readonly number[] =>
    byNamespace.get(namespace)?.(selector) ?? [];
  const namespaces = namespacesOf(cluster);
  const findNamespaces = labelIndexOf(namespaces.map(({ labels }) => labels));
  return {
    workloads,
    count: workloads.length + space.pieces.length,
    selected: ({ namespace, podSelector }) => podsOf(namespace, podSelector),
    peers: (policy, peer) => {
      if (peer.kind === "block") return space.piecesOf(peer.cidr, peer.except).map((piece) => workloads.length + piece);
      const { namespaceSelector, podSelector } = peer;
      if (namespaceSelector === undefined) return podsOf(policy.namespace, podSelector);
      return findNamespaces(namespaceSelector).flatMap((position) =>
        podsOf(namespaces[position]?.name ?? "", podSelector),
      );
    },
  };
}

/** The namespaces of a cluster, those too that only its workloads name: such a one has the label that the API server gives to each. */
export function namespacesOf({ namespaces, workloads }: Cluster): readonly ClusterNamespace[] {
  const listed = new Map(
    workloads.map(({ namespace }): [string, ClusterNamespace] => [
      namespace,
      { name: namespace, labels: { "kubernetes.io/metadata.name": namespace } },
    ]),
  );
  for (const namespace of namespaces) listed.set(namespace.name, namespace);
  return [...listed.values()];
}
