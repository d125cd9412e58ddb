import { isToolName, type ToolName, toolNames, tools } from "./tools.ts";

/** What the words after `pnpm tools` ask for. */
export interface Selection {
  tools: readonly ToolName[];
  /** Whether the modules that carry schemas are asked for. */
  schemas: boolean;
  /** Words that name nothing. */
  unknown: readonly string[];
}

/**
 * Reads the words after `pnpm tools`: names of tools, a folder of `tools/` (`kubernetes` names both of its binaries), or
 * `schemas`. No word at all asks for everything.
 */
export function select(words: readonly string[]): Selection {
  if (words.length === 0) return { tools: toolNames, schemas: true, unknown: [] };
  const asked = new Set(words.flatMap(named));
  return {
    tools: toolNames.filter((name) => asked.has(name)),
    schemas: words.includes("schemas"),
    unknown: words.filter((word) => word !== "schemas" && named(word).length === 0),
  };
}

function named(word: string): readonly ToolName[] {
  return isToolName(word) ? [word] : toolNames.filter((name) => tools[name].folder === word);
}
