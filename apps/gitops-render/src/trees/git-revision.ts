import { type Finding, nearestName } from "@plinth/core";
import { type Git, type GitRun, textOfRun } from "./git.ts";

/** A commit, or why there is none. */
export type FoundCommit =
  | { readonly commit: string; readonly finding?: never }
  | { readonly commit?: never; readonly finding: Finding };

/**
 * The commit that a revision means: a branch, `origin/main`, a tag, `HEAD~1`, an abbreviated hash.
 *
 * @see https://git-scm.com/docs/gitrevisions
 */
export function findCommit(revision: string, git: Git): FoundCommit {
  if (revision === "" || revision.startsWith("-"))
    return refuse({
      message: `"${revision}" is no Git revision`,
      expected: "a branch, a tag or a commit",
      example: "origin/main",
    });
  const inside = git(["rev-parse", "--is-inside-work-tree", "--is-bare-repository"]);
  if (!inside.ok) return { finding: noRepository(inside) };
  const found = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  const commit = textOfRun(found);
  if (found.ok && /^[0-9a-f]{40,64}$/.test(commit)) return { commit };
  return refuse(explain(revision, git));
}

function refuse(problem: Omit<Finding, "code" | "severity">): FoundCommit {
  return { finding: { code: "tree-not-found", severity: "error", ...problem } };
}

/** Why Git has nothing to say in a folder. */
export function noRepository(run: GitRun): Finding {
  if (run.missing)
    return {
      code: "tool-missing",
      severity: "error",
      message: "git cannot be started: it is not installed, or the folder is not there",
      expected: "Git, to read a revision",
      hint: "install Git, or compare with a folder",
    };
  const isForeign = run.message.includes("dubious ownership");
  return {
    code: "tree-not-found",
    severity: "error",
    message: isForeign
      ? "Git refuses the repository because somebody else owns it"
      : `Git finds no repository here: ${firstLine(run.message)}`,
    expected: "a folder inside a Git repository",
    hint: isForeign
      ? 'git config --global --add safe.directory "$PWD"'
      : "run it in a clone, or compare with a folder instead of a revision",
  };
}

function explain(revision: string, git: Git): Omit<Finding, "code" | "severity"> {
  if (!git(["rev-parse", "--verify", "--quiet", "HEAD"]).ok && !hasCommits(git))
    return {
      message: `there is no revision ${revision}: the repository has no commit yet`,
      expected: "a repository with a history",
      hint: "commit the tree first, or compare with a folder",
    };
  if (/\.\.|[\s:^~?*[\\]/.test(revision.replace(/[~^][0-9~^]*$|\^\{[a-z]+\}$|@\{[^}]*\}/g, "")))
    return {
      message: `"${revision}" does not name one commit`,
      expected: "a branch, a tag or a commit, not a range or a path",
      example: "origin/main",
    };
  const reason = git(["rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`]).message;
  if (/ambiguous/.test(reason) && /short/.test(reason))
    return {
      message: `${revision} is the beginning of several commits`,
      expected: "more digits of the commit",
    };
  const names = referenceNames(git);
  const similar = nearestName(revision, names);
  const isShallow = textOfRun(git(["rev-parse", "--is-shallow-repository"])) === "true";
  return {
    message: isShallow
      ? `there is no revision ${revision} in this clone, which has only the newest commits of its history (a shallow clone)`
      : `there is no revision ${revision}`,
    expected: names.length === 0 ? "a branch, a tag or a commit" : `for example ${shownNames(names, similar)}`,
    ...(similar === undefined ? {} : { example: similar }),
    hint: isShallow ? fetchHint(revision) : "git fetch, if it is on the server only",
  };
}

/** How a pipeline gets what its checkout left out. */
function fetchHint(revision: string): string {
  const [, branch] = /^origin\/(.+)$/.exec(revision) ?? [];
  return branch === undefined
    ? "git fetch --unshallow, or fetch-depth: 0 in the pipeline's checkout"
    : `git fetch --depth=1 origin +refs/heads/${branch}:refs/remotes/origin/${branch}, or fetch-depth: 0 in the pipeline's checkout`;
}

function hasCommits(git: Git): boolean {
  return textOfRun(git(["rev-list", "--all", "--max-count=1"])) !== "";
}

function referenceNames(git: Git): readonly string[] {
  const references = textOfRun(git(["for-each-ref", "--format=%(refname:short)"]));
  return references === "" ? [] : references.split("\n").filter((name) => !name.endsWith("/HEAD") && name !== "origin");
}

const shownReferences = 5;

function shownNames(names: readonly string[], similar: string | undefined): string {
  const first = similar === undefined ? names : [similar, ...names.filter((name) => name !== similar)];
  const rest = first.length - shownReferences;
  return `${first.slice(0, shownReferences).join(", ")}${rest > 0 ? ` (and ${rest} more)` : ""}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
