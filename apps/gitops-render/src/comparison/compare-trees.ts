import type { Finding } from "@plinth/core";
import { isOfKind } from "./build-tree.ts";
import { changedPaths } from "./changed-paths.ts";
import { collectObjects, unchangedNamesakes } from "./collect-objects.ts";
import { compareObjects } from "./compare-objects.ts";
import { documentChanges } from "./document-changes.ts";
import { equalFiles } from "./equal-files.ts";
import { type ObjectPair, objectPairs } from "./object-pairs.ts";
import { renamedEnvironments, withLaterNames, withOtherName } from "./renamed-environments.ts";
import type { ObjectChange, RenamedEnvironment, Tree, TreeComparison, TreeObject } from "./tree-comparison.ts";
import { kindNamed } from "./tree-layout.ts";

/**
 * Compares two trees object by object: what was added, removed, changed, moved, and what is written anew and means the same. Files with equal bytes are not parsed.
 *
 * An object is the same one when group, kind, namespace and name are; a new version of its API is a change. What all environments have in common is told once; an object that was
 * in common and is no longer, or the other way round, is compared in each environment.
 *
 * @example
 * compareTrees(treeOfFiles("main", new Map()), treeOfFiles("the model", new Map())).changes; // []
 */
export function compareTrees(earlier: Tree, later: Tree): TreeComparison {
  const renamed = renamedEnvironments(earlier, later);
  const paths = changedPaths(earlier, later);
  // Git hands out contents at a price: where a folder has the same bytes they are read there.
  const cheaper = later.files.hashing === undefined ? later.files : earlier.files;
  const equal = equalFiles(cheaper, (path) => paths.equal.has(path) || paths.sameBody.has(path));
  // Whoever has the tree may call it otherwise than what it was read from.
  const before = withLaterNames({ ...earlier.withEqualFiles(equal), name: earlier.name }, renamed);
  const after = { ...later.withEqualFiles(equal), name: later.name };
  const environments = [...new Set([...after.environments, ...before.environments])];
  const sides = { before: readSide(before, paths.before), after: readSide(after, paths.after) };
  const namesakes = unchangedNamesakes(after, new Set([...paths.before, ...paths.after]), [
    ...sides.before.objects,
    ...sides.after.objects,
  ]);
  const unchanged = new Set(namesakes.map(({ path }) => path));
  const collect = (tree: Tree, objects: readonly TreeObject[]): ReturnType<typeof collectObjects> => {
    const wanted = new Set(namesakes.map(({ identity }) => identity));
    const others = tree.objectsOf([...unchanged]).filter(({ identity }) => wanted.has(identity));
    return collectObjects(tree, [...others, ...objects]);
  };
  const collected = { before: collect(before, sides.before.objects), after: collect(after, sides.after.objects) };
  const renames = new Map(renamed.map((rename) => [rename.after, rename]));
  const pairs = objectPairs(
    { objects: collected.before.byIdentity, environments: before.environments },
    { objects: collected.after.byIdentity, environments: after.environments },
    environments,
    renames,
  );
  const changes = pairs
    .filter((pair) => isKnown(pair, sides.before.unread, sides.after.unread, renames) && !isUntouched(pair, unchanged))
    .flatMap((pair) => changeOf(pair, before, after, renames))
    .sort(byEnvironment(environments));
  return {
    before,
    after,
    environments,
    renamedEnvironments: renamed,
    changes,
    documents: documentChanges(
      { tree: before, paths: sides.before.documents },
      { tree: after, paths: sides.after.documents },
      renamed,
    ),
    equalFiles: paths.equal.size,
    changesIn: changesByEnvironment(before, after, changes),
    findings: () => [
      ...asWarnings([...findingsIn(before), ...collected.before.findings]),
      ...findingsIn(after),
      ...collected.after.findings,
    ],
  };
}

/** What the changed files of one side hold. */
interface ReadSide {
  readonly objects: readonly TreeObject[];
  /** Files that could not be read. */
  readonly unread: ReadonlySet<string>;
  /** Files that hold something besides objects. */
  readonly documents: readonly string[];
}

