import type { Environment, NetworkPlugin } from "@plinth/core";
import { printAddress, rangeOf } from "../reachability/address-range.ts";
import { hostBlock } from "./address-blocks.ts";
import { block, blocksOf } from "./peer.ts";
import { allow, type Rule, tcp } from "./rule.ts";

// 443 where the provider runs the control plane, 6443 where kubeadm does: the address is that of an endpoint, not of the Service.
const endpointPorts: readonly number[] = [443, 6443];

/**
 * Who judges a connection before its Service address is turned into that of an endpoint: the rule has to name the Service's address, too.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/issues/5621
 */
const judgesServiceAddresses: Readonly<Record<NetworkPlugin, boolean>> = {
  "vpc-cni": true,
  "vpc-cni-strict": true,
  cilium: false,
  calico: false,
};

/** Egress to the API server: its endpoints, and where the CNI looks first, the address of the Service `kubernetes`. */
export function apiServerRules({ network }: Environment): readonly Rule[] {
  return [
    ...allow(blocksOf(network.apiServer), endpointPorts.map(tcp)),
    ...(judgesServiceAddresses[network.cni] ? allow([block(hostBlock(kubernetesService(network)))], [tcp(443)]) : []),
  ];
}

/**
 * The address of the Service `kubernetes` in `default`: the API server gives it the first one of the block.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
export function kubernetesService({ services }: Environment["network"]): string {
  const { family, first } = rangeOf(services);
  return printAddress(family, first + 1n);
}
