import { isRecord } from "@plinth/core";
import type { FieldChange, RenamedEnvironment, Tree, TreeObject } from "./tree-comparison.ts";
import { environmentOfPath } from "./tree-layout.ts";

// Environments of one platform have nearly the same files; a new one beside a removed one has at least this share.
const minCommonShare = 0.8;

/**
 * Environments that are called by another name: one is gone, one is new, and at least four fifths of their files are the same but for the name. Each is a part of one rename at
 * most; of several candidates those with the most in common are one.
 */
export function renamedEnvironments(before: Tree, after: Tree): readonly RenamedEnvironment[] {
  const gone = before.environments.filter((environment) => !after.environments.includes(environment));
  const come = after.environments.filter((environment) => !before.environments.includes(environment));
  if (gone.length === 0 || come.length === 0) return [];
  const goneFiles = namelessFiles(before, gone);
  const comeFiles = namelessFiles(after, come);
  const candidates = gone
    .flatMap((one) =>
      come.map((other) => {
        const [left = new Map(), right = new Map()] = [goneFiles.get(one), comeFiles.get(other)];
        const common = [...left.keys()].filter((path) => right.has(path));
        const files = Math.max(left.size, right.size);
        return { before: one, after: other, commonFiles: common.length, files, left, right, common };
      }),
    )
    .filter(({ commonFiles, files }) => commonFiles >= files * minCommonShare);
  const likeness = candidates.length > 1 ? candidates.map((candidate) => sameTexts(before, after, candidate)) : [0];
  const ranked = candidates
    .map((candidate, place) => ({ ...candidate, sameTexts: likeness[place] ?? 0 }))
    .sort((a, b) => b.commonFiles / b.files - a.commonFiles / a.files || b.sameTexts - a.sameTexts);
  const renames: RenamedEnvironment[] = [];
  for (const { before: one, after: other, commonFiles, files } of ranked)
    if (!renames.some((rename) => rename.before === one || rename.after === other))
      renames.push({ before: one, after: other, commonFiles, files });
  return renames;
}

/** The files of some environments: by their paths without the environment's name, their paths. */
function namelessFiles(tree: Tree, environments: readonly string[]): ReadonlyMap<string, Map<string, string>> {
  const files = new Map(environments.map((environment) => [environment, new Map<string, string>()]));
  for (const path of tree.files.paths) {
    const environment = tree.holdsObjects(path) ? environmentOfPath(path) : undefined;
    if (environment !== undefined) files.get(environment)?.set(withoutName(path, environment), path);
  }
  return files;
}

// All environments of a platform may have the same files: then texts decide, of which some are enough.
const maxTexts = 300;

function sameTexts(
  before: Tree,
  after: Tree,
  candidate: {
    readonly before: string;
    readonly after: string;
    readonly common: readonly string[];
    readonly left: ReadonlyMap<string, string>;
    readonly right: ReadonlyMap<string, string>;
  },
): number {
  const common = candidate.common.slice(0, maxTexts);
  const pathsOf = (paths: ReadonlyMap<string, string>): readonly string[] =>
    common.map((path) => paths.get(path) ?? "");
  const textsBefore = before.files.read(pathsOf(candidate.left));
  const textsAfter = after.files.read(pathsOf(candidate.right));
  return common.filter((path) => {
    const one = textsBefore.get(candidate.left.get(path) ?? "")?.text;
    const other = textsAfter.get(candidate.right.get(path) ?? "")?.text;
    return (
      one !== undefined &&
      other !== undefined &&
      withoutSignature(withoutName(one, candidate.before)) === withoutSignature(withoutName(other, candidate.after))
    );
  }).length;
}

function withoutSignature(text: string): string {
  return text.replace(/SignedSource<<[0-9a-f]{64}>>/, "");
}

function withoutName(text: string, environment: string): string {
  return withOtherName(text, environment, "\0");
}

/**
 * The text with another name of an environment in the place of its own; a part of a longer word is no name.
 *
 * @example
 * withOtherName("application-dev-cart of developers", "dev", "test"); // "application-test-cart of developers"
 */
export function withOtherName(text: string, name: string, other: string): string {
  if (!text.includes(name)) return text;
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`, "g"), () => other);
}

/** The text as a regular expression that matches it. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|-]/g, "\\$&");
}

/** The earlier tree with the later names of its environments: who asks it for a renamed one gets the objects that it had under its old name. */
export function withLaterNames(tree: Tree, renames: readonly RenamedEnvironment[]): Tree {
  if (renames.length === 0) return tree;
  const laterName = new Map(renames.map(({ before, after }) => [before, after]));
  const earlierName = new Map(renames.map(({ before, after }) => [after, before]));
  const known = new WeakMap<TreeObject, TreeObject>();
  const renamed = (object: TreeObject): TreeObject => {
    const environment = object.environment === undefined ? undefined : laterName.get(object.environment);
    if (environment === undefined) return object;
    const there = known.get(object) ?? { ...object, environment };
    known.set(object, there);
    return there;
  };
  return {
    ...tree,
    withEqualFiles: (equal) => withLaterNames(tree.withEqualFiles(equal), renames),
    environments: tree.environments.map((environment) => laterName.get(environment) ?? environment).sort(),
    objectsIn: (environment, ...kinds) =>
      tree.objectsIn(earlierName.get(environment) ?? environment, ...kinds).map(renamed),
    objectsOf: (paths) => tree.objectsOf(paths).map(renamed),
  };
}

/** The fields that say more than that an environment has another name. */
export function withoutRename(
  fields: readonly FieldChange[],
  { before, after }: RenamedEnvironment,
): readonly FieldChange[] {
  const later = (value: unknown): unknown => renamedValue(value, before, after);
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(later(one)) === JSON.stringify(other);
  // A key with the name in it goes under one name and comes under the other.
  const come = fields.filter((field) => field.before === undefined);
  const pairs = fields
    .filter((field) => field.after === undefined)
    .flatMap((field) => {
      const path = later(field.path);
      const other = come.find((candidate) => candidate.path === path && isSame(field.before, candidate.after));
      return other === undefined ? [] : [field, other];
    });
  return fields.filter(
    (field) =>
      !pairs.includes(field) &&
      (field.secret === true ||
        field.before === undefined ||
        field.after === undefined ||
        !isSame(field.before, field.after)),
  );
}

function renamedValue(value: unknown, name: string, other: string): unknown {
  if (typeof value === "string") return withOtherName(value, name, other);
  if (Array.isArray(value)) return value.map((member) => renamedValue(member, name, other));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [withOtherName(key, name, other), renamedValue(field, name, other)]),
  );
}
