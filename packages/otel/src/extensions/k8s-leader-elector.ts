import { type Extension, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";

/** An extension that says which of several collectors does what only one may do. */
export interface LeaderElector extends Extension {
  readonly electsLeader: true;
}

export interface K8sLeaderElectorOptions {
  /** Name of the Lease. Every collector of one cluster that elects by it has it in common. */
  readonly leaseName: string;
  /** Namespace of the Lease. */
  readonly leaseNamespace: string;
  /** How long the others wait for a leader that says nothing. @default "15s" */
  readonly leaseDuration?: Duration;
  /** How long the leader tries to say something before it gives up. Less than `leaseDuration`. @default "10s" */
  readonly renewDeadline?: Duration;
  /** Pause between two attempts. @default "2s" */
  readonly retryPeriod?: Duration;
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Elects one of several collectors by a Lease: `k8s_cluster` and `k8s_objects` of a DaemonSet then run once. Needs `get`, `create` and `update` on leases
 * in its namespace. It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/k8sleaderelector
 * @example
 * const once = k8sLeaderElector({ leaseName: "otel-cluster", leaseNamespace: "opentelemetry" });
 * k8sCluster({ leaderElector: once });
 */
export function k8sLeaderElector({
  leaseName,
  leaseNamespace,
  leaseDuration,
  renewDeadline,
  retryPeriod,
  name,
}: K8sLeaderElectorOptions): LeaderElector {
  return {
    kind: "extension",
    type: "k8s_leader_elector",
    ...(name === undefined ? {} : { name }),
    options: written({
      auth_type: "serviceAccount",
      lease_name: leaseName,
      lease_namespace: leaseNamespace,
      lease_duration: leaseDuration,
      renew_deadline: renewDeadline,
      retry_period: retryPeriod,
    }),
    electsLeader: true,
  };
}
