import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "@plinth/core";

/** A file that schemas are derived from. */
export interface SourceFile {
  readonly path: string;
  readonly content: Buffer;
}

/** Files and what was wrong with those that could not be read. */
export interface SourceFiles {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
}

/** Reads files, and of folders every file below whose name ends with one of the extensions, in the order of their paths. */
export async function readSources(paths: readonly string[], extensions: readonly string[]): Promise<SourceFiles> {
  const files: SourceFile[] = [];
  const findings: Finding[] = [];
  for (const path of paths) {
    try {
      for (const file of await listFiles(path, extensions)) files.push({ path: file, content: await readFile(file) });
    } catch (error) {
      findings.push(unreadable(path, error));
    }
  }
  return { files, findings };
}

async function listFiles(path: string, extensions: readonly string[]): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries.filter(
    (entry) => !entry.isDirectory() && extensions.some((extension) => entry.name.endsWith(extension)),
  );
  return names.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function unreadable(path: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: "tool-failed",
    severity: "error",
    message: `schemas cannot be derived from ${path}: ${reason}`,
    source: { file: path },
    expected: "a file or folder that can be read",
  };
}
