import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** What writing a tree needs of a file system; a test gives one that is full, or stops half way. */
export interface FileSystem {
  /** The file's text, or `undefined` when nothing is there. */
  read(path: string): string | undefined;
  /** The file's bytes, or `undefined` when nothing is there. */
  readBytes(path: string): Uint8Array | undefined;
  /** Puts the beginning of the file into a buffer and gives how many bytes it has put there, as many as fit; `undefined` when nothing is there. */
  readInto(path: string, buffer: Uint8Array): number | undefined;
  /** What is at the path itself, a link not followed. */
  kindOf(path: string): "file" | "folder" | "link" | "other" | undefined;
  list(folder: string): readonly { readonly name: string; readonly kind: "file" | "folder" | "link" | "other" }[];
  makeFolder(path: string): void;
  write(path: string, text: string): void;
  /** Creates the file; false when it is there already. */
  createExclusively(path: string, text: string): boolean;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes the folder when it is empty. */
  removeEmptyFolder(path: string): boolean;
  removeTree(path: string): void;
}

interface Kinds {
  isSymbolicLink(): boolean;
  isFile(): boolean;
  isDirectory(): boolean;
}

const kind = (entry: Kinds): "file" | "folder" | "link" | "other" =>
  entry.isSymbolicLink() ? "link" : entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";

/** The `code` of an error of `node:fs`, such as `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The result, or `undefined` when the error has one of the codes. */
function unless<Result>(codes: readonly string[], run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** Folder by folder: Node's own recursive way never ends below a folder such as /proc, where nothing can be made. */
function makeFolder(path: string): void {
  const make = (): void => {
    unless(["EEXIST"], () => mkdirSync(path));
  };
  try {
    make();
  } catch (error) {
    const above = dirname(path);
    if (errorCode(error) !== "ENOENT" || above === path) throw error;
    makeFolder(above);
    make();
  }
}

/** One call may give less than there is. */
function fillFrom(file: number, buffer: Uint8Array): number {
  let length = 0;
  while (length < buffer.byteLength) {
    const count = readSync(file, buffer, length, buffer.byteLength - length, length);
    if (count === 0) break;
    length += count;
  }
  return length;
}

// Synchronous on purpose: thousands of small files are written about twice as fast as through promises, and a signal can only come between two calls.
export const nodeFileSystem: FileSystem = {
  read: (path) => unless(["ENOENT", "ENOTDIR"], () => readFileSync(path, "utf8")),
  readBytes: (path) => unless(["ENOENT", "ENOTDIR"], () => readFileSync(path)),
  readInto: (path, buffer) =>
    unless(["ENOENT", "ENOTDIR"], () => {
      const file = openSync(path, "r");
      try {
        return fillFrom(file, buffer);
      } finally {
        closeSync(file);
      }
    }),
  kindOf: (path) => unless(["ENOENT", "ENOTDIR"], () => kind(lstatSync(path))),
  list: (folder) =>
    unless(["ENOENT", "ENOTDIR"], () =>
      readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kind(entry) })),
    ) ?? [],
  makeFolder,
  write: (path, text) => writeFileSync(path, text),
  createExclusively: (path, text) => {
    const file = unless(["EEXIST"], () => openSync(path, "wx"));
    if (file === undefined) return false;
    try {
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
    return true;
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => {
    unless(["ENOENT"], () => unlinkSync(path));
  },
  removeEmptyFolder: (path) =>
    unless(["ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR"], () => {
      rmdirSync(path);
      return true;
    }) ?? false,
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
};
