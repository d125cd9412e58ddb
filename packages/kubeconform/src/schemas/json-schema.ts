/** A JSON Schema (draft 4, the one kubeconform assumes) or a part of one: keywords and their values. */
export type JsonSchema = { [keyword: string]: unknown };

/** A JSON object as it was read: anything may stand in it. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for objects that are neither `null` nor arrays. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A schema that cannot be read: what stands there, and where. */
export class UnreadableSchema extends Error {
  readonly path: string;
  readonly expected: string;

  constructor(path: string, expected: string, found: unknown) {
    super(`${path === "" ? "the schema" : path} is ${describeValue(found)}`);
    this.path = path;
    this.expected = expected;
  }
}

/** What a value is, in words: `a string`, `a list`, `null`. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The object at a place of a schema, `undefined` when it is absent. Throws `UnreadableSchema` for anything else. */
export function objectAt(owner: JsonObject, key: string, path: string): JsonObject | undefined {
  const value = owner[key];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new UnreadableSchema(join(path, key), "an object", value);
  return value;
}

/** The schemas by name at a place of a schema; none when it is absent. */
export function schemasByName(owner: JsonObject, key: string, path: string): [name: string, schema: JsonObject][] {
  return Object.entries(objectAt(owner, key, path) ?? {}).map(([name, schema]) => {
    if (!isJsonObject(schema)) throw new UnreadableSchema(join(join(path, key), name), "a schema", schema);
    return [name, schema];
  });
}

/** The list of schemas at a place of a schema; none when it is absent. */
export function schemaList(owner: JsonObject, key: string, path: string): JsonObject[] {
  const value = owner[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnreadableSchema(join(path, key), "a list of schemas", value);
  return value.map((schema: unknown, index) => {
    if (!isJsonObject(schema)) throw new UnreadableSchema(`${join(path, key)}[${index}]`, "a schema", schema);
    return schema;
  });
}

/** The names at a place of a schema (`required`); none when it is absent. */
export function nameList(owner: JsonObject, key: string, path: string): string[] {
  const value = owner[key];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnreadableSchema(join(path, key), "a list of names", value);
  return value.map((name: unknown, index) => {
    if (typeof name !== "string") throw new UnreadableSchema(`${join(path, key)}[${index}]`, "a name", name);
    return name;
  });
}

/** The path of a member: `spec` and `replicas` give `spec.replicas`. */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** Keywords that mean the same in OpenAPI v3 and in JSON Schema draft 4, so they are copied as they stand. */
const sharedKeywords = [
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "multipleOf",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "maxProperties",
  "minProperties",
] as const;

/** The limits of a schema node that need no translation. */
export function sharedLimits(node: JsonObject): JsonSchema {
  return Object.fromEntries(
    sharedKeywords.flatMap((keyword) => (node[keyword] === undefined ? [] : [[keyword, node[keyword]]])),
  );
}

/** A `type` keyword for one or several types, with `null` among them where it is allowed. */
export function typeKeyword(types: readonly string[], nullAllowed: boolean): JsonSchema {
  const all = nullAllowed ? [...types, "null"] : types;
  return all.length === 0 ? {} : { type: all.length === 1 ? all[0] : all };
}
