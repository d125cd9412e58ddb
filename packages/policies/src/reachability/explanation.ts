import type { TransportProtocol } from "../network/rule.ts";
import type { Endpoint } from "./connection.ts";

/** Whether policies allow one connection, and which of them decide so. */
export interface ConnectionExplanation {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly protocol: TransportProtocol;
  readonly port: number;
  /** True when both sides allow it. */
  readonly allowed: boolean;
  /** What holds for the source. */
  readonly egress: DirectionVerdict;
  /** What holds for the destination. */
  readonly ingress: DirectionVerdict;
}

/** What one side of a connection says to it. */
export type DirectionVerdict =
  /** Addresses outside the cluster, which no policy judges. */
  | { readonly verdict: "outside" }
  /** No policy selects the workload in this direction, so everything is allowed. */
  | { readonly verdict: "not-isolated" }
  | { readonly verdict: "allowed"; readonly by: readonly RuleReference[] }
  | {
      readonly verdict: "refused";
      /** The policies that select the workload in this direction, as `namespace/name`. */
      readonly isolatedBy: readonly string[];
      /** Rules that allow the peer on other ports, or the port to other peers: the first thing to look at. */
      readonly nearest: readonly NearRule[];
    };

/** A rule of a policy. */
export interface RuleReference {
  /** The policy, as `namespace/name`. */
  readonly policy: string;
  /** The rule's place in it: `spec.egress[2]`. */
  readonly path: string;
}

/** A rule that allows half of a connection. */
export interface NearRule extends RuleReference {
  /** The half that does not fit. */
  readonly misses: "port" | "peer";
  /** What the rule allows instead, as a person reads it: `TCP 5050`, `team-frontend app.kubernetes.io/name=frontend`. */
  readonly allows: string;
}
