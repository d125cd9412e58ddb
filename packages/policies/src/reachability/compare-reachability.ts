import type { Resource } from "@plinth/core";
import type { Cluster } from "./cluster.ts";
import { type Connection, describeConnection } from "./connection.ts";
import { compareConnections } from "./connection-set.ts";
import { connections } from "./connections.ts";
import { describeExplanation } from "./describe-explanation.ts";
import { type Explainer, explainerOf } from "./explain-connection.ts";
import type { ConnectionExplanation } from "./explanation.ts";

/** A cluster and what holds in it. */
export interface ReachabilityState {
  readonly cluster: Cluster;
  readonly resources: readonly Resource[];
}

/** A connection that opens or closes, and why: at its first address and port, before and after. */
export interface ExplainedConnection {
  readonly connection: Connection;
  /** Left out when an end of it did not run then. */
  readonly before?: ConnectionExplanation;
  /** Left out when an end of it does not run any more. */
  readonly after?: ConnectionExplanation;
}

export interface ReachabilityChanges {
  readonly opened: readonly ExplainedConnection[];
  readonly closed: readonly ExplainedConnection[];
}

/**
 * What opens and what closes between two states of a cluster, with the rules that decided before and that decide after. Built on `compareConnections`,
 * which compares lists of connections from anywhere.
 *
 * @example
 * declare const before: ReachabilityState;
 * declare const after: ReachabilityState;
 * compareReachability(before, after).closed.map(({ connection }) => describeConnection(connection));
 */
export function compareReachability(before: ReachabilityState, after: ReachabilityState): ReachabilityChanges {
  const { opened, closed } = compareConnections(
    connections(before.cluster, before.resources),
    connections(after.cluster, after.resources),
  );
  const explainers = { before: explainerIn(before), after: explainerIn(after) };
  const explained = (connection: Connection): ExplainedConnection => {
    const was = explainers.before(connection);
    const is = explainers.after(connection);
    return {
      connection,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
  };
  return { opened: opened.map(explained), closed: closed.map(explained) };
}

/**
 * A change as a person reads it: what opens or closes, and what is said of it where it is open now or why it is not.
 *
 * @example
 * declare const before: ReachabilityState;
 * declare const after: ReachabilityState;
 * compareReachability(before, after).opened.map(describeChange);
 */
export function describeChange({ connection, after }: ExplainedConnection): string {
  const title = describeConnection(connection);
  if (after === undefined) return `${title} closes\n  an end of it does not run any more`;
  const [, ...reasons] = describeExplanation(after).split("\n");
  return [`${title} ${after.allowed ? "opens" : "closes"}`, ...reasons].join("\n");
}

function explainerIn({
  cluster,
  resources,
}: ReachabilityState): (connection: Connection) => ConnectionExplanation | undefined {
  const running = new Set(cluster.workloads.map(({ namespace, name }) => `${namespace}/${name}`));
  const explain: Explainer = explainerOf(cluster, resources);
  const first = (endpoint: Connection["source"]): Connection["source"] =>
    endpoint.kind === "addresses" ? { ...endpoint, last: endpoint.first } : endpoint;
  return ({ source, destination, protocol, port }) =>
    [source, destination].every((end) => end.kind === "addresses" || running.has(`${end.namespace}/${end.name}`))
      ? explain(first(source), first(destination), protocol, port)
      : undefined;
}
