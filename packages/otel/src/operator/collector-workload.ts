import { parseQuantity, type SecretValue } from "@plinth/core";
import type { CompiledCollector } from "../configuration/compile.ts";
import type { CollectorImage } from "./image.ts";

/** A collector that runs in the cluster, whoever runs it: the operator, or Kubernetes alone. */
export interface CollectorWorkload {
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly collector: CompiledCollector;
  readonly image: CollectorImage;
  /** Where it runs. */
  readonly runs: OnEachNode | AsDeployment | AsStatefulSet;
  readonly resources: CollectorResources;
  /** Seconds to send what it holds in memory. @default 30 */
  readonly terminationGracePeriod?: number;
  /** Its pods go before others when a node is full. @default no class */
  readonly priorityClass?: string;
  /** Environment variables from the pod itself: name to field. @default none */
  readonly podFields?: Readonly<Record<string, string>>;
  /** Environment variables with a value. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Environment variables from Secrets of its namespace. @default none */
  readonly secrets?: Readonly<Record<string, SecretValue>>;
  /** Folders of the node. They need the user root: the node's files belong to it. @default none */
  readonly hostFolders?: readonly HostFolder[];
}

/** A DaemonSet, also on nodes with taints. */
export interface OnEachNode {
  readonly mode: "daemonset";
}

export interface AsDeployment {
  readonly mode: "deployment";
  readonly replicas: number | Replicas;
}

/** So many pods as the load needs. */
export interface Replicas {
  readonly from: number;
  readonly to: number;
  /** Percent of the requested CPU that each pod shall use. */
  readonly cpuPercent: number;
}

export interface AsStatefulSet {
  readonly mode: "statefulset";
  readonly replicas: number;
  /** A volume for each pod, which outlives it. @default none */
  readonly volume?: { readonly size: string; readonly at: string };
}

/** Kubernetes quantities: `200m`, `512Mi`. */
export interface CollectorResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export interface HostFolder {
  /** Name of the volume. */
  readonly name: string;
  /** Path on the node. */
  readonly from: string;
  /** Path in the container. @default as on the node */
  readonly at?: string;
  /** Written to; made when it is not there. @default read only, and there already */
  readonly writable?: boolean;
}

/** An environment variable of a container. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly valueFrom: { readonly fieldRef: { readonly fieldPath: string } } }
  | {
      readonly name: string;
      readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
    };

/** The collector's environment: what others refer to comes first, and last what Go may use of the memory. */
export function variablesOf({
  podFields = {},
  secrets = {},
  variables = {},
  resources,
}: CollectorWorkload): Variable[] {
  return [
    ...Object.entries(podFields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    ...Object.entries(secrets).map(([name, { secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    { name: "GOMEMLIMIT", value: goMemoryLimit(resources.limits.memory) },
  ];
}

/**
 * Four fifths of the container's memory: from there on Go collects garbage harder, before the kernel ends the process. Said here, it wins over the whole
 * limit, which the operator would take.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/memorylimiterprocessor/README.md
 */
function goMemoryLimit(memory: string): string {
  const quantity = parseQuantity(memory);
  if (quantity === undefined) throw new RangeError(`${JSON.stringify(memory)} is not a quantity`);
  const mebibytes = quantity.nanos / 1_000_000_000n / 1024n ** 2n;
  return `${(mebibytes * 4n) / 5n}MiB`;
}

/** Nobody in particular, unless it reads the node's files, which belong to root; never with a capability, and never writing to its own image. */
export function podSecurityOf({ hostFolders = [], runs }: CollectorWorkload): {
  readonly pod: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser: number;
    readonly runAsGroup?: number;
    readonly fsGroup?: number;
    readonly seccompProfile: { readonly type: "RuntimeDefault" };
  };
  readonly container: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { drop: string[] };
  };
} {
  const user = 10001;
  return {
    pod: {
      ...(hostFolders.length === 0
        ? { runAsNonRoot: true, runAsUser: user, runAsGroup: user, ...(hasVolume(runs) ? { fsGroup: user } : {}) }
        : { runAsUser: 0 }),
      seccompProfile: { type: "RuntimeDefault" },
    },
    container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  };
}

function hasVolume(runs: CollectorWorkload["runs"]): boolean {
  return runs.mode === "statefulset" && runs.volume !== undefined;
}

/** Name of the volume of a StatefulSet's pods. */
const ownVolume = "state";

interface Volumes {
  readonly volumes?: { name: string; hostPath: { path: string; type: "Directory" | "DirectoryOrCreate" } }[];
  readonly volumeMounts?: { name: string; mountPath: string; readOnly?: true }[];
}

/** Folders of the node, and the mounts of all volumes. */
export function volumesOf({ hostFolders = [], runs }: CollectorWorkload): Volumes {
  const own = runs.mode === "statefulset" ? runs.volume : undefined;
  const mounts = [
    ...hostFolders.map(({ name, from, at = from, writable }) => ({
      name,
      mountPath: at,
      ...(writable === true ? {} : { readOnly: true as const }),
    })),
    ...(own === undefined ? [] : [{ name: ownVolume, mountPath: own.at }]),
  ];
  return {
    ...(hostFolders.length === 0
      ? {}
      : {
          volumes: hostFolders.map(({ name, from, writable }) => ({
            name,
            hostPath: { path: from, type: writable === true ? "DirectoryOrCreate" : "Directory" },
          })),
        }),
    ...(mounts.length === 0 ? {} : { volumeMounts: mounts }),
  };
}

/** The claim of each pod of a StatefulSet, with what the API server fills in. */
export function volumeClaimsOf({ runs }: CollectorWorkload): {
  apiVersion: "v1";
  kind: "PersistentVolumeClaim";
  metadata: { name: string };
  spec: {
    accessModes: "ReadWriteOnce"[];
    resources: { requests: { storage: string } };
    volumeMode: "Filesystem";
  };
}[] {
  if (runs.mode !== "statefulset" || runs.volume === undefined) return [];
  return [
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: ownVolume },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: runs.volume.size } },
        volumeMode: "Filesystem",
      },
    },
  ];
}

/** The labels by which the operator selects a collector's pods: the same where Kubernetes runs them alone. */
export function selectorLabels({ name, namespace }: Pick<CollectorWorkload, "name" | "namespace">): {
  readonly "app.kubernetes.io/component": string;
  readonly "app.kubernetes.io/instance": string;
} {
  return {
    "app.kubernetes.io/component": "opentelemetry-collector",
    "app.kubernetes.io/instance": `${namespace}.${name}`,
  };
}

/** Over zones, and over the nodes of a zone. */
export function spreadOf(workload: CollectorWorkload): {
  maxSkew: number;
  topologyKey: string;
  whenUnsatisfiable: "ScheduleAnyway";
  labelSelector: { matchLabels: Record<string, string> };
}[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { ...selectorLabels(workload) } },
  }));
}

/** How fast an autoscaled collector grows and shrinks: doubled within a minute, one pod less in two minutes after ten quiet ones. */
export const scalingBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 60 }],
  },
  scaleDown: {
    stabilizationWindowSeconds: 600,
    selectPolicy: "Max",
    policies: [{ type: "Pods", value: 1, periodSeconds: 120 }],
  },
} as const;
