import { describeResource, groupOf, type Resource } from "@plinth/core";
import { type INetworkPolicy, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { TransportProtocol } from "../network/rule.ts";
import type { LabelSelector } from "./label-selector.ts";

/** A NetworkPolicy with everything said that its author may leave out. */
export interface ReadPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly podSelector: LabelSelector;
  /** Left out when the policy does not judge incoming connections. */
  readonly ingress?: readonly ReadRule[];
  /** Left out when the policy does not judge outgoing connections. */
  readonly egress?: readonly ReadRule[];
}

export interface ReadRule {
  readonly peers: readonly ReadPeer[] | "anyone";
  readonly ports: readonly ReadPort[] | "every";
}

export type ReadPeer =
  | {
      readonly kind: "pods" /** The policy's own namespace when left out. */;
      readonly namespaceSelector?: LabelSelector;
      readonly podSelector: LabelSelector;
    }
  | { readonly kind: "block"; readonly cidr: string; readonly except: readonly string[] };

export interface ReadPort {
  readonly protocol: TransportProtocol;
  /** A number, or the name of a container port; every port of the protocol when left out. */
  readonly port?: number | string;
  readonly endPort?: number;
}

/**
 * The NetworkPolicies among resources. Throws a RangeError that names the object for one that its schema refuses.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readNetworkPolicies(resources: readonly Resource[]): readonly ReadPolicy[] {
  return resources
    .filter((resource) => resource.kind === "NetworkPolicy" && groupOf(resource) === "networking.k8s.io")
    .map(readNetworkPolicy);
}

// A resource is not changed once it is built: what is read of it is kept as long as it is.
const knownPolicies = new WeakMap<Resource, ReadPolicy>();

function readNetworkPolicy(resource: Resource): ReadPolicy {
  const policy = knownPolicies.get(resource) ?? parseNetworkPolicy(resource);
  knownPolicies.set(resource, policy);
  return policy;
}

function parseNetworkPolicy(resource: Resource): ReadPolicy {
  const { spec = {} } = checked(resource);
  const { ingress = [], egress = [] } = spec;
  // Without types every policy judges what comes in, and one with rules for it what goes out.
  const types = spec.policyTypes ?? ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
  return {
    namespace: resource.metadata.namespace ?? "default",
    name: resource.metadata.name,
    podSelector: spec.podSelector ?? {},
    ...(types.includes("Ingress") ? { ingress: ingress.map(({ from, ports }) => readRule(from, ports)) } : {}),
    ...(types.includes("Egress") ? { egress: egress.map(({ to, ports }) => readRule(to, ports)) } : {}),
  };
}

type ModelSpec = NonNullable<INetworkPolicy["spec"]>;
type ModelIngress = NonNullable<ModelSpec["ingress"]>[number];
type ModelPeer = NonNullable<ModelIngress["from"]>[number];
type ModelPort = NonNullable<ModelIngress["ports"]>[number];

function checked(resource: Resource): INetworkPolicy {
  // A null says no more than a field that was left out, to the schema and to the API server.
  const policy: unknown = holdsNull(resource)
    ? JSON.parse(JSON.stringify(resource), (_, value: unknown) => value ?? undefined)
    : resource;
  if (!NetworkPolicy.is(policy))
    throw new RangeError(`${describeResource(resource)} is no NetworkPolicy of networking.k8s.io/v1`);
  try {
    new NetworkPolicy(policy).validate();
  } catch (error) {
    throw new RangeError(
      `${describeResource(resource)} is no valid NetworkPolicy: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  return policy;
}

function holdsNull(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.values(value).some(holdsNull));
}

// An empty list is a list that was left out: everybody, and every port.
function readRule(peers: readonly ModelPeer[] | undefined, ports: readonly ModelPort[] | undefined): ReadRule {
  return {
    peers: peers === undefined || peers.length === 0 ? "anyone" : peers.map(readPeer),
    ports: ports === undefined || ports.length === 0 ? "every" : ports.map(readPort),
  };
}

function readPeer({ ipBlock, namespaceSelector, podSelector }: ModelPeer): ReadPeer {
  if (ipBlock !== undefined) return { kind: "block", cidr: ipBlock.cidr, except: ipBlock.except ?? [] };
  return {
    kind: "pods",
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
    podSelector: podSelector ?? {},
  };
}

function readPort({ protocol = "TCP", port, endPort }: ModelPort): ReadPort {
  return { protocol, ...(port === undefined ? {} : { port }), ...(endPort === undefined ? {} : { endPort }) };
}
