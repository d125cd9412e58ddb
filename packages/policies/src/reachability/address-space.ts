import {
  type AddressFamily,
  type AddressRange,
  cutRanges,
  everyAddress,
  holdsRange,
  rangeOf,
} from "./address-range.ts";
import type { ReadPolicy } from "./read-network-policy.ts";

/** Addresses outside the cluster, cut where a block of any policy begins or ends: within a piece all addresses are treated alike. */
export interface AddressSpace {
  /** Sorted, IPv4 before IPv6. */
  readonly pieces: readonly AddressRange[];
  /** Indices of the pieces that a block holds. */
  piecesOf(cidr: string, except: readonly string[]): readonly number[];
}

/** The address space as policies cut it. IPv6 is part of it when a policy names an IPv6 block. */
export function addressSpaceOf(policies: readonly ReadPolicy[]): AddressSpace {
  const cuts = [...new Set(policies.flatMap(cidrsOf))].map(rangeOf);
  const families: readonly AddressFamily[] = cuts.some(({ family }) => family === "ipv6") ? ["ipv4", "ipv6"] : ["ipv4"];
  const pieces = cutRanges(families.map(everyAddress), cuts);
  // The same blocks stand in many policies.
  const known = new Map<string, readonly number[]>();
  return {
    pieces,
    piecesOf: (cidr, except) => {
      const key = [cidr, ...except].join(" ");
      const found = known.get(key) ?? piecesIn(pieces, cidr, except);
      known.set(key, found);
      return found;
    },
  };
}

function piecesIn(pieces: readonly AddressRange[], cidr: string, except: readonly string[]): readonly number[] {
  const block = rangeOf(cidr);
  const holes = except.map(rangeOf);
  return pieces.flatMap((piece, index) =>
    holdsRange(block, piece) && !holes.some((hole) => holdsRange(hole, piece)) ? [index] : [],
  );
}

function cidrsOf({ ingress = [], egress = [] }: ReadPolicy): readonly string[] {
  return [...ingress, ...egress].flatMap(({ peers }) =>
    peers === "anyone" ? [] : peers.flatMap((peer) => (peer.kind === "block" ? [peer.cidr, ...peer.except] : [])),
  );
}
