import type { Finding, IndexEntry, Resource } from "@plinth/core";
import type { EqualFiles } from "./equal-files.ts";
import type { TreeFiles } from "./tree-files.ts";

/** One object of a tree, and where it stands. */
export interface TreeObject {
  /** `<group>/<kind>/<namespace>/<name>`: what makes two objects one in a cluster, the version left out. */
  readonly identity: string;
  readonly resource: Resource;
  /** The file that holds it, below the tree's root. */
  readonly path: string;
  /** Where it is applied; left out for what is equal in all environments (`foundation/base`). */
  readonly environment?: string;
  /** Component, team, service and source, as the tree's index says them. */
  readonly entry: IndexEntry;
}

/** One side of a comparison. Files are read and parsed when somebody asks for their objects, and once. */
export interface Tree {
  /** What a reader calls it: `origin/main`, `rendered`, `the model`. */
  readonly name: string;
  readonly environments: readonly string[];
  /** Every file, objects or not. */
  readonly files: TreeFiles;
  /** What is applied in an environment, what all have in common included; of these kinds only, where some are named (`Role`, `apps/Deployment`). */
  objectsIn(environment: string, ...kinds: readonly string[]): readonly TreeObject[];
  /** The objects of some files, read together. */
  objectsOf(paths: readonly string[]): readonly TreeObject[];
  /** True for a file that holds, or could hold, objects, by its path. */
  holdsObjects(path: string): boolean;
  /** True for a file that holds something besides objects: a page, a kustomization, values. */
  holdsDocuments(path: string): boolean;
  /** The same tree, where some of its files are read from elsewhere: they are equal there. */
  withEqualFiles(equal: EqualFiles): Tree;
  /** Files that no name vouches for: Plinth's index does not know them, so they may hold anything. */
  readonly unknownFiles: readonly string[];
  /** What is wrong with files that have been read so far; nothing of such a file is compared. */
  findings(): readonly Finding[];
}

/** One field that differs, as a person would point at it. */
export interface FieldChange {
  /** `spec.rules[from: frontend].ports[8080]`: list members by what tells them apart, by their place where nothing does. */
  readonly path: string;
  /** Left out where the field was not there. */
  readonly before?: unknown;
  /** Left out where the field is not there any more. */
  readonly after?: unknown;
  /** The value of a Secret: `before` and `after` say that there is one, and never what it is. */
  readonly secret?: true;
  /** The same members in another order, where order has a meaning: `before` and `after` list what tells them apart. */
  readonly order?: true;
}

/**
 * What became of one object in one environment, or in all of them. `moved`: the same object in another file. `generated-only`: other bytes and the same meaning, such as
 * comments, order of keys, or labels and annotations that Plinth stamps on everything.
 */
export interface ObjectChange {
  readonly kind: "added" | "removed" | "changed" | "moved" | "generated-only";
  /** Left out for what is equal in all environments. */
  readonly environment?: string;
  readonly before?: TreeObject;
  readonly after?: TreeObject;
  /** Of a changed object, sorted by path. Labels and annotations that Plinth stamps on everything are not among them. */
  readonly fields: readonly FieldChange[];
}

/** What became of a file that holds no object: a page, a kustomization, the index. */
export interface DocumentChange {
  readonly path: string;
  readonly kind: "added" | "removed" | "changed" | "generated-only";
  /** Left out for what belongs to no environment, or to all. */
  readonly environment?: string;
  /** Lines, the generated header left out. */
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** An environment that vanished while nearly the same files appeared under another name. Its objects are compared with each other. */
export interface RenamedEnvironment {
  readonly before: string;
  readonly after: string;
  /** Files that both have, the environment's name left out of their paths. */
  readonly commonFiles: number;
  /** Files of the one that has more. */
  readonly files: number;
}

/** Two trees, object by object. */
export interface TreeComparison {
  /** The earlier tree; a renamed environment has its later name. */
  readonly before: Tree;
  readonly after: Tree;
  /** Those of both sides, in the order of the later one; an environment may be on one side alone. */
  readonly environments: readonly string[];
  readonly renamedEnvironments: readonly RenamedEnvironment[];
  /** Each object that is not the same byte by byte, sorted by environment and identity. */
  readonly changes: readonly ObjectChange[];
  /** Sorted by path. */
  readonly documents: readonly DocumentChange[];
  /** How many files with objects are equal byte by byte: nobody had to read them. */
  readonly equalFiles: number;
  /**
   * What changed its meaning in an environment, what all have in common included, `generated-only` left out; of these kinds only, where some are named. Of an environment that
   * is on one side alone: everything.
   */
  changesIn(environment: string, ...kinds: readonly string[]): readonly ObjectChange[];
  /** What could not be compared and why, and what is in a tree twice: of everything that has been read so far. */
  findings(): readonly Finding[];
}
