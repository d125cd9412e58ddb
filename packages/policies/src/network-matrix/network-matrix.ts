import {
  type Environment,
  type NetworkPlugin,
  namespaceOf,
  type Platform,
  placementIn,
  type Resource,
  servicesIn,
} from "@plinth/core";
import type { Cluster } from "../reachability/cluster.ts";
import { type Connection, describeConnection, type Endpoint } from "../reachability/connection.ts";
import { judgedBy } from "../reachability/judged-connections.ts";
import { type MatrixRow, matrixRows } from "./matrix-rows.ts";
import { platformSection } from "./platform-section.ts";
import { isSameWorkload, type Reason } from "./reason.ts";
import { dataStoreReasons, serviceReasons } from "./service-reasons.ts";

/** What the page is made from. */
export interface MatrixInput {
  readonly cluster: Cluster;
  readonly policies: readonly Resource[];
  /** What the policies allow: `connections`. */
  readonly open: readonly Connection[];
}

/**
 * Who may talk to whom in an environment, as a page of Markdown: for each service who may connect to it and where it may connect to, on which ports and
 * why; what the platform itself runs in brief; and every connection on a line of its own, for a diff.
 *
 * The connections are those that the policies allow, never those that are declared: what no reason explains is in the page, too.
 *
 * @example
 * import type { Environment, Platform, Resource } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const policies: Resource[];
 * const cluster = clusterOf(platform, production);
 * networkMatrix(platform, production, { cluster, policies, open: connections(cluster, policies) }).split("\n");
 */
export function networkMatrix(
  platform: Platform,
  environment: Environment,
  { cluster, policies, open: allowed }: MatrixInput,
): string {
  const open = allowed.filter(judgedBy(cluster, policies));
  const workloads = workloadsOfTeams(platform, environment).map((workload) => ({
    ...workload,
    rows: matrixRows(
      workload.self,
      open.filter((connection) => touches(connection, workload.self)),
      workload.reasons,
    ),
  }));
  const common = commonRows(workloads.map(({ rows }) => rows));
  const isCommon = new Set(common.map(keyOf));
  const teams = Map.groupBy(workloads, ({ self }) => self.namespace);
  return [
    `# Who may talk to whom: ${environment.name}`,
    "",
    `What the rendered policies allow, on the ports of containers. What is not on this page is refused. ${enforcement[environment.network.cni]}`,
    ...section("What every pod of a team may", common),
    ...[...teams].flatMap(([namespace, own]) => [
      "",
      `## ${namespace}`,
      ...own.flatMap(({ self, about, rows }) => [
        "",
        `### ${self.name}`,
        "",
        about,
        ...table(rows.filter((row) => !isCommon.has(keyOf(row)))),
      ]),
    ]),
    ...platformSection(platform, environment, open),
    "",
    "## Every connection",
    "",
    "```text",
    ...open.map(describeConnection),
    "```",
    "",
  ].join("\n");
}

/** Who enforces the policies, and what it leaves open. */
const enforcement: Readonly<Record<NetworkPlugin, string>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
  "vpc-cni":
    "The VPC CNI enforces them in its standard mode: a new pod may connect to anything until its policies have reached its node.",
  "vpc-cni-strict":
    "The VPC CNI enforces them in strict mode: a new pod may connect to nothing until its policies have reached its node.",
  cilium: "Cilium enforces them.",
  calico: "Calico enforces them.",
};

interface TeamWorkload {
  readonly self: Extract<Endpoint, { kind: "workload" }>;
  readonly about: string;
  readonly reasons: readonly Reason[];
}

/** Services and data stores in the cluster, by namespace and name. */
function workloadsOfTeams(platform: Platform, environment: Environment): readonly TeamWorkload[] {
  const services = servicesIn(platform, environment).map(
    (service): TeamWorkload => ({
      self: { kind: "workload", namespace: namespaceOf(platform, service), name: service.name },
      about:
        service.description === undefined ? `Tier ${service.tier}.` : `${service.description}. Tier ${service.tier}.`,
      reasons: serviceReasons(platform, environment, service),
    }),
  );
  const stores = platform.dataStores
    .filter((dataStore) => placementIn(dataStore, environment).kind === "in-cluster")
    .map(
      (dataStore): TeamWorkload => ({
        self: { kind: "workload", namespace: namespaceOf(platform, dataStore), name: dataStore.name },
        about: `Data store, ${dataStore.engine}.`,
        reasons: dataStoreReasons(platform, environment, dataStore),
      }),
    );
  const order = ({ self }: TeamWorkload): string => `${self.namespace}\u0000${self.name}`;
  return [...services, ...stores].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function touches({ source, destination }: Connection, self: Endpoint): boolean {
  return isSameWorkload(source, self) || isSameWorkload(destination, self);
}

/** Rows of the baseline that every workload has: said once. What one of them lacks is said of the others. */
function commonRows(all: readonly (readonly MatrixRow[])[]): readonly MatrixRow[] {
  const keys = all.map((rows) => new Set(rows.map(keyOf)));
  return (all[0] ?? []).filter((row) => row.isBaseline && keys.every((own) => own.has(keyOf(row))));
}

function keyOf(row: MatrixRow): string {
  return JSON.stringify(row);
}

function section(title: string, rows: readonly MatrixRow[]): readonly string[] {
  return rows.length === 0 ? [] : ["", `## ${title}`, ...table(rows)];
}

function table(rows: readonly MatrixRow[]): readonly string[] {
  if (rows.length === 0) return ["", "Nobody connects to it, and it connects to nothing else."];
  const lines = (["from", "to"] as const).flatMap((direction) =>
    rows
      .filter((row) => row.direction === direction)
      .map(({ other, ports, why }) => `| ${direction} | ${other} | ${ports} | ${why} |`)
      .sort(),
  );
  return ["", "| | Whom | Port | Why |", "| --- | --- | --- | --- |", ...lines];
}
