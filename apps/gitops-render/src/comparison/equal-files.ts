import { type FileObjects, readObjects } from "./read-objects.ts";
import type { TreeFiles } from "./tree-files.ts";

/** Files that both sides of a comparison have with the same bytes: read once, from one of them, so that what is equal is one object on both sides. */
export interface EqualFiles {
  has(path: string): boolean;
  /** What they hold, of those that can be read at all. */
  read(paths: readonly string[]): ReadonlyMap<string, FileObjects>;
}

/**
 * Files that are equal, where nobody has read them yet.
 *
 * @param files Any side that has them.
 */
export function equalFiles(files: TreeFiles, isEqual: (path: string) => boolean): EqualFiles {
  const known = new Map<string, FileObjects>();
  return {
    has: isEqual,
    read: (paths) => {
      const missing = paths.filter((path) => !known.has(path));
      if (missing.length > 0) for (const [path, objects] of readFiles(files, missing)) known.set(path, objects);
      return new Map(
        paths.flatMap((path): [string, FileObjects][] => {
          const objects = known.get(path);
          return objects === undefined ? [] : [[path, objects]];
        }),
      );
    },
  };
}

/** What several files hold, read together. */
export function readFiles(files: TreeFiles, paths: readonly string[]): ReadonlyMap<string, FileObjects> {
  return new Map(
    [...files.read(paths)].map(([path, { text, finding }]): [string, FileObjects] => [
      path,
      text === undefined
        ? { resources: [], others: false, unread: true, ...(finding === undefined ? {} : { finding }) }
        : readObjects(path, text),
    ]),
  );
}
