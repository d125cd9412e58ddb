import { z } from "zod";
import { cidrField, ipField } from "./field.ts";

/** The cluster's network, as far as rules about it need to know. */
export interface Network {
  /** Blocks that nodes, and on EKS pods, take their addresses from. */
  readonly vpc: readonly string[];
  /** Blocks that nodes take their addresses from; those of `vpc` unless said otherwise. */
  readonly nodes: readonly string[];
  /** Blocks that pods take their addresses from; those of `vpc` unless said otherwise. */
  readonly pods: readonly string[];
  /** Block of the Service addresses. */
  readonly services: string;
  /** Address of the DNS Service; lies in `services`. */
  readonly clusterDns: string;
  /** Address at which NodeLocal DNSCache listens on each node, when it is installed. */
  readonly nodeLocalDns?: string;
  /** Where the API server answers: the private endpoints. */
  readonly apiServer: readonly string[];
  /** Where the cloud's token service answers inside the network; any public address on 443 when empty. */
  readonly tokenService: readonly string[];
  /** Who enforces network policies. */
  readonly cni: NetworkPlugin;
  readonly mesh: Mesh;
  /** Policies beside NetworkPolicy that are rendered too. */
  readonly additionalPolicies: readonly AdditionalPolicy[];
}

/**
 * `vpc-cni` allows everything until a pod's policies have reached its node; `vpc-cni-strict` refuses everything until then.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 */
export type NetworkPlugin = "vpc-cni" | "vpc-cni-strict" | "cilium" | "calico";

/** Istio's two ways to carry traffic, or no mesh. */
export type Mesh = "none" | "istio-sidecar" | "istio-ambient";

/** `cilium`: CiliumNetworkPolicies that know external hosts by name. `cluster-network-policy`: a tier of the platform's own above every namespace. */
export type AdditionalPolicy = "cilium" | "cluster-network-policy";

export interface NetworkInput {
  /** Blocks that nodes, and on EKS pods, take their addresses from. Disjoint from those of other environments. */
  vpc: string[];
  /** Blocks of the nodes. @default those of `vpc` */
  nodes?: string[];
  /** Blocks of the pods. @default those of `vpc` */
  pods?: string[];
  /** Block of the Service addresses. Disjoint from `vpc`. */
  services: string;
  /** Address of the DNS Service; lies in `services`. */
  clusterDns: string;
  /** Address at which NodeLocal DNSCache listens on each node. @default not installed */
  nodeLocalDns?: string;
  /** Where the API server answers: the private endpoints. */
  apiServer: string[];
  /** Blocks of the cloud's token service inside the network: the interface endpoint of STS. @default any public address on 443 */
  tokenService?: string[];
  /** Who enforces network policies. @default "vpc-cni" */
  cni?: NetworkPlugin;
  /** @default "none" */
  mesh?: Mesh;
  /** Policies beside NetworkPolicy that are rendered too. @default none */
  additionalPolicies?: AdditionalPolicy[];
}

export const networkSchema: z.ZodType<Network, NetworkInput> = z
  .strictObject({
    vpc: z.array(cidrField).min(1),
    nodes: z.array(cidrField).min(1).optional(),
    pods: z.array(cidrField).min(1).optional(),
    services: cidrField,
    clusterDns: ipField,
    nodeLocalDns: ipField.optional(),
    apiServer: z.array(cidrField).min(1),
    tokenService: z.array(cidrField).default([]),
    cni: z.enum(["vpc-cni", "vpc-cni-strict", "cilium", "calico"]).default("vpc-cni"),
    mesh: z.enum(["none", "istio-sidecar", "istio-ambient"]).default("none"),
    additionalPolicies: z.array(z.enum(["cilium", "cluster-network-policy"])).default([]),
  })
  .meta({
    expected: "the cluster's network",
    example:
      '{ vpc: ["10.30.0.0/16"], services: "172.20.0.0/16", clusterDns: "172.20.0.10", apiServer: ["10.30.0.0/24"] }',
  })
  .transform(
    (network): Network => ({ ...network, nodes: network.nodes ?? network.vpc, pods: network.pods ?? network.vpc }),
  );
