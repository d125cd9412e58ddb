import { describeResource, type Finding, groupOf, type Network, type Resource } from "@plinth/core";
import { addressSpaceOf } from "../reachability/address-space.ts";
import type { Cluster, Workload } from "../reachability/cluster.ts";
import type { Connection } from "../reachability/connection.ts";
import { type ConnectionChanges, compareConnections } from "../reachability/connection-set.ts";
import { connections } from "../reachability/connections.ts";
import { nodesOf } from "../reachability/nodes.ts";
import {
  type ReadPeer,
  type ReadPolicy,
  type ReadRule,
  readNetworkPolicies,
} from "../reachability/read-network-policy.ts";
import { type LintedPods, type LintedService, readPods, readServices } from "./read-workloads.ts";

/** What is known of an environment beside its objects. */
export interface NetworkFacts {
  readonly network: Network;
  /** What may be open: `declaredConnections`. Without it nothing is said about what is open and undeclared. */
  readonly declared?: readonly Connection[];
  /** What the policies allow, where that is known already. @default `connections` of the cluster and the resources */
  readonly open?: readonly Connection[];
}

export interface LintedPolicy {
  readonly resource: Resource;
  readonly described: string;
  readonly read: ReadPolicy;
  readonly selected: readonly Workload[];
  readonly rules: readonly LintedRule[];
}

export interface LintedRule {
  readonly direction: "ingress" | "egress";
  /** `spec.ingress[0]`. */
  readonly path: string;
  readonly rule: ReadRule;
  readonly peers: readonly LintedPeer[];
}

export interface LintedPeer {
  /** `spec.ingress[0].from[1]`. */
  readonly path: string;
  readonly peer: ReadPeer;
  /** The workloads that it means; none for a block. */
  readonly workloads: readonly Workload[];
}

/** Everything that lints look at. */
export interface LintContext {
  readonly cluster: Cluster;
  /** The NetworkPolicies that their schema accepts. */
  readonly resources: readonly Resource[];
  readonly facts: NetworkFacts;
  readonly policies: readonly LintedPolicy[];
  readonly services: readonly LintedService[];
  readonly pods: readonly LintedPods[];
  /** What the policies open beside what is declared, and what they refuse of it; nothing when nothing is known of what may be open. */
  readonly differences: ConnectionChanges;
}

/** The context of resources, and findings about NetworkPolicies that are none: they are in no context. */
export function lintContext(
  cluster: Cluster,
  resources: readonly Resource[],
  facts: NetworkFacts,
): { readonly context: LintContext; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const valid = resources.filter(isNetworkPolicy).flatMap((resource) => {
    const [read] = attempt(resource, findings);
    return read === undefined ? [] : [{ resource, read }];
  });
  const nodes = nodesOf(cluster, addressSpaceOf(valid.map(({ read }) => read)));
  const workloadsAt = (numbers: readonly number[]): readonly Workload[] =>
    numbers.flatMap((number) => nodes.workloads[number] ?? []);
  const policies = valid.map(
    ({ resource, read }): LintedPolicy => ({
      resource,
      described: describeResource(resource),
      read,
      selected: workloadsAt(nodes.selected(read)),
      rules: (["ingress", "egress"] as const).flatMap((direction) =>
        (read[direction] ?? []).map((rule, index): LintedRule => {
          const path = `spec.${direction}[${index}]`;
          const list = direction === "ingress" ? "from" : "to";
          const peers = rule.peers === "anyone" ? [] : rule.peers;
          return {
            direction,
            path,
            rule,
            peers: peers.map((peer, position) => ({
              path: `${path}.${list}[${position}]`,
              peer,
              workloads: peer.kind === "block" ? [] : workloadsAt(nodes.peers(read, peer)),
            })),
          };
        }),
      ),
    }),
  );
  const accepted = valid.map(({ resource }) => resource);
  const context: LintContext = {
    cluster,
    resources: accepted,
    differences:
      facts.declared === undefined
        ? { opened: [], closed: [] }
        : compareConnections(facts.declared, facts.open ?? connections(cluster, accepted)),
    facts,
    policies,
    services: readServices(cluster, resources),
    pods: readPods(resources),
  };
  return { context, findings };
}

function isNetworkPolicy(resource: Resource): boolean {
  return resource.kind === "NetworkPolicy" && groupOf(resource) === "networking.k8s.io";
}

function attempt(resource: Resource, findings: Finding[]): readonly ReadPolicy[] {
  try {
    return readNetworkPolicies([resource]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.push({
      code: "invalid-resource",
      severity: "error",
      resource: describeResource(resource),
      message: error.message,
      expected: "a NetworkPolicy of networking.k8s.io/v1",
    });
    return [];
  }
}
