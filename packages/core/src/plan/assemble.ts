import { compareTexts } from "../text-order.ts";
import { kustomizations } from "./kustomizations.ts";
import type { PlannedFile } from "./planned-file.ts";
import { type IndexEntry, indexPath, printIndex } from "./rendered-index.ts";

/** One file of the output folder, ready to be written. */
export interface OutputFile {
  readonly path: string;
  readonly entry: IndexEntry;
  readonly text: () => string;
}

/**
 * The whole output folder: the planned files, the kustomizations that list them, and the index of all.
 *
 * `kept` are files that stay as they are on disk: those of other teams when only one team is rendered.
 */
export function assemble(
  files: readonly PlannedFile[],
  kept: ReadonlyMap<string, IndexEntry> = new Map(),
): readonly OutputFile[] {
  const contents = [...files.map(({ path }) => path), ...kept.keys()];
  const structure = [...kustomizations(contents)].map(
    ([path, text]): OutputFile => ({ path, entry: { component: "kustomize" }, text: () => text }),
  );
  const output = [...files, ...structure];
  const index = new Map<string, IndexEntry>([...kept, ...output.map(({ path, entry }) => [path, entry] as const)]);
  return [...output, { path: indexPath, entry: { component: "index" }, text: () => printIndex(index) }].sort((a, b) =>
    compareTexts(a.path, b.path),
  );
}
