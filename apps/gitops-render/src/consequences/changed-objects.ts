import type { ObjectChange, TreeComparison } from "../comparison/tree-comparison.ts";
import type { Consequence } from "./consequence.ts";

/** What changed of these kinds in an environment and may mean something: not what Plinth stamps on everything. */
export function changesOf(
  comparison: TreeComparison,
  environment: string,
  ...kinds: readonly string[]
): readonly ObjectChange[] {
  return comparison.changesIn(environment, ...kinds).filter(({ kind }) => kind !== "generated-only");
}

/** The objects of changes and their files, each once and sorted. */
export function changedObjects(changes: Iterable<ObjectChange>): Pick<Consequence, "objects" | "files"> {
  const objects = new Set<string>();
  const files = new Set<string>();
  for (const { before, after } of changes) {
    const there = after ?? before;
    if (there === undefined) continue;
    objects.add(there.identity);
    files.add(there.path);
  }
  return { objects: [...objects].sort(), files: [...files].sort() };
}

/** Team and service of changes, where all of them have the same. */
export function ownerOf(changes: Iterable<ObjectChange>): Pick<Consequence, "team" | "service"> {
  const teams = new Set<string | undefined>();
  const services = new Set<string | undefined>();
  for (const { before, after } of changes) {
    const entry = (after ?? before)?.entry;
    teams.add(entry?.team);
    services.add(entry?.service);
  }
  const [team] = teams;
  const [service] = services;
  return {
    ...(teams.size === 1 && team !== undefined ? { team } : {}),
    ...(services.size === 1 && service !== undefined ? { service } : {}),
  };
}

/** The environments that both sides have: one that comes or goes whole is told as that, and not thing by thing. */
export function sharedEnvironments({ before, after, environments }: TreeComparison): readonly string[] {
  return environments.filter((name) => before.environments.includes(name) && after.environments.includes(name));
}
