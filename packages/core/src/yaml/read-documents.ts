import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";

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
 * @see https://yaml.org/spec/1.2.2/
 * @example
 * readYamlDocuments("a: 1\n---\nb: 2\n").documents; // [{ a: 1 }, { b: 2 }]
 */
export function readYamlDocuments(text: string): YamlDocuments {
  try {
    const documents: readonly unknown[] = loadAll(text, { schema: CORE_SCHEMA, maxAliases: 0, maxDepth: MAX_DEPTH });
    return { documents: documents.filter((document) => document !== null && document !== undefined) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    return { problem: { reason, ...(mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 }) } };
  }
}
