import { fieldAt, listAt, textAt } from "@plinth/core";
import type { TreeObject } from "../../comparison/tree-comparison.ts";
import { type Amounts, amountsOf, sumOf, times } from "./quantities.ts";

/** Kinds whose objects make pods, or hold volumes. */
export const workloadKinds: readonly string[] = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "OpenTelemetryCollector",
  "PersistentVolumeClaim",
];

/** What a workload asks of the nodes. */
export interface Workload {
  /** How many pods, at least and at most; left out for one on each node. */
  readonly replicas?: { readonly least: number; readonly most: number };
  /** Of one pod. */
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Of all pods, or of one for one on each node: what is reserved when the fewest run. */
  readonly reserved: Amounts;
}

/** What a workload asks for, by its kind. */
export function workloadOf({ resource }: TreeObject): Workload {
  const spec = fieldAt(resource, "spec");
  if (resource.kind === "PersistentVolumeClaim") {
    const storage = amountsOf(fieldAt(spec, "resources", "requests"));
    return { replicas: { least: 1, most: 1 }, requests: new Map(), limits: new Map(), reserved: storage };
  }
  const isCollector = resource.kind === "OpenTelemetryCollector";
  const containers = isCollector ? [spec] : listAt(spec, "template", "spec", "containers");
  const requests = sumOf(containers.map((container) => amountsOf(fieldAt(container, "resources", "requests"))));
  const limits = sumOf(containers.map((container) => amountsOf(fieldAt(container, "resources", "limits"))));
  const volumes = sumOf(
    listAt(spec, "volumeClaimTemplates").map((claim) => amountsOf(fieldAt(claim, "spec", "resources", "requests"))),
  );
  const pod = sumOf([requests, volumes]);
  const onEachNode = resource.kind === "DaemonSet" || (isCollector && textAt(spec, "mode") === "daemonset");
  if (onEachNode) return { requests, limits, reserved: pod };
  const replicas = replicasOf(spec);
  return { replicas, requests, limits, reserved: times(pod, replicas.least) };
}

function replicasOf(spec: unknown): { readonly least: number; readonly most: number } {
  const [least, most] = [fieldAt(spec, "autoscaler", "minReplicas"), fieldAt(spec, "autoscaler", "maxReplicas")];
  const fixed = fieldAt(spec, "replicas");
  const count = typeof fixed === "number" ? fixed : 1;
  return {
    least: typeof least === "number" ? least : count,
    most: typeof most === "number" ? most : count,
  };
}
