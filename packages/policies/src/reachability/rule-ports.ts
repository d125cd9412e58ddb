import type { Workload } from "./cluster.ts";
import { everyPort, MAX_PORT, type PortRange, type PortSet, portSet } from "./port-set.ts";
import type { ReadPort, ReadRule } from "./read-network-policy.ts";

/** The ports of a rule at the end that listens, which is `undefined` outside the cluster: the same everywhere, unless one of them is a name. */
export function rulePortsAt(ports: ReadRule["ports"]): (listening: Workload | undefined) => PortSet {
  if (ports === "every") return () => everyPort;
  const resolve = (listening: Workload | undefined): PortSet =>
    portSet(ports.flatMap((port) => resolvePort(port, listening)));
  if (ports.some(({ port }) => typeof port === "string")) return resolve;
  const everywhere = resolve(undefined);
  return () => everywhere;
}

/** The numbers that a port means; a name means nothing where no container port has it. */
function resolvePort({ protocol, port, endPort }: ReadPort, listening: Workload | undefined): PortRange[] {
  if (port === undefined) return [{ protocol, port: 1, endPort: MAX_PORT }];
  if (typeof port === "number") return [{ protocol, port, endPort: endPort ?? port }];
  return (listening?.ports ?? [])
    .filter((candidate) => candidate.name === port && candidate.protocol === protocol)
    .map((candidate) => ({ protocol, port: candidate.port, endPort: candidate.port }));
}
