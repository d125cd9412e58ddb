import type { Finding } from "@plinth/core";
import type { Tree } from "../comparison/tree-comparison.ts";

/** A tree, or why there is none. */
export type ReadTree =
  | { readonly tree: Tree; readonly findings?: never }
  | { readonly tree?: never; readonly findings: readonly Finding[] };

/** There is no tree. */
export function noTree(finding: Omit<Finding, "severity">): ReadTree {
  return { findings: [{ severity: "error", ...finding }] };
}
