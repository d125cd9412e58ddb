import { cidrProblem, nearestName } from "@plinth/core";
import { parseAddress, printAddress } from "./address-range.ts";
import type { Cluster } from "./cluster.ts";
import type { Endpoint } from "./connection.ts";

/**
 * The end of a connection that a person names: a workload as `namespace/name`, or an IP address. Throws a RangeError that names the nearest workload when
 * the cluster runs no such one.
 *
 * @example
 * declare const cluster: Cluster;
 * endpointNamed(cluster, "team-backend/checkout");
 * endpointNamed(cluster, "203.0.113.7");
 */
export function endpointNamed({ workloads }: Cluster, text: string): Endpoint {
  const prefix = text.includes(":") ? 128 : 32;
  if (cidrProblem(`${text}/${prefix}`) === undefined) {
    const { family, value } = parseAddress(text);
    const address = printAddress(family, value);
    return { kind: "addresses", first: address, last: address };
  }
  const workload = workloads.find(({ namespace, name }) => `${namespace}/${name}` === text);
  if (workload !== undefined) return { kind: "workload", namespace: workload.namespace, name: workload.name };
  const near = nearestName(
    text,
    workloads.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  throw new RangeError(
    `${JSON.stringify(text)} is no workload of this cluster and no address${near === undefined ? "" : `; did you mean ${near}?`} A workload is named as "team-backend/checkout".`,
  );
}
