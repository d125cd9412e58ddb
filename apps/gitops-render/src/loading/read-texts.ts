import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Finding, relativeFile, type SourceLocation } from "@plinth/core";

/** The text of a file, or why there is none. */
export type ReadText =
  | { readonly source: SourceLocation; readonly text: string; readonly finding?: never }
  | { readonly source: SourceLocation; readonly text?: never; readonly finding: Finding };

// What a service says of itself is a few kilobytes; a file of this size is something else.
const MAX_BYTES = 1024 * 1024;

/**
 * Reads files that somebody named on the command line.
 *
 * @param example How one of them is named.
 */
export function readTexts(files: readonly string[], root: string, example: string): readonly ReadText[] {
  return files.map((file) => {
    const source = { file: relativeFile(resolve(file), root) };
    const refuse = (message: string, expected: string): ReadText => ({
      source,
      finding: { code: "catalog-not-readable", severity: "error", source, message, expected, example },
    });
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return refuse("does not exist", "a file");
    if (!stats.isFile()) return refuse("is not a file", "a file");
    if (stats.size > MAX_BYTES) return refuse(`has ${stats.size} bytes`, `at most ${MAX_BYTES} bytes`);
    return { source, text: readFileSync(file, "utf8") };
  });
}
