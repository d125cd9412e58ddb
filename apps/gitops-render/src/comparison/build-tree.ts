import { type Finding, groupOf, indexPath, parseIndex, type RenderedIndex, textMapAt } from "@plinth/core";
import { type EqualFiles, readFiles } from "./equal-files.ts";
import { type FileObjects, objectIdentity } from "./read-objects.ts";
import type { Tree, TreeObject } from "./tree-comparison.ts";
import { filesOfTexts, notCompared, type TreeFiles } from "./tree-files.ts";
import {
  entryOf,
  environmentOfPath,
  filesByKind,
  hasLayers,
  isManifestPath,
  type KindName,
  kindNamed,
} from "./tree-layout.ts";

/**
 * A tree of texts that are at hand.
 *
 * @param texts By path below the tree's root; with or without an `index.json`.
 * @example
 * treeOfFiles("before", new Map([["application/production/backend/cart/serviceaccount-cart.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: cart }\n"]]));
 */
export function treeOfFiles(name: string, texts: ReadonlyMap<string, string | (() => string)>): Tree {
  return buildTree(name, filesOfTexts(texts));
}

/** A tree of files, wherever they lie. Of a file that Plinth's index knows its name says the kind; any other is read when somebody asks for objects. */
export function buildTree(name: string, files: TreeFiles): Tree {
  return treeOver(name, layoutOf(files));
}

/** What paths and the index say, before any file is read. */
interface TreeLayout {
  readonly files: TreeFiles;
  readonly index: RenderedIndex;
  readonly manifests: ReadonlySet<string>;
  readonly environments: readonly string[];
  /** The files of an environment that could hold one of these kinds; all of them where none is named. */
  pathsIn(environment: string, kinds: readonly KindName[]): readonly string[];
  readonly unknownFiles: readonly string[];
  readonly findings: readonly Finding[];
}

function layoutOf(files: TreeFiles): TreeLayout {
  const findings: Finding[] = [...files.findings];
  const index = readIndex(files, findings);
  const layered = hasLayers(files.paths);
  const manifests = new Set(files.paths.filter((path) => isManifestPath(path, layered)));
  const pathsByEnvironment = groupByEnvironment(manifests);
  const findIn = new Map<string, ReturnType<typeof pathFinder>>();
  return {
    files,
    index,
    manifests,
    environments: [...pathsByEnvironment.keys()].filter((environment) => environment !== undefined).sort(),
    pathsIn: (environment, kinds) => {
      const own = pathsByEnvironment.get(environment);
      if (own === undefined) return [];
      const find = findIn.get(environment) ?? pathFinder([...(pathsByEnvironment.get(undefined) ?? []), ...own], index);
      findIn.set(environment, find);
      return find(kinds);
    },
    unknownFiles: [...manifests].filter((path) => !index.has(path)),
    findings,
  };
}

/** Finds files by the kinds that they may hold: by their names where the index vouches for them, and any other whatever its name. */
function pathFinder(paths: readonly string[], index: RenderedIndex): (kinds: readonly KindName[]) => readonly string[] {
  const places = new Map(paths.map((path, place) => [path, place]));
  const ofKinds = filesByKind(paths.filter((path) => index.has(path)));
  const unknown = paths.filter((path) => !index.has(path));
  return (kinds) =>
    kinds.length === 0
      ? paths
      : [...ofKinds(kinds), ...unknown].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

function treeOver(name: string, layout: TreeLayout, equal?: EqualFiles): Tree {
  const { files, index, manifests, environments, pathsIn, unknownFiles } = layout;
  const findings: Finding[] = [...layout.findings];
  const objects = new Map<string, readonly TreeObject[]>();
  const mixed = new Set<string>();

  const take = (path: string, { resources, others, unread, finding }: FileObjects): readonly TreeObject[] => {
    if (finding !== undefined) findings.push(finding);
    if (unread === undefined && (others || resources.length === 0)) mixed.add(path);
    const environment = environmentOfPath(path);
    return resources.map((resource) => ({
      identity: objectIdentity(resource),
      resource,
      path,
      ...(environment === undefined ? {} : { environment }),
      entry: index.get(path) ?? entryOf(path, textMapAt(resource, "metadata", "labels")),
    }));
  };

  const objectsOf = (paths: readonly string[]): readonly TreeObject[] => {
    const missing = paths.filter((path) => manifests.has(path) && !objects.has(path));
    if (missing.length > 0) {
      const isEqual = (path: string): boolean => equal?.has(path) === true;
      const [theirs, own] = [missing.filter(isEqual), missing.filter((path) => !isEqual(path))];
      for (const [path, read] of equal?.read(theirs) ?? []) objects.set(path, take(path, read));
      for (const [path, read] of readFiles(files, own)) objects.set(path, take(path, read));
    }
    return paths.flatMap((path) => objects.get(path) ?? []);
  };

  const answers = new Map<string, readonly TreeObject[]>();
  return {
    name,
    environments,
    files,
    objectsOf,
    holdsObjects: (path) => manifests.has(path),
    holdsDocuments: (path) => {
      if (!manifests.has(path)) return true;
      objectsOf([path]);
      return mixed.has(path);
    },
    unknownFiles,
    withEqualFiles: (others) => treeOver(name, layout, others),
    findings: () => findings,
    objectsIn: (environment, ...kinds) => {
      const question = [environment, ...kinds].join("\0");
      const known = answers.get(question);
      if (known !== undefined) return known;
      const wanted = kinds.map(kindNamed);
      const candidates = pathsIn(environment, wanted);
      const answer = objectsOf(candidates).filter((object) => isOfKind(object, wanted));
      answers.set(question, answer);
      return answer;
    },
  };
}

/** True for an object of one of the kinds, or where none is asked for. */
export function isOfKind({ resource }: TreeObject, kinds: readonly KindName[]): boolean {
  return (
    kinds.length === 0 ||
    kinds.some(({ kind, group }) => kind === resource.kind && (group === undefined || group === groupOf(resource)))
  );
}

function groupByEnvironment(paths: Iterable<string>): Map<string | undefined, string[]> {
  const groups = new Map<string | undefined, string[]>();
  for (const path of paths) {
    const environment = environmentOfPath(path);
    const group = groups.get(environment);
    if (group === undefined) groups.set(environment, [path]);
    else group.push(path);
  }
  return groups;
}

function readIndex(files: TreeFiles, findings: Finding[]): RenderedIndex {
  if (!files.has(indexPath)) return new Map();
  const { text, finding } = files.read([indexPath]).get(indexPath) ?? {};
  if (finding !== undefined) findings.push(finding);
  if (text === undefined) return new Map();
  const parsed = parseIndex(text);
  if ("index" in parsed) return parsed.index;
  findings.push(
    notCompared(indexPath, `the index ${parsed.problem}`, "the index that Plinth wrote: whose each file is").finding,
  );
  return new Map();
}
