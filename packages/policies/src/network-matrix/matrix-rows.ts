import { type Connection, describeEndpoint, type Endpoint } from "../reachability/connection.ts";
import { explains, isSameWorkload, type Reason } from "./reason.ts";

/** A line of a service's table: who, on which ports, and why. */
export interface MatrixRow {
  readonly direction: "from" | "to";
  readonly other: string;
  readonly ports: string;
  readonly why: string;
  readonly isBaseline: boolean;
}

/** The rows of one workload: its connections, each with the reasons that explain it; addresses that one reason explains are one row. */
export function matrixRows(
  self: Endpoint,
  connections: readonly Connection[],
  reasons: readonly Reason[],
): readonly MatrixRow[] {
  const rows = connections.flatMap((connection): MatrixRow[] => {
    const direction = isSameWorkload(connection.source, self) ? "to" : "from";
    const other = direction === "to" ? connection.destination : connection.source;
    const ports = describePorts(connection);
    const own = reasons.filter((reason) => explains(reason, connection, self));
    if (own.length === 0) return [{ direction, other: describeEndpoint(other), ports, why: "", isBaseline: false }];
    return byLabel(own, describeEndpoint(other)).map(([label, named]) => ({
      direction,
      other: label,
      ports,
      why: [...new Set(named.map(({ why }) => why))].join("; "),
      isBaseline: named.every(({ isBaseline }) => isBaseline === true),
    }));
  });
  return unexplainedWithOthers([...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]);
}

function byLabel(reasons: readonly Reason[], other: string): readonly [string, Reason[]][] {
  return [...Map.groupBy(reasons, ({ label }) => label ?? other)];
}

/** What no reason names stands beside what one does: a mesh carries both ends' connections on a port of its own. */
function unexplainedWithOthers(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  return rows.map((row) => {
    if (row.why !== "") return row;
    const known = rows.find(
      ({ direction, other, why }) => direction === row.direction && other === row.other && why !== "",
    );
    return { ...row, why: known === undefined ? "the platform" : "the same, through the mesh" };
  });
}

/** `TCP 8080`, `TCP 4317-4318`, `every TCP port`. */
export function describePorts({ protocol, port, endPort }: Pick<Connection, "protocol" | "port" | "endPort">): string {
  if (port === 1 && endPort === 65_535) return `every ${protocol} port`;
  return `${protocol} ${port === endPort ? port : `${port}-${endPort}`}`;
}
