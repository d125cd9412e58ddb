import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Finding } from "@plinth/core";
import type { Document } from "./document.ts";
import { inspectFile } from "./inspect.ts";
import { splitDocuments } from "./split.ts";

/** Which files of a folder are judged. */
export interface FolderOptions {
  /** True for a file, by its path relative to the folder, that is not to be judged. */
  readonly exclude?: (file: string) => boolean;
}

/**
 * The documents of every `.yaml`, `.yml` and `.json` file below a folder, or of one file, file by file in the order of their
 * paths. Like kubeconform it follows symbolic links to files and not to folders. What cannot be read is a finding.
 */
export async function* folderDocuments(path: string, options: FolderOptions = {}): AsyncGenerator<Document> {
  let files: readonly FolderFile[];
  try {
    files = await listFiles(path);
  } catch (error) {
    yield { content: undefined, line: 1, findings: [unreadableFolder(path, error)] };
    return;
  }
  const judged = files.filter(({ name }) => !(options.exclude?.(name) ?? false));
  if (judged.length === 0) yield { content: undefined, line: 1, findings: [nothingToJudge(path, files.length)] };
  for (const { name, path: file } of judged) {
    try {
      yield* inspectFile(name, splitDocuments(createReadStream(file, { highWaterMark: 1 << 20 })));
    } catch (error) {
      yield { content: undefined, file: name, line: 1, findings: [unreadableFile(name, error)] };
    }
  }
}

interface FolderFile {
  /** Relative to the folder, with forward slashes. */
  readonly name: string;
  readonly path: string;
}

async function listFiles(path: string): Promise<FolderFile[]> {
  if (!(await stat(path)).isDirectory()) return [{ name: basename(path), path }];
  const files: FolderFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(path, folder), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(name);
      else if (/\.(ya?ml|json)$/i.test(entry.name)) files.push({ name, path: join(path, name) });
    }
  };
  await walk("");
  return files;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function unreadableFolder(path: string, error: unknown): Finding {
  return {
    code: "tool-failed",
    severity: "error",
    message: `nothing was judged: ${path} cannot be read: ${reasonOf(error)}`,
    expected: "a folder or file with Kubernetes objects",
  };
}

function unreadableFile(file: string, error: unknown): Finding {
  return { code: "tool-failed", severity: "error", file, message: `the file cannot be read: ${reasonOf(error)}` };
}

function nothingToJudge(path: string, excluded: number): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `nothing was judged: ${path} holds no YAML or JSON file${excluded > 0 ? " that is not excluded" : ""}`,
    expected: "at least one .yaml, .yml or .json file",
  };
}
