import { posix, relative, resolve, sep } from "node:path";
import type { Finding } from "@plinth/core";
import { buildTree } from "../comparison/build-tree.ts";
import {
  contentIdOf,
  type FileText,
  type Hashing,
  notCompared,
  type TreeFiles,
  textOf,
} from "../comparison/tree-files.ts";
import { type Git, gitIn, textOfRun } from "./git.ts";
import { findCommit } from "./git-revision.ts";
import { noTree, type ReadTree } from "./read-tree.ts";

/**
 * The tree of a folder as a Git revision has it. The working folder is not touched.
 *
 * @param revision A branch, `origin/main`, a tag, `HEAD~1`, an abbreviated hash.
 * @param path The folder, below `root` or absolute: `rendered`.
 * @param root A folder of the repository, not necessarily its topmost.
 */
export function treeOfRevision(revision: string, path: string, root: string, git: Git = gitIn(root)): ReadTree {
  const { commit, finding } = findCommit(revision, git);
  if (commit === undefined) return { findings: [finding] };
  const folder = folderInRepository(path, root, git);
  if (folder === undefined)
    return noTree({
      code: "tree-not-found",
      message: `${path} lies outside of the repository`,
      expected: "a folder below the repository's root",
      example: "rendered",
    });
  const listed = git(["ls-tree", "-r", "-z", "--full-tree", folder === "" ? commit : `${commit}:${folder}`]);
  if (!listed.ok) return noTree(pathNotFound(revision, commit, folder, listed.message, git));
  return { tree: buildTree(revision, filesOfRevision(listed.output.toString("utf8"), git)) };
}

/** The folder below the repository's root, with forward slashes; nothing where it is outside. */
function folderInRepository(path: string, root: string, git: Git): string | undefined {
  const prefix = textOfRun(git(["rev-parse", "--show-prefix"]));
  const below = relative(resolve(root), resolve(root, path)).split(sep).join("/");
  const folder = posix.normalize(posix.join(prefix, below)).replace(/\/$/, "");
  if (folder === ".." || folder.startsWith("../")) return undefined;
  return folder === "." ? "" : folder;
}

function pathNotFound(
  revision: string,
  commit: string,
  folder: string,
  message: string,
  git: Git,
): Omit<Finding, "severity"> {
  const kind = textOfRun(git(["cat-file", "-t", `${commit}:${folder}`]));
  const folders = textOfRun(git(["ls-tree", "-d", "--name-only", "--full-tree", commit])).split("\n");
  return {
    code: "tree-not-found",
    message:
      kind === "blob"
        ? `${folder} is a file at ${revision}`
        : kind === ""
          ? `there is no folder ${folder} at ${revision}`
          : `${folder} at ${revision} cannot be read: ${message.split("\n", 1)[0] ?? ""}`,
    expected: `a folder that is there at that revision${folders[0] === "" ? "" : `: it has ${folders.slice(0, 8).join(", ")}`}`,
    hint: "name it with --out, or compare with a later revision",
  };
}

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

// What is no file of the tree: https://git-scm.com/docs/git-fast-import#_filemodify
const otherModes: Readonly<Record<string, string>> = {
  "120000": "is a symbolic link",
  "160000": "is a submodule",
};

function filesOfRevision(list: string, git: Git): TreeFiles {
  const entries = list
    .split("\0")
    .filter((line) => line !== "")
    .map(parseEntry);
  const files = entries.filter(({ mode }) => otherModes[mode] === undefined);
  const idOf = new Map(files.map(({ path, id }) => [path, id]));
  const hashing: Hashing = files[0]?.id.length === 64 ? "sha256" : "sha1";
  const read = (paths: readonly string[]): ReadonlyMap<string, Uint8Array | Finding> =>
    readBlobs(
      paths.flatMap((path): [string, string][] => {
        const id = idOf.get(path);
        return id === undefined ? [] : [[path, id]];
      }),
      git,
    );
  const content = (path: string): Uint8Array | undefined => {
    const bytes = read([path]).get(path);
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
  return {
    paths: files.map(({ path }) => path).sort(),
    has: (path) => idOf.has(path),
    hashing,
    content,
    contentId: (path, wanted) => {
      if (wanted === hashing) return idOf.get(path);
      const bytes = content(path);
      return bytes === undefined ? undefined : contentIdOf(bytes, wanted);
    },
    read: (paths) =>
      new Map(
        [...read(paths)].map(([path, bytes]): [string, FileText] => [
          path,
          bytes instanceof Uint8Array ? textOf(path, bytes) : { finding: bytes },
        ]),
      ),
    findings: entries.flatMap(({ mode, path }) => {
      const message = otherModes[mode];
      return message === undefined ? [] : [notCompared(path, message, "files and folders").finding];
    }),
  };
}

/** `100644 blob <id>\t<path>` */
function parseEntry(line: string): Entry {
  const tab = line.indexOf("\t");
  const [mode = "", , id = ""] = line.slice(0, tab).split(" ");
  return { mode, id, path: line.slice(tab + 1) };
}

// What Git says at once has to fit into one buffer.
const filesPerRun = 5_000;

/** The contents of several files, read together. */
function readBlobs(files: readonly BlobOfPath[], git: Git): ReadonlyMap<string, Uint8Array | Finding> {
  const contents = new Map<string, Uint8Array | Finding>();
  for (let from = 0; from < files.length; from += filesPerRun)
    readBatch(files.slice(from, from + filesPerRun), git, contents);
  return contents;
}

type BlobOfPath = readonly [path: string, id: string];

/**
 * Reads `<id> blob <size>`, a line's end, the bytes and a line's end, once for each file; `<id> missing` where Git does not have it.
 *
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
function readBatch(files: readonly BlobOfPath[], git: Git, contents: Map<string, Uint8Array | Finding>): void {
  const run = git(["cat-file", "--batch"], files.map(([, id]) => `${id}\n`).join(""));
  let at = 0;
  for (const [path] of files) {
    const end = run.output.indexOf(10, at);
    const [, type, size = ""] = end === -1 ? [] : run.output.toString("latin1", at, end).split(" ");
    const length = type === "blob" ? Number(size) : undefined;
    if (length === undefined) contents.set(path, missingBlob(path, run.message));
    else contents.set(path, run.output.subarray(end + 1, end + 1 + length));
    at = end === -1 ? run.output.length : end + 1 + (length === undefined ? 0 : length + 1);
  }
}

function missingBlob(path: string, message: string): Finding {
  const reason = message === "" ? "Git does not have its content" : (message.split("\n", 1)[0] ?? "");
  return notCompared(
    path,
    `cannot be read from the repository: ${reason}`,
    "a repository that is whole: git fsck tells",
  ).finding;
}
