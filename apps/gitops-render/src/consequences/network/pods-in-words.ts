import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import { ownerOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct } from "../words.ts";
import type { Pods } from "./connection-groups.ts";
import { otherPods } from "./tree-network.ts";

/** `cart` for a team's, `monitoring/prometheus` for the platform's. */
export function describePods(pods: Pods, teams: ReadonlyMap<string, string>): string {
  if (pods.kind === "cluster") return "every pod";
  if (pods.kind === "namespace") return `every pod of ${pods.namespace}`;
  if (pods.name === otherPods) return `any other pod of ${pods.namespace}`;
  return teams.has(pods.namespace) ? pods.name : `${pods.namespace}/${pods.name}`;
}

/** Whose pods are; `undefined` for the platform's own. */
export function teamOf(pods: Pods, teams: ReadonlyMap<string, string>): string | undefined {
  return pods.kind === "cluster" ? undefined : teams.get(pods.namespace);
}

/** The team whose objects change, and the teams at the ends that it is not. */
export function ownership(
  changes: readonly ObjectChange[],
  ends: readonly (string | undefined)[],
): Pick<Consequence, "team" | "service" | "concerns"> {
  const owner = ownerOf(changes);
  const teams = distinct(ends.flatMap((team) => team ?? []));
  const [only] = teams;
  const team = owner.team ?? (teams.length === 1 ? only : undefined);
  const concerns = teams.filter((name) => name !== team);
  return {
    ...(team === undefined ? {} : { team }),
    ...(owner.service === undefined ? {} : { service: owner.service }),
    ...(concerns.length === 0 ? {} : { concerns }),
  };
}
