import type { Connection, Endpoint } from "@plinth/policies/reachability";
import { otherPods } from "./tree-network.ts";

/** Some pods: of one kind, all of a namespace, or all of the cluster. */
export type Pods =
  | { readonly kind: "workload"; readonly namespace: string; readonly name: string }
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "cluster" };

/** Connections between pods that are told in one line. */
export interface InsideGroup {
  readonly source: Pods;
  readonly destination: Pods;
  /** `8080`, `53/UDP`, `every port`. */
  readonly ports: string;
  readonly connections: readonly Connection[];
}

/** Connections of pods with addresses outside, on the same ports. */
export interface OutsideGroup {
  readonly direction: "to" | "from";
  readonly pods: Pods;
  readonly ports: string;
  readonly connections: readonly Connection[];
}

/** The namespaces of a cluster, each with the names of its workloads. */
export type WorkloadNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Connections between pods: by their ends, and all pods of a namespace as one where all of them are meant. */
export function insideGroups(connections: readonly Connection[], names: WorkloadNames): readonly InsideGroup[] {
  const pairs = Map.groupBy(connections, ({ source, destination }) => `${keyOf(source)} ${keyOf(destination)}`);
  const groups = [...pairs.values()].flatMap((members): InsideGroup[] => {
    const [first] = members;
    const source = podsOf(first?.source);
    const destination = podsOf(first?.destination);
    if (source === undefined || destination === undefined) return [];
    return [{ source, destination, ports: portsOf(members), connections: members }];
  });
  return foldEnd("destination", foldEnd("source", groups, names), names);
}

/** Connections with the outside: by pods, direction and ports. */
export function outsideGroups(connections: readonly Connection[], names: WorkloadNames): readonly OutsideGroup[] {
  const byPiece = Map.groupBy(connections, ({ source, destination }) => `${keyOf(source)} ${keyOf(destination)}`);
  const pieces = [...byPiece.values()].flatMap((members): (OutsideGroup & { readonly addresses: string })[] => {
    const [first] = members;
    if (first === undefined) return [];
    const direction = first.source.kind === "addresses" ? "from" : "to";
    const pods = podsOf(direction === "from" ? first.destination : first.source);
    const addresses = keyOf(direction === "from" ? first.source : first.destination);
    return pods === undefined ? [] : [{ direction, pods, ports: portsOf(members), connections: members, addresses }];
  });
  const groups = Map.groupBy(pieces, ({ direction, pods, ports }) => `${direction} ${podsKey(pods)} ${ports}`);
  const merged = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const addresses = members.map((member) => member.addresses).join();
    return [{ ...first, addresses, connections: members.flatMap((member) => member.connections) }];
  });
  return foldPods(
    merged,
    ({ pods }) => pods,
    ({ direction, ports, addresses }) => `${direction} ${ports} ${addresses}`,
    names,
    () => "",
  ).map(({ members, pods }) => {
    const { direction, ports } = members[0];
    return { direction, ports, pods, connections: members.flatMap(({ connections: own }) => own) };
  });
}

function foldEnd(
  end: "source" | "destination",
  groups: readonly InsideGroup[],
  names: WorkloadNames,
): readonly InsideGroup[] {
  const other = end === "source" ? "destination" : "source";
  const otherEnd = (group: InsideGroup): string => podsKey(group[other]);
  return foldPods(
    groups,
    (group) => group[end],
    (group) => `${otherEnd(group)} ${group.ports}`,
    names,
    otherEnd,
  ).map(({ members, pods }) => {
    const [first] = members;
    return { ...first, [end]: pods, connections: members.flatMap(({ connections }) => connections) };
  });
}

interface Folded<Group> {
  readonly members: readonly [Group, ...Group[]];
  readonly pods: Pods;
}

/** Groups that differ in their pods alone, as one where those are all pods of a namespace or of the cluster: a workload has nothing with itself. */
function foldPods<Group>(
  groups: readonly Group[],
  podsOfGroup: (group: Group) => Pods,
  rest: (group: Group) => string,
  names: WorkloadNames,
  otherEnd: (group: Group) => string,
): readonly Folded<Group>[] {
  return [...Map.groupBy(groups, rest).values()].flatMap((alike) => {
    const byNamespace = Map.groupBy(alike, (group) => {
      const pods = podsOfGroup(group);
      return pods.kind === "cluster" ? "" : pods.namespace;
    });
    const folded = [...byNamespace].flatMap(([namespace, members]): Folded<Group>[] => {
      const [first, ...others] = members;
      if (first === undefined) return [];
      const meant = new Set(members.map((group) => nameOf(podsOfGroup(group))));
      const all = names.get(namespace) ?? new Set<string>();
      const own = otherEnd(first);
      const isWhole =
        all.size > 1 &&
        meant.has(otherPods) &&
        [...all].every((name) => meant.has(name) || podsKey({ kind: "workload", namespace, name }) === own);
      if (isWhole) return [{ members: [first, ...others], pods: { kind: "namespace", namespace } }];
      return members.map((group) => ({ members: [group], pods: podsOfGroup(group) }));
    });
    const [first, ...others] = folded.flatMap(({ members }) => members);
    const whole = folded.filter(({ pods }) => pods.kind === "namespace");
    return first !== undefined && names.size > 1 && whole.length === names.size && folded.length === names.size
      ? [{ members: [first, ...others] as const, pods: { kind: "cluster" } as const }]
      : folded;
  });
}

function nameOf(pods: Pods): string {
  return pods.kind === "workload" ? pods.name : "";
}

function podsOf(end: Endpoint | undefined): Pods | undefined {
  return end?.kind === "workload" ? end : undefined;
}

/** Tells pods apart, and sorts them. */
export function podsKey(pods: Pods): string {
  if (pods.kind === "cluster") return "*";
  return pods.kind === "namespace" ? `${pods.namespace}/*` : `${pods.namespace}/${pods.name}`;
}

function keyOf(end: Endpoint): string {
  return end.kind === "workload" ? `${end.namespace}/${end.name}` : `${end.first}-${end.last}`;
}

function portsOf(connections: readonly Connection[]): string {
  const texts = connections.map(({ protocol, port, endPort }) => {
    if (port === 1 && endPort === 65_535) return `every ${protocol} port`;
    const range = port === endPort ? `${port}` : `${port}-${endPort}`;
    return protocol === "TCP" ? range : `${range}/${protocol}`;
  });
  return texts.length === 3 && texts.every((text) => text.startsWith("every ")) ? "every port" : texts.join(", ");
}
