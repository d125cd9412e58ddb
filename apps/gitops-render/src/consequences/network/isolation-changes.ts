import type { Isolation } from "@plinth/policies/reachability";
import { otherPods } from "./tree-network.ts";

/** Pods that nothing isolates any more in a direction, by namespace: all that no policy tells apart, or some. */
export interface IsolationLoss {
  readonly namespace: string;
  /** Names of workloads, sorted; those that no policy tells apart first. */
  readonly workloads: readonly string[];
  /** True where the namespace itself is open: a new pod of any sort is. */
  readonly whole: boolean;
  readonly directions: readonly ("ingress" | "egress")[];
}

/** Who is isolated, and who was and is not any more. */
export interface IsolationComparison {
  readonly losses: readonly IsolationLoss[];
  /** True where the pods lost it in a direction. */
  readonly lost: (workload: string, direction: "ingress" | "egress") => boolean;
}

/** What pods isolated before and not after; the other way round with the sides swapped. */
export function isolationLost(
  before: readonly Isolation[],
  after: readonly Isolation[],
  isOnBothSides: (workload: string) => boolean,
): IsolationComparison {
  const is = new Map(after.map((each) => [keyOf(each), each]));
  const lost = { ingress: new Set<string>(), egress: new Set<string>() };
  const losses = new Map<string, { namespace: string; names: Set<string>; directions: Set<"ingress" | "egress"> }>();
  for (const was of before) {
    const key = keyOf(was);
    const now = is.get(key);
    if (now === undefined || !isOnBothSides(key)) continue;
    for (const direction of ["ingress", "egress"] as const) {
      if (was[direction].length === 0 || now[direction].length > 0) continue;
      lost[direction].add(key);
      const { namespace, name } = was.workload;
      const loss = losses.get(namespace) ?? { namespace, names: new Set(), directions: new Set() };
      loss.names.add(name);
      loss.directions.add(direction);
      losses.set(namespace, loss);
    }
  }
  return {
    losses: [...losses.values()].map(({ namespace, names, directions }) => ({
      namespace,
      workloads: [...names].sort(),
      whole: names.has(otherPods),
      directions: [...directions].sort(),
    })),
    lost: (workload, direction) => lost[direction].has(workload),
  };
}

function keyOf({ workload }: Isolation): string {
  return `${workload.namespace}/${workload.name}`;
}
