import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes files into a folder of their own, which is made. Gives the folder. */
export function writeFiles(folder: string, files: readonly { readonly path: string; readonly text: string }[]): string {
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  return folder;
}
