import { dirname } from "node:path";
import { type Finding, indexPath, type OutputFile, printIndex, type RenderedIndex } from "@plinth/core";
import { type Comparison, stagingPrefix } from "./compare.ts";
import { errorCode, type FileSystem } from "./file-system.ts";
import { takeLock } from "./lock.ts";

/** What was done, or why nothing was. */
export type WriteResult = { readonly ok: true } | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Makes the folder what the comparison says. All new content is written beside the tree first, then moved into place file by file, then orphans
 * go: a disk that runs full leaves the tree as it was, and a render that is killed leaves only whole files, each of them owned by the index, so that the
 * next render completes it.
 */
export function writeTree(root: string, comparison: Comparison, fileSystem: FileSystem, force = false): WriteResult {
  const writes = [...comparison.added, ...comparison.changed];
  if (comparison.obstacles.some(({ code }) => !force || code !== "edited-by-hand"))
    return { ok: false, findings: comparison.obstacles };
  if (writes.length === 0 && comparison.orphaned.length === 0 && !comparison.leftovers) return { ok: true };
  try {
    fileSystem.makeFolder(root);
    const lock = takeLock(root, fileSystem);
    if (!lock.held) return { ok: false, findings: [lock.finding] };
    try {
      replace(root, writes, comparison, fileSystem);
    } finally {
      lock.release();
    }
    return { ok: true };
  } catch (error) {
    return { ok: false, findings: [notWritable(root, error)] };
  }
}

function replace(root: string, writes: readonly OutputFile[], comparison: Comparison, fileSystem: FileSystem): void {
  for (const { name } of fileSystem.list(root))
    if (name.startsWith(stagingPrefix)) fileSystem.removeTree(`${root}/${name}`);
  const staging = `${root}/${stagingPrefix}${process.pid}`;
  const staged = writes
    .filter(({ path }) => path !== indexPath)
    .map((file, number) => ({ from: `${staging}/${number}`, to: `${root}/${file.path}`, file }));
  const index = writes.find(({ path }) => path === indexPath);
  try {
    fileSystem.makeFolder(staging);
    for (const { from, file } of staged) fileSystem.write(from, file.text());
    if (index !== undefined) {
      fileSystem.write(`${staging}/index`, index.text());
      // Files come or go: until the last is in place the index owns both what was there and what will be.
      fileSystem.write(`${staging}/union`, printIndex(unionOf(comparison.index, writes)));
      fileSystem.rename(`${staging}/union`, `${root}/${indexPath}`);
    }
    for (const folder of new Set(staged.map(({ to }) => dirname(to)))) fileSystem.makeFolder(folder);
    for (const { from, to } of staged) fileSystem.rename(from, to);
    for (const path of comparison.orphaned) removeWithEmptyFolders(root, path, fileSystem);
    if (index !== undefined) fileSystem.rename(`${staging}/index`, `${root}/${indexPath}`);
  } finally {
    fileSystem.removeTree(staging);
  }
}

function unionOf(index: RenderedIndex, writes: readonly OutputFile[]): RenderedIndex {
  return new Map([
    ...index,
    ...writes.filter(({ path }) => path !== indexPath).map(({ path, entry }) => [path, entry] as const),
  ]);
}

function removeWithEmptyFolders(root: string, path: string, fileSystem: FileSystem): void {
  fileSystem.remove(`${root}/${path}`);
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder))
    if (!fileSystem.removeEmptyFolder(`${root}/${folder}`)) return;
}

const reasons: Readonly<Record<string, { message: string; hint: string }>> = {
  ENOSPC: { message: "the disk is full", hint: "free some space and render again; the tree is as it was" },
  EDQUOT: {
    message: "your quota of the disk is used up",
    hint: "free some space and render again; the tree is as it was",
  },
  EROFS: { message: "the file system is read-only", hint: "render to another folder with --out" },
  EACCES: {
    message: "you may not write there",
    hint: "change the folder's permissions, or render to another with --out",
  },
  EPERM: {
    message: "you may not write there",
    hint: "change the folder's permissions, or render to another with --out",
  },
  ENOTDIR: { message: "something on the way is a file, not a folder", hint: "render to another folder with --out" },
};

function notWritable(root: string, error: unknown): Finding {
  const code = errorCode(error) ?? "";
  const { message, hint } = reasons[code] ?? {
    message: error instanceof Error ? error.message : String(error),
    hint: "see the message of the file system",
  };
  return { code: "not-writable", severity: "error", message: `${root} cannot be written: ${message}`, hint };
}
