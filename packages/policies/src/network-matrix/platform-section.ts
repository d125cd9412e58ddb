import type { Environment, Platform, PlatformComponent } from "@plinth/core";
import { hostBlock, publicAddresses } from "../network/address-blocks.ts";
import { kubernetesService } from "../network/api-server.ts";
import { everyAddress, rangeOf, rangesWithout } from "../reachability/address-range.ts";
import { addressesOf, type Connection, describeEndpoint, type Endpoint } from "../reachability/connection.ts";
import { canonicalConnections } from "../reachability/connection-set.ts";
import { describePorts } from "./matrix-rows.ts";
import { isSameWorkload } from "./reason.ts";

/** What the platform itself runs: a row for each component, with all workloads of teams as one. Looking up names is left out: all of them do. */
export function platformSection(
  platform: Platform,
  environment: Environment,
  open: readonly Connection[],
): readonly string[] {
  const describe = endDescriber(platform, environment);
  const rows = platform.components.map((component) => {
    const [from, to] = (["from", "to"] as const).map((direction) => endsOf(component, direction, open, describe));
    return `| ${component.namespace}/${component.name} | ${from} | ${to} |`;
  });
  if (rows.length === 0) return [];
  return ["", "## What the platform runs", "", "| Component | From | To |", "| --- | --- | --- |", ...[...rows].sort()];
}

type EndDescriber = (ends: readonly Endpoint[]) => readonly string[];

/** The other ends of a component's connections with their ports: `monitoring/prometheus: TCP 8000`. */
function endsOf(
  { namespace, name }: PlatformComponent,
  direction: "from" | "to",
  open: readonly Connection[],
  describe: EndDescriber,
): string {
  const self: Endpoint = { kind: "workload", namespace, name };
  const other = ({ source, destination }: Connection): Endpoint => (direction === "to" ? destination : source);
  const own = open.filter(
    (connection) =>
      isSameWorkload(direction === "to" ? connection.source : connection.destination, self) &&
      !(direction === "to" && isNameLookup(connection)),
  );
  const portsOf = new Map<string, string[]>();
  for (const [ports, connections] of Map.groupBy(own, describePorts)) {
    // On one port alone, addresses that touch are one range again.
    const ends = describe(canonicalConnections(connections).map(other));
    for (const end of ends) portsOf.set(end, [...(portsOf.get(end) ?? []), ports]);
  }
  return [...Map.groupBy([...portsOf], ([, ports]) => ports.join(", "))]
    .map(([ports, ends]) => `${ends.map(([end]) => end).join(", ")}: ${ports}`)
    .sort()
    .join("; ");
}

function isNameLookup({ port, endPort }: Connection): boolean {
  return port === 53 && endPort === 53;
}

/** Says ends in the words of the environment: its API server, its nodes, the teams, anyone. */
function endDescriber(platform: Platform, { network }: Environment): EndDescriber {
  const teams = new Set<string>(platform.teams.map(({ namespace }) => namespace));
  const known = new Map(
    [
      ...network.nodes.map((cidr) => ({ cidr, label: "nodes" })),
      ...network.tokenService.map((cidr) => ({ cidr, label: "the token service" })),
      ...[...network.apiServer, hostBlock(kubernetesService(network))].map((cidr) => ({
        cidr,
        label: "the API server",
      })),
    ].map(({ cidr, label }) => [describeEndpoint(addressesOf(rangeOf(cidr))), label]),
  );
  const { cidr, except } = publicAddresses({ network });
  const publicRanges = rangesWithout(cidr, except).map((range) => describeEndpoint(addressesOf(range)));
  const anyone = describeEndpoint(addressesOf(everyAddress("ipv4")));
  return (ends) => {
    const names = ends.map((end) =>
      end.kind === "workload" && teams.has(end.namespace) ? "workloads of teams" : describeEndpoint(end),
    );
    // Whoever else may, may as one of them.
    if (names.includes(anyone)) return ["anyone"];
    const isPublic = publicRanges.every((range) => names.includes(range));
    const others = isPublic ? names.filter((name) => !publicRanges.includes(name)) : names;
    return [
      ...new Set([...others.map((name) => known.get(name) ?? name), ...(isPublic ? ["any public address"] : [])]),
    ].sort();
  };
}
