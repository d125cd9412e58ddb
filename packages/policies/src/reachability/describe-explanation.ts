import { type Connection, describeConnection, describeEndpoint, type Endpoint } from "./connection.ts";
import type { ConnectionExplanation, DirectionVerdict, NearRule } from "./explanation.ts";

// More than these say no more.
const SHOWN_NEAR_RULES = 4;

/**
 * An explanation as a person reads it: the connection, whether it is allowed, and a line for each side.
 *
 * @example
 * declare const explanation: ConnectionExplanation;
 * describeExplanation(explanation).split("\n");
 */
export function describeExplanation(explanation: ConnectionExplanation): string {
  const { source, destination, allowed, egress, ingress } = explanation;
  return [
    `${describeConnection(connectionOf(explanation))}: ${allowed ? "allowed" : "refused"}`,
    `  out of ${describeEndpoint(source)}: ${describeVerdict(egress, destination, explanation)}`,
    `  into ${describeEndpoint(destination)}: ${describeVerdict(ingress, source, explanation)}`,
  ].join("\n");
}

/** The connection that an explanation is about. */
export function connectionOf({ source, destination, protocol, port }: ConnectionExplanation): Connection {
  return { source, destination, protocol, port, endPort: port };
}

function describeVerdict(verdict: DirectionVerdict, other: Endpoint, asked: ConnectionExplanation): string {
  switch (verdict.verdict) {
    case "outside":
      return "outside the cluster, where no policy judges";
    case "not-isolated":
      return "no policy isolates it in this direction";
    case "allowed":
      return `allowed by ${verdict.by.map(({ policy, path }) => `${policy} ${path}`).join(", ")}`;
    case "refused":
      return [
        `refused; isolated by ${verdict.isolatedBy.join(", ")}`,
        ...verdict.nearest
          .slice(0, SHOWN_NEAR_RULES)
          .map((rule) => `    near: ${describeNearRule(rule, other, asked)}`),
      ].join("\n");
  }
}

function describeNearRule(
  { policy, path, misses, allows }: NearRule,
  other: Endpoint,
  { protocol, port }: ConnectionExplanation,
): string {
  return misses === "port"
    ? `${policy} ${path} is about ${describeEndpoint(other)}, on ${allows} instead of ${protocol} ${port}`
    : `${policy} ${path} is about ${protocol} ${port}, for ${allows} instead of ${describeEndpoint(other)}`;
}