function readSide(tree: Tree, paths: readonly string[]): ReadSide {
  const objects = tree.objectsOf(paths);
  const unread = new Set(
    tree
      .findings()
      .flatMap(({ code, source }) => (code === "not-compared" && source !== undefined ? [source.file] : [])),
  );
  return { objects, unread, documents: paths.filter((path) => !unread.has(path) && tree.holdsDocuments(path)) };
}

/** False where the file that had the object, or has it, cannot be read: what became of it cannot be said. */
function isKnown(
  { environment, before, after }: ObjectPair,
  unreadBefore: ReadonlySet<string>,
  unreadAfter: ReadonlySet<string>,
  renames: ReadonlyMap<string, RenamedEnvironment>,
): boolean {
  const rename = renames.get(environment ?? "");
  const pathsOf = (path: string): readonly string[] =>
    rename === undefined
      ? [path]
      : [path, withOtherName(path, rename.before, rename.after), withOtherName(path, rename.after, rename.before)];
  if (before === undefined) return after === undefined || !pathsOf(after.path).some((path) => unreadBefore.has(path));
  return after !== undefined || !pathsOf(before.path).some((path) => unreadAfter.has(path));
}

function isUntouched({ before, after }: ObjectPair, unchanged: ReadonlySet<string>): boolean {
  return before !== undefined && before.path === after?.path && unchanged.has(before.path);
}

function changeOf(
  { environment, before, after }: ObjectPair,
  treeBefore: Tree,
  treeAfter: Tree,
  renames: ReadonlyMap<string, RenamedEnvironment>,
): readonly ObjectChange[] {
  const rename = environment === undefined ? undefined : renames.get(environment);
  const isShared = (tree: Tree, object: TreeObject | undefined): boolean =>
    object !== undefined && tree.objectsOf([object.path]).length > 1;
  const change = compareObjects(before, after, {
    shared: isShared(treeBefore, before) || isShared(treeAfter, after),
    ...(environment === undefined ? {} : { environment }),
    ...(rename === undefined ? {} : { rename }),
  });
  return change === undefined ? [] : [change];
}

/** What all have in common first, then environment by environment, by identity. */
function byEnvironment(environments: readonly string[]): (a: ObjectChange, b: ObjectChange) => number {
  const rank = ({ environment }: ObjectChange): number =>
    environment === undefined ? -1 : environments.indexOf(environment);
  const identity = ({ before, after }: ObjectChange): string => (after ?? before)?.identity ?? "";
  return (a, b) => rank(a) - rank(b) || (identity(a) < identity(b) ? -1 : 1);
}

function changesByEnvironment(
  before: Tree,
  after: Tree,
  changes: readonly ObjectChange[],
): (environment: string, ...kinds: readonly string[]) => readonly ObjectChange[] {
  const told = new Map<string | undefined, ObjectChange[]>();
  for (const change of changes) {
    if (change.kind === "generated-only") continue;
    const known = told.get(change.environment);
    if (known === undefined) told.set(change.environment, [change]);
    else known.push(change);
  }
  return (environment, ...kinds) => {
    const [isBefore, isAfter] = [before.environments.includes(environment), after.environments.includes(environment)];
    // An environment that comes or goes takes along what all have in common, changed or not.
    if (isBefore !== isAfter)
      return (isAfter ? after : before)
        .objectsIn(environment, ...kinds)
        .map(
          (object): ObjectChange =>
            isAfter
              ? { kind: "added", environment, after: object, fields: [] }
              : { kind: "removed", environment, before: object, fields: [] },
        );
    const wanted = kinds.map(kindNamed);
    return [...(told.get(undefined) ?? []), ...(told.get(environment) ?? [])].filter((change) => {
      const object = change.after ?? change.before;
      return object !== undefined && isOfKind(object, wanted);
    });
  };
}

function findingsIn(tree: Tree): readonly Finding[] {
  return tree.findings().map((finding) => ({ ...finding, message: `in ${tree.name}: ${finding.message}` }));
}

/** What is wrong with the earlier tree hides something, but is nobody's to mend now. */
function asWarnings(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, severity: "warning" }));
}
