import type { ObjectsByIdentity } from "./collect-objects.ts";
import { withOtherName } from "./renamed-environments.ts";
import type { RenamedEnvironment, TreeObject } from "./tree-comparison.ts";

/** One object on both sides, or on one. */
export interface ObjectPair {
  /** Left out for what all environments have in common. */
  readonly environment?: string;
  readonly before?: TreeObject;
  readonly after?: TreeObject;
}

/** One side: its objects, and the environments that it has. */
export interface Side {
  readonly objects: ObjectsByIdentity;
  readonly environments: readonly string[];
}

/** The objects of both sides that are the same one: those in common once; those in common on one side and in an environment on the other, in each environment. */
export function objectPairs(
  before: Side,
  after: Side,
  environments: readonly string[],
  renames: ReadonlyMap<string, RenamedEnvironment>,
): readonly ObjectPair[] {
  const pairs: ObjectPair[] = [];
  const tell = (environment: string | undefined, one: TreeObject | undefined, other: TreeObject | undefined): void => {
    if (one === undefined && other === undefined) return;
    pairs.push({
      ...(environment === undefined ? {} : { environment }),
      ...(one === undefined ? {} : { before: one }),
      ...(other === undefined ? {} : { after: other }),
    });
  };
  for (const identity of new Set([...before.objects.keys(), ...after.objects.keys()])) {
    const one = before.objects.get(identity) ?? new Map<string | undefined, TreeObject>();
    const other = after.objects.get(identity) ?? new Map<string | undefined, TreeObject>();
    const places = new Set([...one.keys(), ...other.keys()]);
    if (places.size === 1 || !places.has(undefined))
      for (const place of places) tell(place, one.get(place), other.get(place));
    else
      for (const environment of environments)
        tell(
          environment,
          before.environments.includes(environment) ? (one.get(environment) ?? one.get(undefined)) : undefined,
          after.environments.includes(environment) ? (other.get(environment) ?? other.get(undefined)) : undefined,
        );
  }
  return renames.size === 0 ? pairs : joinRenamed(pairs, renames);
}

/** In an environment with another name, an object that has that name in its own is the same one. */
function joinRenamed(
  pairs: readonly ObjectPair[],
  renames: ReadonlyMap<string, RenamedEnvironment>,
): readonly ObjectPair[] {
  const key = (environment: string, identity: string): string => `${environment}\0${identity}`;
  const come = new Map<string, TreeObject>();
  for (const { environment, before, after } of pairs)
    if (environment !== undefined && before === undefined && after !== undefined)
      come.set(key(environment, after.identity), after);
  const joined: ObjectPair[] = [];
  const taken = new Set<TreeObject>();
  for (const { environment, before, after } of pairs) {
    const rename = environment === undefined ? undefined : renames.get(environment);
    if (environment === undefined || rename === undefined || before === undefined || after !== undefined) continue;
    const other = come.get(key(environment, withOtherName(before.identity, rename.before, rename.after)));
    if (other === undefined || taken.has(other)) continue;
    taken.add(other).add(before);
    joined.push({ environment, before, after: other });
  }
  const isTaken = (object: TreeObject | undefined): boolean => object !== undefined && taken.has(object);
  return [...pairs.filter(({ before, after }) => !isTaken(before) && !isTaken(after)), ...joined];
}
