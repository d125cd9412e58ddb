import type { Environment, Platform } from "@plinth/core";
import type { Row } from "./row.ts";
import { type Node, nodesOf, type Workload, workloadsOf } from "./workloads.ts";

/** What there is in an environment, for series to be about. */
export interface Facts {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly nodes: readonly Node[];
  readonly workloads: readonly Workload[];
  readonly namespaces: readonly string[];
}

export function factsOf(platform: Platform, environment: Environment, trouble: "some" | "everywhere"): Facts {
  const nodes = nodesOf(platform, environment);
  const workloads = workloadsOf(platform, environment, nodes, trouble);
  const namespaces = new Set([
    ...platform.teams.map(({ namespace }) => namespace),
    ...platform.components.map(({ namespace }) => namespace),
    "default",
    "kube-system",
    // Somebody deletes it just now.
    "preview-0",
  ]);
  return { platform, environment, nodes, workloads, namespaces: [...namespaces].sort() };
}

/** Workloads of one kind, each by its name. */
export function workloadRows(kind: Workload["kind"], label: string): (facts: Facts) => readonly Row[] {
  return ({ workloads }) =>
    workloads.filter((workload) => workload.kind === kind).map(({ namespace, name }) => ({ namespace, [label]: name }));
}
