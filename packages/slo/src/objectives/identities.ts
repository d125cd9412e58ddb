import type { Finding } from "@plinth/core";

/** An objective by its two names. */
export interface ObjectiveName {
  readonly service: string;
  readonly name: string;
}

/** Sloth's `sloth_id`: what tells the series of one objective from those of all others. */
export function objectiveId({ service, name }: ObjectiveName): string {
  return `${service}-${name}`;
}

/**
 * Objectives that would record into each other's series: twice the same, or two whose names come to one id, as `a-b` with `c` and `a` with `b-c`.
 *
 * @example
 * identityFindings([{ service: "cart", name: "read-latency" }, { service: "cart-read", name: "latency" }]).length; // 1
 */
export function identityFindings(objectives: readonly ObjectiveName[]): readonly Finding[] {
  const first = new Map<string, ObjectiveName>();
  return objectives.flatMap((objective): readonly Finding[] => {
    const id = objectiveId(objective);
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, objective);
      return [];
    }
    return [
      {
        code: "duplicate-name",
        severity: "error",
        path: `promises[${objective.name}].name`,
        message: `the SLO ${objective.name} of ${objective.service} and the SLO ${other.name} of ${other.service} both have the id ${id}: they would record into one series`,
        expected: "names that make an id of their own",
        example: `name: ${JSON.stringify(`${objective.name}-2`)}`,
      },
    ];
  });
}
