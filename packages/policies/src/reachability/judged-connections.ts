import type { Resource } from "@plinth/core";
import type { Cluster } from "./cluster.ts";
import type { Connection, Endpoint } from "./connection.ts";
import { isolationOf } from "./isolation.ts";

/**
 * Tells connections that a policy judges: on the way out of a source that one isolates, or into such a destination. Between ends that no policy is about
 * everything is open, which says nothing of any policy.
 *
 * @example
 * import type { Resource } from "@plinth/core";
 * declare const cluster: Cluster;
 * declare const resources: Resource[];
 * connections(cluster, resources).filter(judgedBy(cluster, resources));
 */
export function judgedBy(cluster: Cluster, resources: readonly Resource[]): (connection: Connection) => boolean {
  const isolated = { ingress: new Set<string>(), egress: new Set<string>() };
  for (const { workload, ingress, egress } of isolationOf(cluster, resources)) {
    const name = `${workload.namespace}/${workload.name}`;
    if (ingress.length > 0) isolated.ingress.add(name);
    if (egress.length > 0) isolated.egress.add(name);
  }
  const isIn = (set: ReadonlySet<string>, end: Endpoint): boolean =>
    end.kind === "workload" && set.has(`${end.namespace}/${end.name}`);
  return ({ source, destination }) => isIn(isolated.egress, source) || isIn(isolated.ingress, destination);
}
