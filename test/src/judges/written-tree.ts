import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assemble, type Platform, plan } from "@plinth/core";
import { components } from "@plinth/gitops-render";
import { type RenderedTree, readRenderedTree } from "./rendered-tree.ts";

/** What Plinth renders of a platform, written into a folder and read again as a judge reads it. */
export function writtenTree(platform: Platform, folder: string): RenderedTree {
  for (const { path, text } of assemble(plan(platform, components).files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text());
  }
  return readRenderedTree(folder);
}
