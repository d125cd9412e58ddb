import { isJsonObject } from "./json-schema.ts";
import type { KindSchema, UnservedKind } from "./kind-schema.ts";
import { schemaFile } from "./location.ts";

/** What a folder of derived schemas holds, as its `index.json` says it. */
export interface SchemaIndex {
  /** The kinds with their files and the files' sizes in bytes. */
  readonly kinds: readonly IndexedKind[];
  /** Versions that are described and not served. */
  readonly unserved: readonly UnservedKind[];
}

/** One kind of an index. */
export interface IndexedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly file: string;
  readonly bytes: number;
}

/** A file of a schema set: path relative to the set's folder, and content. */
export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

/** The files of a schema set and their index. */
export function schemaSet(
  kinds: readonly KindSchema[],
  unserved: readonly UnservedKind[],
): { files: SchemaFile[]; index: SchemaIndex } {
  const sorted = kinds.toSorted((a, b) => compare(schemaFile(a.apiVersion, a.kind), schemaFile(b.apiVersion, b.kind)));
  const files: SchemaFile[] = [];
  const indexed: IndexedKind[] = [];
  for (const { apiVersion, kind, schema } of sorted) {
    const path = schemaFile(apiVersion, kind);
    const content = `${JSON.stringify(schema)}\n`;
    files.push({ path, content });
    indexed.push({ apiVersion, kind, file: path, bytes: Buffer.byteLength(content) });
  }
  return { files, index: { kinds: indexed, unserved } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An index read from its text; `undefined` when the text is not one. */
export function parseSchemaIndex(text: string): SchemaIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || !Array.isArray(value["kinds"]) || !Array.isArray(value["unserved"])) return undefined;
  const kinds: unknown[] = value["kinds"];
  const unserved: unknown[] = value["unserved"];
  return kinds.every(isIndexedKind) && unserved.every(isUnservedKind) ? { kinds, unserved } : undefined;
}

function isUnservedKind(value: unknown): value is UnservedKind {
  return isJsonObject(value) && typeof value["apiVersion"] === "string" && typeof value["kind"] === "string";
}

function isIndexedKind(value: unknown): value is IndexedKind {
  return (
    isUnservedKind(value) &&
    "file" in value &&
    typeof value.file === "string" &&
    "bytes" in value &&
    typeof value.bytes === "number"
  );
}

/** What an index knows of a kind that has no schema under the apiVersion that was asked for. */
export function alternatives(
  indexes: readonly SchemaIndex[],
  apiVersion: string,
  kind: string,
): { served: string[]; isUnserved: boolean } {
  const served = indexes.flatMap((index) =>
    index.kinds.filter((each) => each.kind === kind).map((each) => each.apiVersion),
  );
  const isUnserved = indexes.some((index) =>
    index.unserved.some((each) => each.apiVersion === apiVersion && each.kind === kind),
  );
  return { served: [...new Set(served)].sort(), isUnserved };
}
