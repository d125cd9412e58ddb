import type { ApplicationFolder } from "../component.ts";
import type { Environment } from "../model/environment.ts";
import { groupOf, type Resource } from "../resource/resource.ts";
import { compareTexts } from "../text-order.ts";
import { placeFolder } from "./paths.ts";
import type { Place } from "./place.ts";

/** A folder of the application layer while components still add to it. */
export interface GrowingFolder {
  readonly environment: Environment;
  readonly folder: Omit<ApplicationFolder, "kinds">;
  /** By `group/kind`. */
  readonly kinds: Map<string, { readonly group: string; readonly kind: string }>;
}

/** Notes what a component puts into the folder of its place. */
export function addToFolder(folders: Map<string, GrowingFolder>, place: Place, resources: readonly Resource[]): void {
  const { component, environment, team, service } = place;
  if (component.layer !== "application" || environment === undefined || team === undefined || resources.length === 0)
    return;
  const path = placeFolder(place);
  const known = folders.get(path) ?? {
    environment,
    folder: { path, team, ...(service === undefined ? {} : { service }) },
    kinds: new Map(),
  };
  folders.set(path, known);
  for (const resource of resources)
    known.kinds.set(`${groupOf(resource)}/${resource.kind}`, { group: groupOf(resource), kind: resource.kind });
}

/** The folders of an environment that hold something, by path. */
export function foldersIn(folders: ReadonlyMap<string, GrowingFolder>, environment: Environment): ApplicationFolder[] {
  return [...folders.values()]
    .filter((growing) => growing.environment === environment)
    .map(
      ({ folder, kinds }): ApplicationFolder => ({
        ...folder,
        kinds: [...kinds].sort(([a], [b]) => compareTexts(a, b)).map(([, kind]) => kind),
      }),
    )
    .sort((a, b) => compareTexts(a.path, b.path));
}
