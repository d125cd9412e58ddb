import type { OutputFile } from "@plinth/core";
import { treeOfFiles } from "../comparison/build-tree.ts";
import type { Tree } from "../comparison/tree-comparison.ts";

/**
 * The tree that a render would write. A file's text is made when somebody asks for it.
 *
 * @param output What `prepare` gives.
 */
export function treeOfModel(output: readonly OutputFile[], name = "the model"): Tree {
  return treeOfFiles(name, new Map(output.map(({ path, text }) => [path, text])));
}
