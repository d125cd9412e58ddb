import type { TransportProtocol } from "../network/rule.ts";

/** A namespace and its labels. */
export interface ClusterNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Pods that are made alike: all of them have these labels and ports. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Container ports. Names are what a policy with a named port resolves. */
  readonly ports: readonly WorkloadPort[];
  /** Its pods are on the network of their node, where policies about pods do not hold. @default false */
  readonly hostNetwork?: boolean;
}

export interface WorkloadPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: TransportProtocol;
}

/** What runs in a cluster, as far as network policies see it. */
export interface Cluster {
  readonly namespaces: readonly ClusterNamespace[];
  readonly workloads: readonly Workload[];
}
