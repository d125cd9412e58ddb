import { bothLimits, formatLimits } from "./formats.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonSchema,
  join,
  nameList,
  objectAt,
  schemaList,
  schemasByName,
  sharedLimits,
  typeKeyword,
} from "./json-schema.ts";
import { type SpecialDefinition, specialDefinitions } from "./special-definitions.ts";

/** The definitions of an OpenAPI document by name: `io.k8s.api.core.v1.PodSpec`. */
export type Definitions = ReadonlyMap<string, JsonObject>;

/** How a definition is read: does `null` stand for an absent value, and is `required` enforced (not in `status`). */
interface Reading {
  readonly nullAllowed: boolean;
  readonly shapeOnly: boolean;
}

/**
 * The JSON Schema of one definition of Kubernetes' own OpenAPI (v2 or v3) with all definitions that it refers to, as the Go
 * types behind it are decoded with strict field validation: unknown fields refused, `null` of an optional field the same as no field.
 *
 * `null` as an item of a list or as a value of a map is refused, though Go decodes it as an empty value: an empty peer in a
 * NetworkPolicy allows everything.
 */
export function definitionToJsonSchema(definitions: Definitions, name: string): JsonSchema {
  const root = definitions.get(name) ?? {};
  const { status, ...fields } = objectAt(root, "properties", name) ?? {};
  const conversion = new Conversion(definitions);
  const schema = conversion.schemaOf({ ...root, properties: fields }, { nullAllowed: false, shapeOnly: false }, name);
  // An API server drops `status` when an object is created, after it has decoded it.
  const dropped = isJsonObject(status)
    ? { status: conversion.schemaOf(status, { nullAllowed: true, shapeOnly: true }, join(name, "status")) }
    : {};
  const members = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const referred = conversion.referredDefinitions();
  return {
    ...schema,
    properties: { ...members, ...dropped },
    ...(Object.keys(referred).length > 0 ? { definitions: referred } : {}),
  };
}

/** One run over the definitions that a root reaches; each is written once for each way of reading it. */
class Conversion {
  readonly #definitions: Definitions;
  readonly #written = new Map<string, JsonSchema>();
  readonly #pending: (() => void)[] = [];

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  referredDefinitions(): Record<string, JsonSchema> {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    return Object.fromEntries([...this.#written].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  schemaOf(node: JsonObject, reading: Reading, path: string): JsonSchema {
    const reference = referredName(node, path);
    if (reference !== undefined) return this.#referTo(reference, reading);
    const types = typeof node["type"] === "string" ? [node["type"]] : [];
    if (node["x-kubernetes-int-or-string"] === true) types.splice(0, 1, "integer", "string");
    return {
      ...typeKeyword(types, reading.nullAllowed && types.length > 0),
      ...bothLimits(sharedLimits(node), formatLimits(node, "built-in")),
      ...enumeration(node, reading),
      ...this.#members(node, reading, path),
      ...this.#items(node, reading, path),
    };
  }

  #referTo(name: string, reading: Reading): JsonSchema {
    const key = `${name}${reading.shapeOnly ? ".shape" : ""}${reading.nullAllowed ? ".or-null" : ""}`;
    if (!this.#written.has(key)) {
      this.#written.set(key, {});
      this.#pending.push(() => this.#written.set(key, this.#definition(name, reading)));
    }
    return { $ref: `#/definitions/${key}` };
  }

  #definition(name: string, reading: Reading): JsonSchema {
    const special: SpecialDefinition | undefined = specialDefinitions[name];
    const node = this.#definitions.get(special?.like ?? name) ?? {};
    const schema = special?.replaces === true ? {} : this.schemaOf(node, reading, name);
    if (special === undefined) return schema;
    const items =
      special.items === "itself"
        ? { items: this.schemaOf({ $ref: special.like }, { ...reading, nullAllowed: false }, name) }
        : {};
    return {
      ...schema,
      ...special.schema,
      ...items,
      ...typeKeyword(special.types, reading.nullAllowed && special.types.length > 0),
    };
  }

  #members(node: JsonObject, reading: Reading, path: string): JsonSchema {
    if (node["type"] !== "object" && node["properties"] === undefined) return {};
    const required = reading.shapeOnly ? [] : nameList(node, "required", path);
    const properties: JsonSchema = {};
    for (const [name, schema] of schemasByName(node, "properties", path)) {
      const optional = !required.includes(name);
      properties[name] = this.schemaOf(schema, { ...reading, nullAllowed: optional }, join(path, name));
    }
    return {
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...this.#otherFields(node, reading, path),
    };
  }

  #otherFields(node: JsonObject, reading: Reading, path: string): JsonSchema {
    const additional = node["additionalProperties"];
    if (isJsonObject(additional)) {
      return {
        additionalProperties: this.schemaOf(
          additional,
          { ...reading, nullAllowed: false },
          join(path, "additionalProperties"),
        ),
      };
    }
    if (additional === true || node["x-kubernetes-preserve-unknown-fields"] === true) return {};
    return { additionalProperties: false };
  }

  #items(node: JsonObject, reading: Reading, path: string): JsonSchema {
    const items = objectAt(node, "items", path);
    return items === undefined
      ? {}
      : { items: this.schemaOf(items, { ...reading, nullAllowed: false }, join(path, "items")) };
  }
}

function enumeration(node: JsonObject, reading: Reading): JsonSchema {
  const values: unknown = node["enum"];
  return Array.isArray(values) ? { enum: reading.nullAllowed ? [...values, null] : values } : {};
}

/** The definition that a node refers to: `$ref`, or in OpenAPI v3 `allOf` with a single `$ref`, since `$ref` allows no siblings. */
function referredName(node: JsonObject, path: string): string | undefined {
  const [only, ...more] = schemaList(node, "allOf", path);
  const reference = node["$ref"] ?? (more.length === 0 ? only?.["$ref"] : undefined);
  return typeof reference === "string" ? reference.slice(reference.lastIndexOf("/") + 1) : undefined;
}
