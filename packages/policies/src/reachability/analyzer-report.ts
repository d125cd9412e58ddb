import type { TransportProtocol } from "../network/rule.ts";
import type { Connection, Endpoint } from "./connection.ts";
import { canonicalConnections } from "./connection-set.ts";
import { everyPort, type PortRange } from "./port-set.ts";

/**
 * The connections that np-guard's `netpolicy list --output json` printed, in the form of `connections`; `undefined` when it printed anything else.
 *
 * @see https://github.com/np-guard/netpol-analyzer/blob/v1.4.4/docs/connlist_output.md
 *
 * @example
 * readAnalyzerReport('[{"src":"team-a/web[Deployment]","dst":"team-b/api[Deployment]","conn":"TCP 8080"}]');
 */
export function readAnalyzerReport(output: string): readonly Connection[] | undefined {
  const rows = parseJson(output);
  if (!Array.isArray(rows)) return undefined;
  const connections = rows.map((row: unknown) => readRow(row));
  return connections.includes(undefined) ? undefined : canonicalConnections(connections.flatMap((row) => row ?? []));
}

function readRow(row: unknown): readonly Connection[] | undefined {
  if (typeof row !== "object" || row === null || !("src" in row && "dst" in row && "conn" in row)) return undefined;
  const source = readEndpoint(row.src);
  const destination = readEndpoint(row.dst);
  const ports = readAnalyzerPorts(row.conn);
  return source === undefined || destination === undefined || ports === undefined
    ? undefined
    : ports.map((range) => ({ source, destination, ...range }));
}

/** `team-backend/checkout[Deployment]`, or `203.0.113.0-203.0.113.255`. */
function readEndpoint(text: unknown): Endpoint | undefined {
  const { namespace, name, first, last } =
    /^(?:(?<namespace>[^/[\]]+)\/(?<name>[^/[\]]+)\[\w+\]|(?<first>[\d.]+)-(?<last>[\d.]+))$/.exec(String(text))
      ?.groups ?? {};
  if (namespace !== undefined && name !== undefined) return { kind: "workload", namespace, name };
  return first === undefined || last === undefined ? undefined : { kind: "addresses", first, last };
}

/**
 * Ports as np-guard's analyzer prints them: `All Connections`, or `TCP 80,8080-8090,UDP 53`; `undefined` for anything else.
 *
 * @example
 * readAnalyzerPorts("TCP 80,8080-8090"); // two ranges of TCP
 */
export function readAnalyzerPorts(text: unknown): readonly PortRange[] | undefined {
  if (text === "All Connections") return everyPort;
  const ranges: PortRange[] = [];
  let protocol: TransportProtocol | undefined;
  for (const part of String(text).split(",")) {
    const { named, from, to } = /^(?:(?<named>TCP|UDP|SCTP) )?(?<from>\d+)(?:-(?<to>\d+))?$/.exec(part)?.groups ?? {};
    protocol = named === "TCP" || named === "UDP" || named === "SCTP" ? named : protocol;
    if (protocol === undefined || from === undefined) return undefined;
    ranges.push({ protocol, port: Number(from), endPort: Number(to ?? from) });
  }
  return ranges;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
