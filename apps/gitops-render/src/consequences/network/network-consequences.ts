import {
  type Cluster,
  type Connection,
  compareConnections,
  connections,
  isolationOf,
} from "@plinth/policies/reachability";
import type { TreeComparison } from "../../comparison/tree-comparison.ts";
import { changesOf, sharedEnvironments } from "../changed-objects.ts";
import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { additionalPolicyChanges } from "./additional-policies.ts";
import { addressNames } from "./address-names.ts";
import { changesByWorkload, touchedWorkloads } from "./changes-by-workload.ts";
import { insideGroups, type OutsideGroup, outsideGroups, type WorkloadNames } from "./connection-groups.ts";
import { type IsolationComparison, isolationLost } from "./isolation-changes.ts";
import { insideConsequence, outsideConsequences } from "./told-connections.ts";
import { isolationConsequences, joinConsequences } from "./told-pods.ts";
import { networkPolicyKind, policiesOf, sharedNetwork } from "./tree-network.ts";
import type { Context, Turn, Turned } from "./turn.ts";
import { invalidPolicies, strayPolicies } from "./useless-policies.ts";

/** Who may connect to whom from now on: by what NetworkPolicies of both sides allow between the pods that they know of, and by the rules of network plugins. */
export const networkConsequences: ConsequenceReader = (comparison) =>
  sharedEnvironments(comparison).flatMap((environment) => [
    ...connectionChanges(comparison, environment),
    ...additionalPolicyChanges(comparison, environment),
  ]);

function connectionChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, networkPolicyKind);
  const namespaces = changesOf(comparison, environment, "Namespace");
  if (changes.length === 0 && namespaces.length === 0) return [];
  const policies = {
    before: policiesOf(comparison.before, environment),
    after: policiesOf(comparison.after, environment),
  };
  const network = sharedNetwork(comparison, environment, policies);
  const before = { cluster: network.before, policies: policies.before.valid.map(({ resource }) => resource) };
  const after = { cluster: network.after, policies: policies.after.valid.map(({ resource }) => resource) };
  // What else changes with the labels of a namespace stands in no policy: then everything is compared.
  const touched = namespaces.length === 0 ? touchedWorkloads(changes, network) : undefined;
  const { opened, closed } = compareConnections(
    connections(before.cluster, before.policies, touched),
    connections(after.cluster, after.policies, touched),
  );
  const isOnBothSides = (workload: string): boolean => !network.isNew(workload) && !network.isGone(workload);
  const context: Context = {
    environment,
    teams: teamsByNamespace(comparison, environment),
    concerning: changesByWorkload(changes, network),
    addresses: addressNames([...before.policies, ...after.policies]),
  };
  const was = isolationOf(among(before.cluster, touched), before.policies);
  const is = isolationOf(among(after.cluster, touched), after.policies);
  const lost = isolationLost(was, is, isOnBothSides);
  const gained = isolationLost(is, was, isOnBothSides);
  return [
    ...turned("opened", opened, lost, network.isNew, { ...context, names: namesIn(network.after) }),
    ...turned("closed", closed, gained, network.isGone, { ...context, names: namesIn(network.before) }),
    ...invalidPolicies(changes, policies.before.invalid, policies.after.invalid, environment),
    ...strayPolicies(changes, policies.before.stray, policies.after.stray, environment),
  ];
}

function among(cluster: Cluster, touched: ReadonlySet<string> | undefined): Cluster {
  if (touched === undefined) return cluster;
  return {
    ...cluster,
    workloads: cluster.workloads.filter(({ namespace, name }) => touched.has(`${namespace}/${name}`)),
  };
}

function namesIn({ workloads }: Cluster): WorkloadNames {
  return new Map(
    [...Map.groupBy(workloads, ({ namespace }) => namespace)].map(([namespace, members]) => [
      namespace,
      new Set(members.map(({ name }) => name)),
    ]),
  );
}

/** What opens and what comes along; or, of the sides swapped, what closes. */
function turned(
  turn: Turn,
  all: readonly Connection[],
  isolation: IsolationComparison,
  joins: (workload: string) => boolean,
  context: Turned,
): readonly Consequence[] {
  // Where nothing isolates pods any more everything is open: that is said once, and not connection by connection.
  const told = all.filter(
    ({ source, destination }) =>
      !(source.kind === "workload" && isolation.lost(`${source.namespace}/${source.name}`, "egress")) &&
      !(destination.kind === "workload" && isolation.lost(`${destination.namespace}/${destination.name}`, "ingress")),
  );
  const isInside = ({ source, destination }: Connection): boolean =>
    source.kind === "workload" && destination.kind === "workload";
  const joining = ({ source, destination }: Connection): readonly string[] =>
    [source, destination].flatMap((end) => {
      const key = end.kind === "workload" ? `${end.namespace}/${end.name}` : "";
      return key !== "" && joins(key) ? [key] : [];
    });
  const inside = told.filter((connection) => isInside(connection) && joining(connection).length === 0);
  const outside = context.addresses.joined(
    outsideGroups(
      told.filter((connection) => !isInside(connection)),
      context.names,
    ),
  );
  const isCommon = (group: OutsideGroup): boolean =>
    context.addresses.sortOf(group) === "platform" && group.connections.every((each) => joining(each).length > 0);
  const newcomers = [
    ...told.filter((connection) => isInside(connection) && joining(connection).length > 0),
    ...outside.filter(isCommon).flatMap(({ connections: own }) => own),
  ];
  return [
    ...insideGroups(inside, context.names).map((group) => insideConsequence(turn, group, context)),
    ...outsideConsequences(
      turn,
      outside.filter((group) => !isCommon(group)),
      context,
    ),
    ...joinConsequences(turn, newcomers, joining, context),
    ...isolation.losses.flatMap((loss) => isolationConsequences(turn, loss, context)),
  ];
}
