import type { Network } from "@plinth/core";
import { hostBlock, metadataServices } from "../network/address-blocks.ts";
import { kubernetesService } from "../network/api-server.ts";
import { holdsRange, rangeOf, rangesOverlap } from "../reachability/address-range.ts";
import { intersectPorts } from "../reachability/port-set.ts";
import type { ReadPeer } from "../reachability/read-network-policy.ts";
import { rulePortsAt } from "../reachability/rule-ports.ts";
import type { LintHit, RunnableLint } from "./lint.ts";
import type { LintContext, LintedPolicy, LintedRule } from "./lint-context.ts";

const networkPolicies = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

type Block = Extract<ReadPeer, { kind: "block" }>;

interface LintedBlock {
  readonly policy: LintedPolicy;
  readonly rule: LintedRule;
  readonly path: string;
  readonly block: Block;
}

function blocksIn({ policies }: LintContext): readonly LintedBlock[] {
  return policies.flatMap((policy) =>
    policy.rules.flatMap((rule) =>
      rule.peers.flatMap(({ peer, path }) => (peer.kind === "block" ? [{ policy, rule, path, block: peer }] : [])),
    ),
  );
}

const at = ({ policy, path }: LintedBlock): Pick<LintHit, "resource" | "path"> => ({
  resource: policy.described,
  path: `${path}.ipBlock`,
});

function cidrContains(outer: string, inner: string): boolean {
  return holdsRange(rangeOf(outer), rangeOf(inner));
}

function cidrsOverlap(a: string, b: string): boolean {
  return rangesOverlap(rangeOf(a), rangeOf(b));
}

/** True when a block holds another and does not take it out again. */
function reaches({ cidr, except }: Block, inner: string): boolean {
  return cidrsOverlap(cidr, inner) && !except.some((hole) => cidrContains(hole, inner));
}

/** Lints about blocks of addresses. */
export const blockLints: readonly RunnableLint[] = [
  {
    name: "reaches-metadata-service",
    code: "conflicting-fields",
    severity: "error",
    what: "egress to a block that holds the cloud's metadata service",
    why: "a pod that asks it gets the credentials of its node",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    find: (context) =>
      blocksIn(context)
        .filter(({ rule }) => rule.direction === "egress")
        .flatMap((linted) =>
          metadataServices
            .filter((service) => reaches(linted.block, service))
            .map((service) => ({
              ...at(linted),
              message: `${linted.block.cidr} reaches ${service}, the metadata service of the cloud`,
              expected: `${service} among the exceptions, or a block without it`,
            })),
        ),
  },
  {
    name: "block-of-services",
    code: "without-effect",
    severity: "warning",
    what: "a block inside the addresses of Services",
    why: "the address of a Service is replaced by that of a pod before a policy judges, so the rule matches nothing",
    source: `${networkPolicies}#behavior-of-ipblock-selectors`,
    find: (context) => {
      const { network } = context.facts;
      const known = judgedServiceAddresses(network);
      return blocksIn(context)
        .filter(({ block }) => cidrContains(network.services, block.cidr) && !known.includes(block.cidr))
        .map((linted) => ({
          ...at(linted),
          message: `${linted.block.cidr} lies inside the Services of this cluster, ${network.services}`,
          expected: "pods by their labels, or addresses outside the cluster",
        }));
    },
  },
  {
    name: "block-of-pods",
    code: "without-effect",
    severity: "warning",
    what: "a block inside the addresses of pods",
    why: "a block is meant for addresses outside the cluster; pods change theirs, and most CNIs never match one by it",
    source: `${networkPolicies}#behavior-of-ipblock-selectors`,
    find: (context) => {
      const { pods, vpc, nodes } = context.facts.network;
      // Where pods share the network of everything else, as they do on EKS, an address does not say what it belongs to.
      const ofPods = pods.filter((block) => ![...vpc, ...nodes].some((shared) => cidrContains(block, shared)));
      return blocksIn(context).flatMap((linted) =>
        ofPods
          .filter((block) => cidrContains(block, linted.block.cidr))
          .map((block) => ({
            ...at(linted),
            message: `${linted.block.cidr} lies inside the pods of this cluster, ${block}`,
            expected: "pods by their labels, or addresses outside the cluster",
          })),
      );
    },
  },
  {
    name: "exception-is-covered",
    code: "without-effect",
    severity: "warning",
    what: "an exception of a block that another rule for the same pods allows whole",
    why: "rules add up: what one takes out, another lets in again",
    source: networkPolicies,
    find: (context) => {
      const blocks = blocksIn(context);
      return blocks.flatMap((linted) =>
        linted.block.except.flatMap((hole) => {
          const other = blocks.find((candidate) => candidate !== linted && covers(candidate, linted, hole));
          if (other === undefined) return [];
          return [
            {
              ...at(linted),
              message: `${hole} is taken out of ${linted.block.cidr}, and ${other.policy.read.name} ${other.path} allows it as part of ${other.block.cidr}`,
              expected: "the same exception there, or none here",
            },
          ];
        }),
      );
    },
  },
  {
    name: "mixed-address-families",
    code: "without-effect",
    severity: "warning",
    what: "a block of another address family than the cluster's",
    why: "a cluster of EKS has addresses of one family; a rule for the other matches nothing",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html",
    find: (context) => {
      const { network } = context.facts;
      if (!usesVpcCni(network)) return [];
      const family = familyOf(network.services);
      return blocksIn(context)
        .filter(({ block }) => familyOf(block.cidr) !== family)
        .map((linted) => ({
          ...at(linted),
          message: `${linted.block.cidr} is ${familyOf(linted.block.cidr)}, and this cluster ${family}`,
          expected: `a block of ${family}`,
        }));
    },
  },
];

/** True where the VPC CNI of EKS enforces policies. */
export function usesVpcCni({ cni }: Network): boolean {
  return cni === "vpc-cni" || cni === "vpc-cni-strict";
}

function familyOf(cidr: string): "IPv4" | "IPv6" {
  return cidr.includes(":") ? "IPv6" : "IPv4";
}

/** Service addresses that are judged as such: of what listens there on the node itself, and on EKS that of the API server. */
function judgedServiceAddresses(network: Network): readonly string[] {
  return [
    ...(network.nodeLocalDns === undefined ? [] : [network.clusterDns]),
    ...(usesVpcCni(network) ? [network.clusterDns, kubernetesService(network)] : []),
  ].map(hostBlock);
}

function covers(candidate: LintedBlock, linted: LintedBlock, hole: string): boolean {
  return (
    candidate.rule.direction === linted.rule.direction &&
    cidrContains(candidate.block.cidr, hole) &&
    reachesWhole(candidate.block, hole) &&
    intersectPorts(rulePortsAt(candidate.rule.rule.ports)(undefined), rulePortsAt(linted.rule.rule.ports)(undefined))
      .length > 0 &&
    candidate.policy.selected.some((workload) => linted.policy.selected.includes(workload))
  );
}

function reachesWhole({ except }: Block, inner: string): boolean {
  return !except.some((hole) => cidrsOverlap(hole, inner));
}
