import { cidrContains, isLabelKey, isLabelValue } from "@plinth/core";
import { isMetadataService, metadataServicesIn } from "./address-blocks.ts";

/** Pods of one namespace that carry all of these labels. */
export interface PodsPeer {
  readonly kind: "pods";
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Every pod of some namespaces. */
export interface NamespacesPeer {
  readonly kind: "namespaces";
  readonly names: readonly [string, ...string[]];
}

/** Addresses outside the cluster, less some of them. */
export interface BlockPeer {
  readonly kind: "block";
  readonly cidr: string;
  readonly except: readonly string[];
}

/** The other end of a connection: one kind of value, so that a namespace and the labels of its pods are never two alternatives by mistake. */
export type Peer = PodsPeer | NamespacesPeer | BlockPeer;

/**
 * Pods of one namespace, by their labels. Throws a RangeError when there are no labels: a selector of nothing would be every pod.
 *
 * @example
 * podsIn("team-backend", { "app.kubernetes.io/name": "checkout" });
 */
export function podsIn(namespace: string, labels: Readonly<Record<string, string>>): PodsPeer {
  const entries = Object.entries(labels);
  if (entries.length === 0 || !entries.every(([key, value]) => isLabelKey(key) && isLabelValue(value))) {
    throw new RangeError(
      `${JSON.stringify(labels)} selects no pods of ${namespace}: a peer needs at least one label, each with a valid key and value`,
    );
  }
  return { kind: "pods", namespace, labels };
}

/**
 * Every pod of some namespaces, by their names: the label that the API server gives to each and nobody can take. No peer for no namespaces.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
 *
 * @example
 * everyPodIn(["team-backend", "team-frontend"]);
 */
export function everyPodIn(names: readonly string[]): readonly NamespacesPeer[] {
  const [first, ...more] = [...new Set(names)].sort();
  return first === undefined ? [] : [{ kind: "namespaces", names: [first, ...more] }];
}

/**
 * Addresses outside the cluster. The metadata service of the cloud is always taken out. Throws a RangeError for a block of nothing else, and for an
 * exception that does not lie inside the block.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 *
 * @example
 * block("203.0.113.0/24");
 * block("0.0.0.0/0", { except: ["10.0.0.0/8"] }); // and except 169.254.169.254/32
 */
export function block(cidr: string, { except = [] }: { readonly except?: readonly string[] } = {}): BlockPeer {
  if (isMetadataService(cidr))
    throw new RangeError(`${cidr} is the metadata service of the cloud, which no pod may reach`);
  const outside = except.find((part) => !cidrContains(cidr, part) || cidrContains(part, cidr));
  if (outside !== undefined) throw new RangeError(`${outside} is no part of ${cidr}: it cannot be an exception of it`);
  const metadata = metadataServicesIn(cidr).filter((service) => !except.some((part) => cidrContains(part, service)));
  return { kind: "block", cidr, except: [...except, ...metadata].sort() };
}

/** The blocks of CIDRs, without those that are a metadata service and nothing else: `networkFindings` reports them. */
export function blocksOf(cidrs: readonly string[]): readonly BlockPeer[] {
  return cidrs.filter((cidr) => !isMetadataService(cidr)).map((cidr) => block(cidr));
}
