import { type Receiver, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";

export interface KubeletStatsOptions {
  /** The kubelet's address: `https://${env:K8S_NODE_IP}:10250`. */
  readonly endpoint: string;
  /** How the collector proves who it is. `serviceAccount` needs `get` on `nodes/stats`. @default "serviceAccount" */
  readonly authType?: "serviceAccount" | "tls" | "none";
  /** Take the kubelet's certificate unseen: most clusters let kubelets sign their own. @default false */
  readonly insecureSkipVerify?: boolean;
  /** What is measured. @default container, pod, node */
  readonly metricGroups?: readonly ("container" | "pod" | "node" | "volume")[];
  /** How often. @default "10s" */
  readonly collectionInterval?: Duration;
  /** Metrics that are switched on or off against their default: `{ "k8s.pod.cpu.usage": true }`. @default none */
  readonly metrics?: Readonly<Record<string, boolean>>;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/**
 * Measures the node's pods, containers and volumes as its kubelet sees them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/kubeletstatsreceiver
 * @example
 * kubeletStats({ endpoint: "https://${env:K8S_NODE_IP}:10250", insecureSkipVerify: true });
 */
export function kubeletStats({
  endpoint,
  authType = "serviceAccount",
  insecureSkipVerify,
  metricGroups,
  collectionInterval,
  metrics,
  name,
}: KubeletStatsOptions): Receiver<"metrics"> {
  return {
    kind: "receiver",
    type: "kubelet_stats",
    ...(name === undefined ? {} : { name }),
    options: written({
      endpoint,
      auth_type: authType,
      insecure_skip_verify: insecureSkipVerify,
      collection_interval: collectionInterval,
      metric_groups: metricGroups,
      metrics: metrics && Object.fromEntries(Object.entries(metrics).map(([metric, enabled]) => [metric, { enabled }])),
    }),
    emits: metricsOnly,
  };
}
