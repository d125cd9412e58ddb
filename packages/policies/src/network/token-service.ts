import type { Environment } from "@plinth/core";
import { isIpv6, publicAddresses } from "./address-blocks.ts";
import { type BlockPeer, block, blocksOf } from "./peer.ts";
import { allow, type Rule, tcp } from "./rule.ts";

/**
 * The EKS Pod Identity Agent on the node of each pod.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
const podIdentityAgent: Readonly<Record<"ipv4" | "ipv6", string>> = {
  ipv4: "169.254.170.23/32",
  ipv6: "fd00:ec2::23/128",
};

/** Egress of a pod that takes a cloud role: to where its token is changed for credentials. */
export function tokenServiceRules({ cluster, network }: Environment): readonly Rule[] {
  switch (cluster.workloadIdentity) {
    case "irsa":
      return allow(network.tokenService.length > 0 ? blocksOf(network.tokenService) : [publicBlock({ network })], [
        tcp(443),
      ]);
    case "pod-identity":
      return allow([block(podIdentityAgent[isIpv6(network.services) ? "ipv6" : "ipv4"])], [tcp(80)]);
  }
}

/** Every public address of the environment's family. */
export function publicBlock(environment: Pick<Environment, "network">): BlockPeer {
  const { cidr, except } = publicAddresses(environment);
  return block(cidr, { except });
}
