import { type Finding, hasErrors } from "@plinth/core";
import type { Tree } from "../comparison/tree-comparison.ts";
import type { Sources } from "../rendering/prepare.ts";
import { gitIn, textOfRun } from "../trees/git.ts";
import { findCommit } from "../trees/git-revision.ts";
import type { ReadTree } from "../trees/read-tree.ts";
import { treeOfFolder } from "../trees/tree-of-folder.ts";
import { treeOfModel } from "../trees/tree-of-model.ts";
import { treeOfRevision } from "../trees/tree-of-revision.ts";
import type { FileSystem } from "../writing/file-system.ts";

/** What is compared with what, as it was typed. */
export interface SideOptions extends Sources {
  /** A folder, or a Git revision whose output folder is meant. */
  readonly before?: string;
  readonly after?: string;
  /** A revision: where this branch left it is the earlier side. */
  readonly base?: string;
  /** The later side is what a render would write now. */
  readonly model: boolean;
}

/** Both trees, or why there is none. */
export type Sides =
  | { readonly before: Tree; readonly after: Tree; readonly findings: readonly Finding[] }
  | { readonly before?: never; readonly after?: never; readonly findings: readonly Finding[] };

/**
 * The two trees that are meant:
 *
 * - nothing named: the output folder and the model
 * - `--base <revision>`: where this branch left that revision, and the output folder
 * - one name: it and the output folder
 * - two names: those
 *
 * With `--model` the later side is the model.
 */
export async function sidesOf(options: SideOptions, fileSystem: FileSystem): Promise<Sides> {
  const wrong = contradictions(options);
  if (wrong.length > 0) return { findings: wrong };
  const { before, after, base, model, out } = options;
  const earlier =
    base !== undefined ? branchingPoint(base, options) : { ...named(before ?? out, options, fileSystem), notes: [] };
  const fromModel = model || (base === undefined && before === undefined);
  const later = fromModel ? await modelTree(options, fileSystem) : named(after ?? out, options, fileSystem);
  const findings = [...earlier.notes, ...(earlier.findings ?? []), ...(later.findings ?? [])];
  return earlier.tree === undefined || later.tree === undefined
    ? { findings }
    : { before: earlier.tree, after: later.tree, findings };
}

function contradictions({ before, after, base, model }: SideOptions): readonly Finding[] {
  const refuse = (message: string, expected: string, example: string): readonly Finding[] => [
    { code: "conflicting-fields", severity: "error", message, expected, example },
  ];
  if (base !== undefined && before !== undefined)
    return refuse(
      "--base names the earlier side, and so does the first name",
      "one of them",
      "gitops-render diff --base origin/main",
    );
  if (model && after !== undefined)
    return refuse(
      "--model is the later side, and so is the second name",
      "one of them",
      `gitops-render diff ${before ?? "origin/main"} --model`,
    );
  return [];
}

/** A folder where there is one of that name, else a revision. */
function named(name: string, { out, root }: SideOptions, fileSystem: FileSystem): ReadTree {
  const isFolder = fileSystem.kindOf(name) !== undefined || name === out;
  return isFolder ? treeOfFolder(name.replace(/(?<=.)\/+$/, ""), fileSystem) : treeOfRevision(name, out, root);
}

/**
 * The tree where the branch that is checked out left another one: what that one got since is not taken for a change back.
 *
 * @see https://git-scm.com/docs/git-merge-base
 */
function branchingPoint(
  revision: string,
  { out, root }: SideOptions,
): ReadTree & { readonly notes: readonly Finding[] } {
  const git = gitIn(root);
  const { commit, finding } = findCommit(revision, git);
  if (commit === undefined) return { findings: [finding], notes: [] };
  const point = textOfRun(git(["merge-base", commit, "HEAD"]));
  const notes: readonly Finding[] =
    point === ""
      ? [
          {
            code: "not-compared",
            severity: "warning",
            message: `where this branch left ${revision} is not known; compared with ${revision} as it is`,
            expected: "a history that has the commit from which both come",
            hint: "git fetch --unshallow, or fetch-depth: 0 in the pipeline's checkout",
          },
        ]
      : [];
  const read = treeOfRevision(point === "" ? commit : point, out, root, git);
  return read.tree === undefined ? { ...read, notes } : { tree: { ...read.tree, name: revision }, notes };
}

async function modelTree(options: SideOptions, fileSystem: FileSystem): Promise<ReadTree> {
  const everything = { environments: [], teams: [], services: [], components: [] };
  // Rendering takes every factory along: who compares two trees does without.
  const { prepare } = await import("../rendering/prepare.ts");
  const prepared = await prepare(options, everything, fileSystem);
  if (!("output" in prepared) || hasErrors(prepared.findings)) return { findings: prepared.findings };
  return { tree: treeOfModel(prepared.output) };
}
