import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";
import { readPlainBlocks } from "./read-plain-blocks.ts";

/** What a text of YAML documents holds, or where it ceases to be YAML. */
export type YamlDocuments =
  | { readonly documents: readonly unknown[]; readonly problem?: never }
  | {
      readonly documents?: never;
      /** `line` and `column` count from 1. */
      readonly problem: { readonly reason: string; readonly line?: number; readonly column?: number };
    };

const MAX_DEPTH = 32;

/**
 * The documents of a text that somebody else wrote, without the empty ones. Aliases are refused: such files have no use for them, and ten lines of them
 * can mean gigabytes.
 *
 * @param maxDepth How many maps and lists may lie in each other; a definition of custom resources has more than what people write.
 * @see https://yaml.org/spec/1.2.2/
 * @example
 * readYamlDocuments("a: 1\n---\nb: 2\n").documents; // [{ a: 1 }, { b: 2 }]
 */
export function readYamlDocuments(text: string, maxDepth: number = MAX_DEPTH): YamlDocuments {
  const plain = readPlainBlocks(text, Math.floor(maxDepth / 2));
  if (plain !== undefined) return { documents: [plain.document] };
  try {
    const documents: readonly unknown[] = loadAll(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth });
    return { documents: documents.filter((document) => document !== null && document !== undefined) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    return { problem: { reason, ...(mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 }) } };
  }
}
