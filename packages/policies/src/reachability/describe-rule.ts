import type { LabelSelector } from "./label-selector.ts";
import type { ReadPeer, ReadPort, ReadRule } from "./read-network-policy.ts";

/** A peer as a person reads it: `team-backend app=checkout`, `10.0.0.0/8 without 10.1.0.0/16`. A peer without a namespace is of the policy's own. */
export function describePeer(peer: ReadPeer, ownNamespace: string): string {
  if (peer.kind === "block")
    return peer.except.length === 0 ? peer.cidr : `${peer.cidr} without ${peer.except.join(", ")}`;
  const namespace = peer.namespaceSelector === undefined ? ownNamespace : describeNamespaces(peer.namespaceSelector);
  const pods = describeSelector(peer.podSelector);
  return `${namespace} ${pods === "" ? "(every pod)" : pods}`;
}

/** Ports of a rule as a person reads them: `TCP 80, UDP 53`, `every port`. */
export function describePorts(ports: ReadRule["ports"]): string {
  return ports === "every" ? "every port" : ports.map(describePort).join(", ");
}

/** A selector as `kubectl get --selector` takes it; an empty one is an empty text. */
export function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => describeRequirement(key, operator, values)),
  ].join(",");
}

function describeRequirement(key: string, operator: string, values: readonly string[]): string {
  if (operator === "Exists") return key;
  if (operator === "DoesNotExist") return `!${key}`;
  return `${key} ${operator.toLowerCase()} (${values.join(",")})`;
}

function describeNamespaces(selector: LabelSelector): string {
  const { "kubernetes.io/metadata.name": name, ...others } = selector.matchLabels ?? {};
  const rest = describeSelector({ ...selector, matchLabels: others });
  if (rest === "") return name ?? "every namespace";
  return `namespaces ${describeSelector(selector)}:`;
}

function describePort({ protocol, port, endPort }: ReadPort): string {
  if (port === undefined) return `every ${protocol} port`;
  return `${protocol} ${endPort === undefined || endPort === port ? port : `${port}-${endPort}`}`;
}
