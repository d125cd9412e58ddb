import type { Tree } from "./tree-comparison.ts";
import { haveSameBody, haveSameContent } from "./tree-files.ts";

/** Paths whose bytes are not the same on both sides, or that are on one side alone. */
export interface ChangedPaths {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Files with objects whose bytes are the same. */
  readonly equal: ReadonlySet<string>;
  /** Changed files with objects that differ in no more than the comments above the first object. */
  readonly sameBody: ReadonlySet<string>;
}

/** Compares two trees file by file, by their bytes or by Git's ids of them. Nothing is parsed. */
export function changedPaths(before: Tree, after: Tree): ChangedPaths {
  const changed = { before: [] as string[], after: [] as string[] };
  const equal = new Set<string>();
  const sameBody = new Set<string>();
  for (const path of before.files.paths) {
    if (!after.files.has(path) || !haveSameContent(before.files, after.files, path)) changed.before.push(path);
    else if (before.holdsObjects(path)) equal.add(path);
  }
  const differing = new Set(changed.before);
  for (const path of changed.before)
    if (after.files.has(path) && before.holdsObjects(path) && haveSameBody(before.files, after.files, path))
      sameBody.add(path);
  for (const path of after.files.paths) if (!before.files.has(path) || differing.has(path)) changed.after.push(path);
  return { ...changed, equal, sameBody };
}
