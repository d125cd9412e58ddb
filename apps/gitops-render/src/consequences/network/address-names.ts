import { fieldAt, listAt, type Resource, textAt, textsAt } from "@plinth/core";
import type { Connection } from "@plinth/policies/reachability";
import { type AddressBlock, areMostAddresses, blockBetween, blockOf, holds } from "./address-block.ts";
import { type OutsideGroup, podsKey } from "./connection-groups.ts";

/** What addresses outside the cluster are to pods. `platform`: what runs on each node, and name servers. */
export type OutsideSort = "anywhere" | "metadata" | "api-server" | "platform" | "outside";

/** Names for addresses outside, as the policies write them. */
export interface AddressNames {
  sortOf(group: OutsideGroup): OutsideSort;
  /** `10.30.64.0/24`, `anywhere outside`, `API server (10.30.0.0/24)`. */
  nameOf(group: OutsideGroup): string;
  /** The same groups, but of the API server one for each kind of pods: it is asked at its own addresses and at that of its Service. */
  joined(groups: readonly OutsideGroup[]): readonly OutsideGroup[];
}

/** The metadata services of AWS, of IPv4 and IPv6. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const metadata = ["169.254.169.254/32", "fd00:ec2::254/128"].map(blockOf);
/** Where pods of EKS ask for their cloud role. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const podIdentity = ["169.254.170.23/32", "fd00:ec2::23/128"].map(blockOf);
/** What a node answers itself: the cache of names, the agent of Pod Identity. */
const onNode = ["169.254.0.0/16", "fe80::/10", "fd00:ec2::/32"].map(blockOf);

/** Reads the blocks that policies name. */
export function addressNames(policies: readonly Resource[]): AddressNames {
  const { blocks, apiServers } = readBlocks(policies);
  const pieces = (group: OutsideGroup): readonly AddressBlock[] => group.connections.flatMap(outsideOf);
  const sortOf = (group: OutsideGroup): OutsideSort => {
    const addresses = pieces(group);
    if (areMostAddresses(addresses)) return "anywhere";
    if (addresses.some((piece) => metadata.some((block) => holds(piece, block))))
      return group.direction === "to" ? "metadata" : "outside";
    if (group.ports.split(", ").every((port) => port === "53" || port === "53/UDP")) return "platform";
    if (addresses.every((piece) => onNode.some((block) => holds(block, piece)))) return "platform";
    if (group.direction === "to" && addresses.every((piece) => apiServers.some((block) => holds(block, piece))))
      return "api-server";
    return "outside";
  };
  return {
    sortOf,
    nameOf: (group) => {
      const sort = sortOf(group);
      if (sort === "anywhere") return "anywhere outside";
      if (pieces(group).every((piece) => podIdentity.some((block) => holds(block, piece)))) return "EKS Pod Identity";
      const named = [...new Set(pieces(group).map((piece) => nameOfPiece(piece, blocks)))].sort();
      return sort === "api-server" ? `API server (${named.join(", ")})` : named.join(", ");
    },
    joined: (groups) =>
      [
        ...Map.groupBy(groups, (group) =>
          sortOf(group) === "api-server"
            ? podsKey(group.pods)
            : `${group.direction} ${podsKey(group.pods)} ${group.ports}`,
        ).values(),
      ].flatMap((members) => {
        const [first, ...others] = members;
        if (first === undefined) return [];
        return sortOf(first) === "api-server" && others.length > 0
          ? [{ ...first, connections: members.flatMap(({ connections }) => connections) }]
          : members;
      }),
  };
}

interface Block {
  readonly cidr: string;
  readonly block: AddressBlock;
}

function nameOfPiece(piece: AddressBlock, blocks: readonly Block[]): string {
  const same = blocks.find(({ block }) => holds(block, piece) && holds(piece, block));
  if (same !== undefined) return same.cidr;
  const around = blocks
    .filter(({ block }) => holds(block, piece))
    .sort((a, b) => (a.block.last - a.block.first < b.block.last - b.block.first ? -1 : 1))[0];
  return around === undefined ? "addresses outside" : `a part of ${around.cidr}`;
}

function outsideOf({ source, destination }: Connection): readonly AddressBlock[] {
  return [source, destination].flatMap((end) => (end.kind === "addresses" ? [blockBetween(end.first, end.last)] : []));
}

/** Blocks by their texts; those of the API server are told by their two ports: where the provider runs it, and where kubeadm does. */
function readBlocks(policies: readonly Resource[]): {
  readonly blocks: readonly Block[];
  readonly apiServers: readonly AddressBlock[];
} {
  const cidrs = new Set<string>();
  const apiServers = new Set<string>();
  for (const { spec } of policies) {
    const egress = listAt(spec, "egress").map((rule) => ({
      cidrs: listAt(rule, "to").flatMap((peer) => textAt(peer, "ipBlock", "cidr") || []),
      ports: listAt(rule, "ports").map((port) => fieldAt(port, "port")),
    }));
    const asked = egress.filter(({ ports }) => ports.includes(443) && ports.includes(6443) && ports.length === 2);
    for (const rule of asked) for (const cidr of rule.cidrs) if (!cidr.endsWith("/0")) apiServers.add(cidr);
    // Beside it, the address of the Service `kubernetes`.
    if (asked.length > 0)
      for (const { cidrs: own, ports } of egress)
        if (ports.length === 1 && ports[0] === 443 && own.length === 1)
          for (const cidr of own) if (/\.1\/32$|::1\/128$/.test(cidr)) apiServers.add(cidr);
    for (const rule of [...listAt(spec, "egress"), ...listAt(spec, "ingress")])
      for (const peer of [...listAt(rule, "to"), ...listAt(rule, "from")]) {
        const cidr = textAt(peer, "ipBlock", "cidr");
        if (cidr !== "") cidrs.add(cidr);
        for (const hole of textsAt(peer, "ipBlock", "except")) cidrs.add(hole);
      }
  }
  return {
    blocks: [...cidrs].map((cidr) => ({ cidr, block: blockOf(cidr) })),
    apiServers: [...apiServers].map(blockOf),
  };
}
