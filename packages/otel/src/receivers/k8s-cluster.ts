import { idOf, type Receiver, usesOf, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsAndLogs } from "../configuration/signal.ts";
import type { LeaderElector } from "../extensions/k8s-leader-elector.ts";

export interface K8sClusterOptions {
  /** How often metrics are emitted. @default "10s" */
  readonly collectionInterval?: Duration;
  /** How often everything known of each object is emitted again; "0s" never. @default "5m" */
  readonly metadataCollectionInterval?: Duration;
  /** Conditions of nodes that become metrics. @default Ready */
  readonly nodeConditions?: readonly string[];
  /** Resources of nodes that become metrics: `cpu`, `memory`, `pods`. @default none */
  readonly allocatableTypes?: readonly string[];
  /** Only these namespaces; nodes and namespaces are then not seen. @default the whole cluster */
  readonly namespaces?: readonly string[];
  /** @default "kubernetes" */
  readonly distribution?: "kubernetes" | "openshift";
  /** Lets one of several collectors do it. @default every collector does it */
  readonly leaderElector?: LeaderElector;
  /** Metrics that are switched on or off against their default: `{ "k8s.node.condition": true }`. @default none */
  readonly metrics?: Readonly<Record<string, boolean>>;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/**
 * Measures the cluster as its API server knows it: desired and ready pods, phases, quotas, node conditions. One collector of a cluster does it. In a pipeline of
 * logs it emits what changes in the objects. Names of its metrics change between releases.
 *
 * Needs `list` and `watch` on what it measures.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sclusterreceiver
 * @example
 * k8sCluster({ collectionInterval: "30s", nodeConditions: ["Ready", "MemoryPressure"], allocatableTypes: ["cpu", "memory"] });
 */
export function k8sCluster({
  collectionInterval,
  metadataCollectionInterval,
  nodeConditions,
  allocatableTypes,
  namespaces,
  distribution,
  leaderElector,
  metrics,
  name,
}: K8sClusterOptions = {}): Receiver<"metrics" | "logs"> {
  return {
    kind: "receiver",
    type: "k8s_cluster",
    ...(name === undefined ? {} : { name }),
    options: written({
      auth_type: "serviceAccount",
      collection_interval: collectionInterval,
      metadata_collection_interval: metadataCollectionInterval,
      node_conditions_to_report: nodeConditions,
      allocatable_types_to_report: allocatableTypes,
      namespaces,
      distribution,
      k8s_leader_elector: leaderElector && idOf(leaderElector),
      metrics: metrics && Object.fromEntries(Object.entries(metrics).map(([metric, enabled]) => [metric, { enabled }])),
    }),
    ...usesOf(leaderElector),
    emits: metricsAndLogs,
  };
}
