import { describeResource, type Finding } from "@plinth/core";
import type { Tree, TreeObject } from "./tree-comparison.ts";
import { environmentOfPath } from "./tree-layout.ts";

/** The objects of one side that may have changed: by identity, then by environment, nothing for what all have in common. */
export type ObjectsByIdentity = ReadonlyMap<string, ReadonlyMap<string | undefined, TreeObject>>;

/** The objects of some files of a tree, and what is in it twice. */
export function collectObjects(
  tree: Tree,
  objects: readonly TreeObject[],
): { readonly byIdentity: ObjectsByIdentity; readonly findings: readonly Finding[] } {
  const byIdentity = new Map<string, Map<string | undefined, TreeObject>>();
  const findings: Finding[] = [];
  for (const object of objects) {
    const places = byIdentity.get(object.identity) ?? new Map<string | undefined, TreeObject>();
    byIdentity.set(object.identity, places);
    const other =
      places.get(object.environment) ??
      (object.environment === undefined ? [...places.values()][0] : places.get(undefined));
    if (other !== undefined) findings.push(twice(tree, object, other));
    // What is applied later holds: kubectl goes through files in the order of their names.
    places.set(object.environment, object);
  }
  return { byIdentity, findings };
}

function twice(tree: Tree, object: TreeObject, other: TreeObject): Finding {
  return {
    code: "duplicate-resource",
    severity: "error",
    resource: describeResource(object.resource),
    file: object.path,
    message: `in ${tree.name}: is there twice in one environment: ${other.path === object.path ? "two documents of one file" : `also in ${other.path}`}`,
    expected: "one object in one file: which of the two holds depends on who applies them",
    hint: "remove one of the two",
  };
}

/** Objects in files that did not change and that share an identity with one that did. */
export function unchangedNamesakes(
  tree: Tree,
  changedPaths: ReadonlySet<string>,
  changed: readonly TreeObject[],
): readonly TreeObject[] {
  if (changed.length === 0) return [];
  const identities = new Set(changed.map(({ identity }) => identity));
  const pathsByName = new Map<string, string[]>();
  for (const path of tree.files.paths) {
    if (changedPaths.has(path) || !tree.holdsObjects(path)) continue;
    const name = fileName(path);
    const paths = pathsByName.get(name);
    if (paths === undefined) pathsByName.set(name, [path]);
    else paths.push(path);
  }
  // Plinth names a file after its object; any other file may hold anything.
  const candidates = new Set(tree.unknownFiles.filter((path) => !changedPaths.has(path)));
  for (const { path, environment } of changed)
    for (const namesake of pathsByName.get(fileName(path)) ?? []) {
      const place = environmentOfPath(namesake);
      if (place === undefined || environment === undefined || place === environment) candidates.add(namesake);
    }
  return tree.objectsOf([...candidates].sort()).filter(({ identity }) => identities.has(identity));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
