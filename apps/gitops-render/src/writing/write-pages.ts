import { type Finding, textsAt } from "@plinth/core";
import { errorCode, type FileSystem } from "./file-system.ts";

/** A file below the folder; its path has no folders of its own beyond one. */
interface PageFile {
  readonly path: string;
  readonly text: string;
}

// Says which files of the folder are a preview's own.
const listName = "preview.json";

/**
 * Makes a folder hold these pages and no earlier ones. A folder with files that an earlier preview has not written is refused. All pages are written beside the
 * earlier ones first and then moved into place: a full disk leaves what was there.
 */
export function writePages(
  folder: string,
  pages: readonly PageFile[],
  fileSystem: FileSystem,
): { readonly removed: number } | { readonly finding: Finding } {
  try {
    const earlier = ownFiles(folder, fileSystem);
    if (earlier === undefined) return { finding: notOwn(folder, "there is something that is no folder") };
    const own = new Set<string>([listName, ...earlier]);
    const strange = filesIn(folder, fileSystem).find((path) => !own.has(path));
    if (strange !== undefined) return { finding: notOwn(folder, `it holds ${strange}, which no preview has written`) };
    const kept = new Set(pages.map(({ path }) => path));
    const gone = earlier.filter((path) => !kept.has(path));
    replace(folder, pages, gone, fileSystem);
    return { removed: gone.length };
  } catch (error) {
    return {
      finding: {
        code: "not-writable",
        severity: "error",
        message: `${folder} cannot be written (${errorCode(error) ?? String(error)})`,
        expected: "a folder that may be written",
      },
    };
  }
}

function replace(folder: string, pages: readonly PageFile[], gone: readonly string[], fileSystem: FileSystem): void {
  const staging = `${folder}${stagingEnd}`;
  const list = (paths: readonly string[]): string =>
    `${JSON.stringify({ files: [...new Set(paths)].sort() }, null, 2)}\n`;
  const paths = pages.map(({ path }) => path);
  try {
    fileSystem.removeTree(staging);
    fileSystem.makeFolder(staging);
    pages.forEach(({ text }, index) => {
      fileSystem.write(`${staging}/${index}`, text);
    });
    fileSystem.write(`${staging}/list`, list(paths));
    fileSystem.write(`${staging}/union`, list([...paths, ...gone]));
    fileSystem.makeFolder(folder);
    // Until the last page is in place the list owns both what was there and what will be.
    fileSystem.rename(`${staging}/union`, `${folder}/${listName}`);
    for (const parent of new Set(paths.flatMap((path) => folderOf(path)))) fileSystem.makeFolder(`${folder}/${parent}`);
    pages.forEach(({ path }, index) => {
      fileSystem.rename(`${staging}/${index}`, `${folder}/${path}`);
    });
    for (const path of gone) fileSystem.remove(`${folder}/${path}`);
    for (const parent of new Set(gone.flatMap((path) => folderOf(path))))
      fileSystem.removeEmptyFolder(`${folder}/${parent}`);
    fileSystem.rename(`${staging}/list`, `${folder}/${listName}`);
  } finally {
    fileSystem.removeTree(staging);
  }
}

const stagingEnd = ".preview-staging";

function folderOf(path: string): readonly string[] {
  const end = path.lastIndexOf("/");
  return end === -1 ? [] : [path.slice(0, end)];
}

/** What an earlier preview has written; `undefined` where there is no folder but something else. */
function ownFiles(folder: string, fileSystem: FileSystem): readonly string[] | undefined {
  const kind = fileSystem.kindOf(folder);
  if (kind === undefined) return [];
  if (kind !== "folder") return undefined;
  const text = fileSystem.read(`${folder}/${listName}`);
  return text === undefined ? [] : textsAt(readJson(text), "files").filter(isInside);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list that somebody edited must not lead out of the folder. */
function isInside(path: string): boolean {
  return /^[\w.-]+(?:\/[\w.-]+)?$/.test(path) && !path.split("/").includes("..");
}

function filesIn(folder: string, fileSystem: FileSystem): readonly string[] {
  return fileSystem
    .list(folder)
    .flatMap(({ name, kind }) =>
      kind === "folder" ? fileSystem.list(`${folder}/${name}`).map((inner) => `${name}/${inner.name}`) : [name],
    );
}

function notOwn(folder: string, because: string): Finding {
  return {
    code: "foreign-file",
    severity: "error",
    message: `${folder} is not a preview's own folder: ${because}`,
    expected: "a folder that does not exist yet, is empty, or holds an earlier preview",
    example: "--out preview",
  };
}
