import type { Resource } from "@plinth/core";
import { isolationOf } from "@plinth/policies/reachability";
import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import type { SharedNetwork } from "./tree-network.ts";

/** Workloads that changed policies are about, and those on one side alone: what opens or closes has one of them at an end, as long as namespaces keep their labels. */
export function touchedWorkloads(
  changes: readonly ObjectChange[],
  { before, after, isNew, isGone }: SharedNetwork,
): ReadonlySet<string> {
  const selected = changes.flatMap((change) => [
    ...(change.before === undefined ? [] : selectedBy(change.before.resource, before)),
    ...(change.after === undefined ? [] : selectedBy(change.after.resource, after)),
  ]);
  const keys = [...before.workloads, ...after.workloads].map(({ namespace, name }) => `${namespace}/${name}`);
  return new Set([...selected, ...keys.filter((key) => isNew(key) || isGone(key))]);
}

/** For workloads, the changed policies that are about them; all changes where none is. */
export function changesByWorkload(
  changes: readonly ObjectChange[],
  { before, after }: SharedNetwork,
): (ends: readonly string[]) => readonly ObjectChange[] {
  const found = new Map<string, Set<ObjectChange>>();
  for (const change of changes) {
    for (const [object, cluster] of [
      [change.before, before],
      [change.after, after],
    ] as const) {
      if (object === undefined) continue;
      for (const key of selectedBy(object.resource, cluster)) {
        const set = found.get(key) ?? new Set();
        set.add(change);
        found.set(key, set);
      }
    }
  }
  const keysOf = (end: string): readonly string[] =>
    end.endsWith("*") ? [...found.keys()].filter((key) => key.startsWith(end.slice(0, -1))) : [end];
  return (ends) => {
    const concerned = new Set(ends.flatMap(keysOf).flatMap((key) => [...(found.get(key) ?? [])]));
    return concerned.size === 0 ? changes : [...concerned];
  };
}

function selectedBy(resource: Resource, { workloads }: SharedNetwork["before"]): readonly string[] {
  const namespace = resource.metadata.namespace ?? "default";
  const near = workloads.filter((workload) => workload.namespace === namespace);
  try {
    return isolationOf({ namespaces: [], workloads: near }, [resource]).flatMap(({ workload, ingress, egress }) =>
      ingress.length + egress.length === 0 ? [] : [`${workload.namespace}/${workload.name}`],
    );
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
