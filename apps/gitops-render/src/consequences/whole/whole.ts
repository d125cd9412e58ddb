import { once } from "@plinth/core";
import type { Tree, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";

/** What became of something as a whole. */
export type Fate = "added" | "removed";

/** Something that comes or goes with all that belongs to it. */
export interface WholeService {
  readonly fate: Fate;
  readonly service: string;
  readonly team?: string;
  /** What comes or goes. */
  readonly objects: readonly TreeObject[];
}

export interface WholeTeam {
  readonly fate: Fate;
  readonly team: string;
  readonly objects: readonly TreeObject[];
}

/** What comes to an environment, or leaves it, as a whole: told once, and not object by object. */
export interface Whole {
  /** Where the environment itself is on one side alone. */
  readonly environment?: Fate;
  readonly teams: readonly WholeTeam[];
  /** Without those of such teams. */
  readonly services: readonly WholeService[];
  /** True for what belongs to one of them: its objects say nothing that is not said by "it comes" or "it goes". */
  owns(object: TreeObject): boolean;
  ownsTeam(team: string): boolean;
  /** Of a service whose team comes or goes, too. */
  ownsService(service: string): boolean;
}

const environmentsOf = once((_: TreeComparison): Map<string, Whole> => new Map());

/**
 * What is wholly new or wholly gone in an environment.
 *
 * A service is new where it has objects on the later side and none on the earlier one. It may have changed hands: then it is gone for one team, and new for
 * another.
 */
export function wholeIn(comparison: TreeComparison, environment: string): Whole {
  const known = environmentsOf(comparison);
  const whole = known.get(environment) ?? readWhole(comparison, environment);
  known.set(environment, whole);
  return whole;
}

function readWhole(comparison: TreeComparison, environment: string): Whole {
  const fate = fateOf(comparison, environment);
  if (fate !== undefined) {
    return {
      environment: fate,
      teams: [],
      services: [],
      owns: () => true,
      ownsTeam: () => true,
      ownsService: () => true,
    };
  }
  const teams = wholesBy(comparison, environment, ({ entry }) => entry.team);
  const services = wholesBy(comparison, environment, ({ entry }) =>
    entry.service === undefined ? undefined : placeOf(entry.team, entry.service),
  );
  const ownedTeams = new Set(teams.map(({ key }) => key));
  const ownedPlaces = new Set(services.map(({ key }) => key));
  const ownedServices = new Set(services.map(({ key }) => serviceOf(key)));
  return {
    teams: teams.map(({ key, fate: each, objects }) => ({ fate: each, team: key, objects })),
    services: services.flatMap(({ key, fate: each, objects }): readonly WholeService[] => {
      const team = objects[0]?.entry.team;
      if (team !== undefined && ownedTeams.has(team)) return [];
      return [{ fate: each, service: serviceOf(key), ...(team === undefined ? {} : { team }), objects }];
    }),
    owns: ({ entry: { team, service } }) =>
      (team !== undefined && ownedTeams.has(team)) ||
      (service !== undefined && ownedPlaces.has(placeOf(team, service))),
    ownsTeam: (team) => ownedTeams.has(team),
    ownsService: (service) => ownedServices.has(service),
  };
}

function fateOf({ before, after }: TreeComparison, environment: string): Fate | undefined {
  if (!before.environments.includes(environment)) return "added";
  return after.environments.includes(environment) ? undefined : "removed";
}

interface Found {
  readonly key: string;
  readonly fate: Fate;
  readonly objects: readonly TreeObject[];
}

/** Those whose objects were all added, or all removed. */
function wholesBy(
  comparison: TreeComparison,
  environment: string,
  keyOf: (object: TreeObject) => string | undefined,
): readonly Found[] {
  const candidates = new Map<string, { fate: Fate | "mixed"; objects: TreeObject[] }>();
  const note = (key: string | undefined, fate: Fate | "mixed", object: TreeObject): void => {
    if (key === undefined) return;
    const known = candidates.get(key) ?? { fate, objects: [] };
    known.objects.push(object);
    if (known.fate !== fate) known.fate = "mixed";
    candidates.set(key, known);
  };
  for (const { before, after } of comparison.changesIn(environment)) {
    const [was, is] = [before && keyOf(before), after && keyOf(after)];
    // An object that changes hands comes for one and goes for the other.
    if (before !== undefined && was !== is) note(was, "removed", before);
    if (after !== undefined) note(is, was === is ? "mixed" : "added", after);
  }
  return [...candidates].flatMap(([key, { fate, objects }]): readonly Found[] => {
    if (fate === "mixed") return [];
    const otherSide = fate === "added" ? comparison.before : comparison.after;
    return hasAny(otherSide, environment, key, keyOf) ? [] : [{ key, fate, objects }];
  });
}

/** True where something of it is on one side, changed or not. Only files are read that bear its name, or no name that Plinth gave. */
function hasAny(
  tree: Tree,
  environment: string,
  key: string,
  keyOf: (object: TreeObject) => string | undefined,
): boolean {
  const nameless = new Set(tree.unknownFiles);
  // Names are DNS labels: none has a meaning in an expression.
  const named = new RegExp(`(?:^|[/.-])${serviceOf(key)}(?:[/.-]|$)`);
  const paths = tree.files.paths.filter((path) => (nameless.has(path) || named.test(path)) && tree.holdsObjects(path));
  return tree
    .objectsOf(paths)
    .some((object) => (object.environment ?? environment) === environment && keyOf(object) === key);
}

function placeOf(team: string | undefined, service: string): string {
  return `${team ?? ""}/${service}`;
}

function serviceOf(place: string): string {
  return place.slice(place.indexOf("/") + 1);
}
