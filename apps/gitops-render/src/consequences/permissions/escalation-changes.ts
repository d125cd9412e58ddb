import { describeIdentity, describePath, type EscalationPath, type SubjectName } from "@plinth/rbac";
import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import { changedObjects } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct } from "../words.ts";
import { namedTogether, nameOf } from "./subject-names.ts";

const reached = { gained: "can be reached by", lost: "can no longer be reached by" } as const;

/** Ways that open without their first one gaining anything dangerous: a stronger identity came into reach. */
export function pathConsequences(
  side: "gained" | "lost",
  paths: readonly EscalationPath[],
  {
    environment,
    teams,
    changes,
  }: {
    readonly environment: string;
    readonly teams: ReadonlyMap<string, string>;
    readonly changes: readonly ObjectChange[];
  },
): readonly Consequence[] {
  const groups = Map.groupBy(paths, ({ to, end }) => JSON.stringify([to, reachesCluster(end)]));
  return [...groups.values()].flatMap((members): Consequence[] => {
    const [first] = members;
    if (first === undefined) return [];
    const cluster = reachesCluster(first.end);
    const opens = side === "gained" ? "opened" : "closed";
    const namespaces = distinct(members.flatMap(({ steps }) => steps.flatMap(({ to }) => namespaceOf(to) ?? [])));
    const touched = distinct(namespaces.flatMap((place) => teams.get(place) ?? []));
    const [only] = touched;
    return [
      {
        rule: cluster ? `escalation-to-cluster-${opens}` : `escalation-${opens}`,
        environment,
        ...(touched.length === 1 && only !== undefined ? { team: only } : {}),
        ...(touched.length > 1 ? { concerns: touched } : {}),
        subject: targetOf(first),
        text: `${reached[side]} ${namedTogether(distinct(members.map(({ from }) => nameOf(from))))}`,
        details: distinct(members.map((path) => describePath(path).join(", then "))),
        ...changedObjects(changes),
      },
    ];
  });
}

function targetOf({ to }: EscalationPath): string {
  return describeIdentity(to).replace(/^(?:the|an|a) /, "");
}

function reachesCluster(end: EscalationPath["end"]): boolean {
  return end === "everything" || end === "node" || end === "cluster";
}

/** True for somebody whom a binding can name. */
export function isSubjectName(identity: EscalationPath["to"]): identity is SubjectName {
  return identity.kind === "Group" || identity.kind === "User" || identity.kind === "ServiceAccount";
}

function namespaceOf(identity: EscalationPath["to"]): string | undefined {
  return identity.kind === "ServiceAccount" ? identity.namespace : undefined;
}
