import { cidrContains, cidrsOverlap, type Environment } from "@plinth/core";

/**
 * Where clouds answer for the machine that a pod runs on: credentials of the node, its user data. No pod needs it, every stolen one asks it first.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export const metadataServices: readonly string[] = ["169.254.169.254/32", "fd00:ec2::254/128"];

type Family = "ipv4" | "ipv6";

/** Every address of a family, and the blocks of it that are not public: IANA's special-purpose registries (RFC 6890) as far as they are routed. */
const families: Readonly<Record<Family, { readonly everything: string; readonly notPublic: readonly string[] }>> = {
  ipv4: {
    everything: "0.0.0.0/0",
    notPublic: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
  },
  ipv6: { everything: "::/0", notPublic: ["fc00::/7", "fe80::/10"] },
};

/** Every address of the environment's family, and what of it is not public there: the private ranges, and the cluster's own blocks where those are outside of them. */
export function publicAddresses({ network }: Pick<Environment, "network">): {
  readonly cidr: string;
  readonly except: readonly string[];
} {
  const { everything, notPublic } = families[familyOf(network.services)];
  const own = [...network.vpc, network.services].filter(
    (cidr) => familyOf(cidr) === familyOf(everything) && !notPublic.some((block) => cidrContains(block, cidr)),
  );
  return { cidr: everything, except: [...notPublic, ...own].sort() };
}

/** One address as a block. */
export function hostBlock(address: string): string {
  return `${address}/${familyOf(address) === "ipv6" ? 128 : 32}`;
}

/** The metadata services that lie in a block, and so have to be taken out of it. */
export function metadataServicesIn(cidr: string): readonly string[] {
  return metadataServices.filter((service) => cidrsOverlap(cidr, service));
}

/** True when a block holds nothing but a metadata service. */
export function isMetadataService(cidr: string): boolean {
  return metadataServices.some((service) => cidrContains(service, cidr));
}

/** True for an address or a block of IPv6. */
export function isIpv6(address: string): boolean {
  return address.includes(":");
}

function familyOf(address: string): Family {
  return isIpv6(address) ? "ipv6" : "ipv4";
}
