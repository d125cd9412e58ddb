import { bothLimits, formatLimits } from "./formats.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonSchema,
  join,
  nameList,
  objectAt,
  schemasByName,
  sharedLimits,
  typeKeyword,
} from "./json-schema.ts";
import { objectMetaSchema } from "./object-meta.ts";
import { valueValidations } from "./value-validations.ts";

/**
 * What `additionalProperties: true` allows, to be among a schema's `definitions`: any value, but since no field of it is known, no
 * object with a field.
 */
export const structuralDefinitions: Readonly<Record<string, JsonSchema>> = {
  "without-fields": {
    type: ["string", "number", "boolean", "null", "object", "array"],
    maxProperties: 0,
    items: { $ref: "#/definitions/without-fields" },
  },
};

/** Where a value stands in its owner, which decides what `null` means there. */
type Place = "field" | "required-field" | "map-value" | "list-item";

/** What of a schema is translated: all of it, or only which fields there are and their types. */
export type Scope = "all" | "shape";

/**
 * JSON Schema of a structural schema, the OpenAPI v3 dialect of CustomResourceDefinitions, as an API server applies it to a
 * request with strict field validation: unknown fields refused, then nulls of fields that are not nullable dropped, then
 * defaults filled in, then limits checked.
 *
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ and
 * k8s.io/apiextensions-apiserver pkg/apiserver/schema/{pruning,defaulting,objectmeta,listtype}.
 */
export function structuralToJsonSchema(node: JsonObject, path: string, scope: Scope = "all"): JsonSchema {
  return convert(node, "required-field", path, scope);
}

function convert(node: JsonObject, place: Place, path: string, scope: Scope): JsonSchema {
  const types = typesOf(node);
  const nullAllowed = acceptsNull(node, place);
  const schema: JsonSchema = {
    ...typeLimit(types, nullAllowed, place),
    ...members(node, path, scope),
    ...items(node, path, scope),
  };
  if (scope === "shape") return schema;
  const limits = {
    ...bothLimits(sharedLimits(node), formatLimits(node, "custom-resource")),
    ...enumeration(node, nullAllowed),
  };
  const unique = node["x-kubernetes-list-type"] === "set" ? { uniqueItems: true } : {};
  return merge({ ...schema, ...limits, ...unique }, valueValidations(node, { types, nullAllowed }, path));
}

/** A required field of any type must not be `null`: the API server drops it, and then it is missing. */
function typeLimit(types: readonly string[], nullAllowed: boolean, place: Place): JsonSchema {
  if (types.length > 0) return typeKeyword(types, nullAllowed);
  return place === "required-field" && !nullAllowed
    ? typeKeyword(["object", "array", "string", "number", "boolean"], false)
    : {};
}

/** Both schemas hold; only `allOf` can stand in both. */
function merge(schema: JsonSchema, added: JsonSchema): JsonSchema {
  const both = [schema["allOf"], added["allOf"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return { ...schema, ...added, ...(both.length > 0 ? { allOf: both } : {}) };
}

function typesOf(node: JsonObject): string[] {
  if (node["x-kubernetes-int-or-string"] === true) return ["integer", "string"];
  return typeof node["type"] === "string" ? [node["type"]] : [];
}

/**
 * A `null` of a field is the same as no field, unless the field is `nullable`: then the `null` stays and must be in `enum`,
 * which the API server's check of `enum` never finds. In lists it stays and is of the wrong type. As a map's value the API
 * server drops the entry without a word; here it is refused, since whoever wrote the key meant a value.
 */
function acceptsNull(node: JsonObject, place: Place): boolean {
  if (node["nullable"] === true) return node["enum"] === undefined;
  if (hasDefault(node)) return true;
  return place === "field";
}

function hasDefault(node: JsonObject): boolean {
  return node["default"] !== undefined && node["default"] !== null;
}

function enumeration(node: JsonObject, nullAllowed: boolean): JsonSchema {
  const values: unknown = node["enum"];
  if (!Array.isArray(values)) return {};
  return { enum: nullAllowed ? [...values, null] : values };
}

/** The fields of an object: every one that is not named is refused, unless the schema says otherwise. */
function members(node: JsonObject, path: string, scope: Scope): JsonSchema {
  const embedded = node["x-kubernetes-embedded-resource"] === true;
  const named = schemasByName(node, "properties", path);
  if (node["type"] !== "object" && named.length === 0 && !embedded) return {};

  // A field with a default is never missing when the limits are checked.
  const defaulted = new Set(named.filter(([, schema]) => hasDefault(schema)).map(([name]) => name));
  const required = scope === "shape" ? [] : nameList(node, "required", path).filter((name) => !defaulted.has(name));
  const properties: JsonSchema = {};
  for (const [name, schema] of named) {
    const place = required.includes(name) ? "required-field" : "field";
    properties[name] = convert(schema, place, join(join(path, "properties"), name), scope);
  }
  if (embedded) Object.assign(properties, embeddedResourceFields(objectAt(node, "properties", path)?.["metadata"]));
  const allRequired = embedded ? [...new Set(["apiVersion", "kind", ...required])] : required;
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(allRequired.length > 0 ? { required: allRequired } : {}),
    ...otherFields(node, path, scope),
  };
}

function otherFields(node: JsonObject, path: string, scope: Scope): JsonSchema {
  const additional: unknown = node["additionalProperties"];
  if (isJsonObject(additional)) {
    return { additionalProperties: convert(additional, "map-value", join(path, "additionalProperties"), scope) };
  }
  if (node["x-kubernetes-preserve-unknown-fields"] === true) return {};
  if (additional === true) return { additionalProperties: { $ref: "#/definitions/without-fields" } };
  return { additionalProperties: false };
}

/** An embedded object names its kind; its metadata is read as strictly as that of an object of its own. */
function embeddedResourceFields(declared: unknown): JsonSchema {
  const metadata = objectMetaSchema({ nameRule: "path-segment", labelsChecked: true });
  return {
    apiVersion: { type: "string", pattern: "^[^/]+(/[^/]+)?$" },
    kind: { type: "string", pattern: "^[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?$", maxLength: 63 },
    metadata: withNameLimits(metadata, declared),
  };
}

/** A CRD may limit `metadata.name` and `metadata.generateName` further, and nothing else of the metadata. */
export function withNameLimits(metadata: JsonSchema, declared: unknown): JsonSchema {
  if (!isJsonObject(declared)) return metadata;
  const limits = schemasByName(declared, "properties", "metadata").map(([name, schema]) => [
    name,
    sharedLimits(schema),
  ]);
  return limits.length === 0 ? metadata : { ...metadata, allOf: [{ properties: Object.fromEntries(limits) }] };
}

function items(node: JsonObject, path: string, scope: Scope): JsonSchema {
  const schema = objectAt(node, "items", path);
  if (schema === undefined) return {};
  // A list that keeps unknown fields keeps those of its items.
  const preserve = "x-kubernetes-preserve-unknown-fields";
  const item = node[preserve] === true ? { ...schema, [preserve]: true } : schema;
  return { items: convert(item, "list-item", join(path, "items"), scope) };
}
