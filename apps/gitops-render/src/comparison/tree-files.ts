import { createHash } from "node:crypto";
import type { Finding } from "@plinth/core";

/** How Git names contents in a repository: by SHA-1, or by SHA-256 where somebody chose it. */
export type Hashing = "sha1" | "sha256";

/** The text of a file, or why there is none. */
export type FileText =
  | { readonly text: string; readonly finding?: never }
  | { readonly text?: never; readonly finding: Finding };

/** The files of a tree, wherever they lie. */
export interface TreeFiles {
  /** Below the tree's root, with forward slashes, sorted. */
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** How the ids were made that cost nothing; left out where each has to be made. */
  readonly hashing?: Hashing;
  /** The bytes of a file, or nothing where it cannot be read. They hold until the next file is asked for. */
  content(path: string): Uint8Array | undefined;
  /** Git's id of a file's content: the same for the same bytes. Left out for what cannot be read. */
  contentId(path: string, hashing: Hashing): string | undefined;
  /** Several files, read together. */
  read(paths: readonly string[]): ReadonlyMap<string, FileText>;
  /** What is wrong with the tree itself: a link, something that is no file. */
  readonly findings: readonly Finding[];
}

/**
 * The id that Git gives to a content.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 * @example
 * contentIdOf(Buffer.from("what is up, doc?"), "sha1"); // "bd9dbf5aae1a3862dd1526723246b20206e5fc37"
 */
export function contentIdOf(bytes: Uint8Array, hashing: Hashing): string {
  return createHash(hashing).update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

/** True where both have the same bytes at a path. Where one of them lies in Git, its ids tell, and nothing of it is read. */
export function haveSameContent(one: TreeFiles, other: TreeFiles, path: string): boolean {
  if (one === other) return true;
  const hashing = one.hashing ?? other.hashing;
  if (hashing !== undefined) {
    const id = one.contentId(path, hashing);
    return id !== undefined && id === other.contentId(path, hashing);
  }
  const [bytes, others] = [one.content(path), other.content(path)];
  return bytes !== undefined && others !== undefined && Buffer.compare(bytes, others) === 0;
}

/** True where both have the same bytes below the comments at the beginning, and as many lines of those. Never true where one lies in Git: its contents have a price. */
export function haveSameBody(one: TreeFiles, other: TreeFiles, path: string): boolean {
  if ((one.hashing ?? other.hashing) !== undefined) return false;
  const [bytes, others] = [one.content(path), other.content(path)];
  if (bytes === undefined || others === undefined) return false;
  const [body, otherBody] = [bodyOf(bytes), bodyOf(others)];
  return body.comments === otherBody.comments && Buffer.compare(body.bytes, otherBody.bytes) === 0;
}

const hash = 0x23;
const lineBreak = 0x0a;

function bodyOf(bytes: Uint8Array): { readonly comments: number; readonly bytes: Uint8Array } {
  let start = 0;
  let comments = 0;
  for (; bytes[start] === hash; comments++) {
    const end = bytes.indexOf(lineBreak, start);
    if (end === -1) break;
    start = end + 1;
  }
  return { comments, bytes: bytes.subarray(start) };
}

// A Kubernetes object ends at about 1.5 MB (etcd), and Argo CD reads 10 MB of one application; what is larger is no file of objects.
const maxBytes = 16 * 1024 * 1024;

/** The text that bytes are in UTF-8, or why they are none. */
export function textOf(path: string, bytes: Uint8Array): FileText {
  if (bytes.byteLength > maxBytes)
    return notCompared(path, `has ${bytes.byteLength} bytes`, `at most ${maxBytes} bytes in one file`);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return notCompared(path, "is not UTF-8", "text in UTF-8");
  }
}

/** A file that says nothing to a comparison, and why. */
export function notCompared(path: string, message: string, expected: string, line?: number): { finding: Finding } {
  return {
    finding: {
      code: "not-compared",
      severity: "error",
      source: { file: path, ...(line === undefined ? {} : { line }) },
      message: `${message}; it is not compared`,
      expected,
    },
  };
}

/** Files whose texts are at hand. */
export function filesOfTexts(texts: ReadonlyMap<string, string | (() => string)>): TreeFiles {
  const textAt = (path: string): string | undefined => {
    const text = texts.get(path);
    return typeof text === "function" ? text() : text;
  };
  const content = (path: string): Uint8Array | undefined => {
    const text = textAt(path);
    return text === undefined ? undefined : Buffer.from(text);
  };
  return {
    paths: [...texts.keys()].sort(),
    has: (path) => texts.has(path),
    content,
    contentId: (path, hashing) => {
      const bytes = content(path);
      return bytes === undefined ? undefined : contentIdOf(bytes, hashing);
    },
    read: (paths) =>
      new Map(
        paths.flatMap((path): [string, FileText][] => {
          const text = textAt(path);
          return text === undefined ? [] : [[path, { text }]];
        }),
      ),
    findings: [],
  };
}
