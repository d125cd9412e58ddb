import type { Finding } from "@plinth/core";
import { buildTree } from "../comparison/build-tree.ts";
import { contentIdOf, type FileText, notCompared, type TreeFiles, textOf } from "../comparison/tree-files.ts";
import { isLeftover } from "../writing/compare.ts";
import { errorCode, type FileSystem, nodeFileSystem } from "../writing/file-system.ts";
import { noTree, type ReadTree } from "./read-tree.ts";

/**
 * The tree in a folder, as it lies there now. Links are not followed: a finding names each.
 *
 * @param root The folder; where it is no absolute path, below the working folder.
 * @param name What a reader calls it. @default `root`
 */
export function treeOfFolder(root: string, fileSystem: FileSystem = nodeFileSystem, name: string = root): ReadTree {
  const kind = kindOfFolder(root, fileSystem);
  if (typeof kind === "object")
    return noTree({
      code: "tree-not-found",
      message: `${root} cannot be read (${kind.code})`,
      expected: "a folder that can be read",
    });
  if (kind !== "folder")
    return noTree({
      code: "tree-not-found",
      message: kind === undefined ? `there is no folder ${root}` : `${root} is no folder`,
      expected: "a folder that Plinth rendered into, a Git revision such as origin/main, or nothing for the model",
      example: "gitops-render diff origin/main",
    });
  const paths: string[] = [];
  const findings: Finding[] = [];
  walk(root, "", fileSystem, paths, findings);
  return { tree: buildTree(name, filesOfFolder(root, paths.sort(), findings, fileSystem)) };
}

// Nearly every file fits: a buffer that is used again spares an allocation for each of thousands.
const bufferBytes = 1024 * 1024;

function filesOfFolder(
  root: string,
  paths: readonly string[],
  findings: readonly Finding[],
  fileSystem: FileSystem,
): TreeFiles {
  const known = new Set(paths);
  const buffer = Buffer.allocUnsafeSlow(bufferBytes);
  const bytesOf = (path: string): Uint8Array | Finding => {
    const place = `${root}/${path}`;
    try {
      const length = fileSystem.readInto(place, buffer);
      const bytes = length === bufferBytes ? fileSystem.readBytes(place) : buffer.subarray(0, length);
      return length === undefined || bytes === undefined ? unreadable(path, "is not there any more") : bytes;
    } catch (error) {
      return unreadable(path, `cannot be read (${errorCode(error) ?? String(error)})`);
    }
  };
  const content = (path: string): Uint8Array | undefined => {
    const bytes = bytesOf(path);
    return bytes instanceof Uint8Array ? bytes : undefined;
  };
  return {
    paths,
    has: (path) => known.has(path),
    content,
    contentId: (path, hashing) => {
      const bytes = content(path);
      return bytes === undefined ? undefined : contentIdOf(bytes, hashing);
    },
    read: (wanted) =>
      new Map(
        wanted
          .filter((path) => known.has(path))
          .map((path): [string, FileText] => {
            const bytes = bytesOf(path);
            return [path, bytes instanceof Uint8Array ? textOf(path, bytes) : { finding: bytes }];
          }),
      ),
    findings,
  };
}

function unreadable(path: string, message: string): Finding {
  return notCompared(path, message, "a file that can be read").finding;
}

function kindOfFolder(
  root: string,
  fileSystem: FileSystem,
): ReturnType<FileSystem["kindOf"]> | { readonly code: string } {
  try {
    return fileSystem.kindOf(root);
  } catch (error) {
    return { code: errorCode(error) ?? String(error) };
  }
}

function entriesOf(
  root: string,
  folder: string,
  fileSystem: FileSystem,
  findings: Finding[],
): ReturnType<FileSystem["list"]> {
  try {
    return fileSystem.list(folder === "" ? root : `${root}/${folder}`);
  } catch (error) {
    findings.push(unreadable(folder === "" ? "." : folder, `cannot be read (${errorCode(error) ?? String(error)})`));
    return [];
  }
}

function walk(root: string, folder: string, fileSystem: FileSystem, paths: string[], findings: Finding[]): void {
  for (const { name, kind } of entriesOf(root, folder, fileSystem, findings)) {
    // A tree may be the root of its repository: Git's own files are no part of it, nor does a revision have them.
    if (folder === "" && (isLeftover(name) || name === ".git")) continue;
    const path = folder === "" ? name : `${folder}/${name}`;
    if (kind === "folder") walk(root, path, fileSystem, paths, findings);
    else if (kind === "file") paths.push(path);
    else
      findings.push(
        notCompared(
          path,
          kind === "link" ? "is a symbolic link" : "is neither a file nor a folder",
          "files and folders: a link could lead out of the tree",
        ).finding,
      );
  }
}
