import { fits } from "./fits.ts";
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

/** What the structural part of a schema says of the value whose `allOf`, `anyOf`, `oneOf` and `not` are translated. */
interface ValueTypes {
  readonly types: readonly string[];
  /** True where `null` stands for an absent value, to which none of the branches applies. */
  readonly nullAllowed: boolean;
}

/**
 * The logical keywords of a structural schema as JSON Schema. The API server judges them after it has dropped nulls and filled in
 * defaults; what that changes is written into the branches.
 */
export function valueValidations(node: JsonObject, value: ValueTypes, path: string): JsonSchema {
  const schema: JsonSchema = {};
  const branchesOf = (keyword: string): JsonSchema[] =>
    schemaList(node, keyword, path)
      .filter((branch) => !saysOnlyIntOrString(node, keyword, branch))
      .map((branch, index) => branchSchema(branch, node, `${join(path, keyword)}[${index}]`));

  const allOf = branchesOf("allOf").filter((branch) => Object.keys(branch).length > 0);
  if (allOf.length > 0) schema["allOf"] = value.nullAllowed ? allOf.map((branch) => orNull(value, branch)) : allOf;
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = branchesOf(keyword);
    if (branches.length === 0) continue;
    schema[keyword] = value.nullAllowed
      ? [...branches.map((branch) => ({ ...typeKeyword(value.types, false), ...branch })), { type: "null" }]
      : branches;
  }
  const not = objectAt(node, "not", path);
  if (not !== undefined) {
    const refused = branchSchema(not, node, join(path, "not"));
    schema["not"] = value.nullAllowed ? { ...typeKeyword(value.types, false), ...refused } : refused;
  }
  return schema;
}

function orNull(value: ValueTypes, branch: JsonSchema): JsonSchema {
  const guarded = ["anyOf", "oneOf", "not", "enum"].some((keyword) => branch[keyword] !== undefined);
  return guarded ? { anyOf: [{ ...typeKeyword(value.types, false), ...branch }, { type: "null" }] } : branch;
}

/** `anyOf: [{type: integer}, {type: string}]` beside `x-kubernetes-int-or-string` repeats what the extension says. */
function saysOnlyIntOrString(node: JsonObject, keyword: string, branch: JsonObject): boolean {
  if (node["x-kubernetes-int-or-string"] !== true) return false;
  if (keyword === "anyOf") return Object.keys(branch).every((key) => key === "type");
  if (keyword !== "allOf") return false;
  const inner = schemaList(branch, "anyOf", keyword);
  return (
    Object.keys(branch).every((key) => key === "anyOf") &&
    inner.every((each) => Object.keys(each).every((key) => key === "type"))
  );
}

/** A branch of a logical keyword: limits on a value whose fields and types `owner` declares. */
function branchSchema(branch: JsonObject, owner: JsonObject, path: string): JsonSchema {
  const limits = bothLimits(sharedLimits(branch), formatOf(branch, owner));
  const schema: JsonSchema = { ...limits };
  if (Array.isArray(branch["enum"])) schema["enum"] = branch["enum"];
  Object.assign(schema, fieldLimits(branch, owner, path));
  const item = objectAt(branch, "items", path);
  if (item !== undefined)
    schema["items"] = branchSchema(item, objectAt(owner, "items", path) ?? {}, join(path, "items"));
  const nested = valueValidations(branch, { types: [], nullAllowed: false }, path);
  const both = [schema["allOf"], nested["allOf"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return { ...schema, ...nested, ...(both.length > 0 ? { allOf: both } : {}) };
}

/** A branch gives a format and leaves the type to the structural part. */
function formatOf(branch: JsonObject, owner: JsonObject): JsonSchema {
  const { format } = branch;
  return format === undefined ? {} : formatLimits({ type: owner["type"], format }, "custom-resource");
}

/** A field whose `null` the API server drops does not fulfil `required`, and no limit applies to it. */
function fieldLimits(branch: JsonObject, owner: JsonObject, path: string): JsonSchema {
  const declared = new Map(schemasByName(owner, "properties", path));
  const additional = owner["additionalProperties"];
  const ownerOf = (name: string): JsonObject => declared.get(name) ?? (isJsonObject(additional) ? additional : {});
  const dropsNull = (name: string): boolean => declared.has(name) && ownerOf(name)["nullable"] !== true;

  const properties: Record<string, JsonSchema> = {};
  for (const [name, schema] of schemasByName(branch, "properties", path)) {
    const limits = branchSchema(schema, ownerOf(name), join(join(path, "properties"), name));
    const types = ownerOf(name)["type"];
    properties[name] = dropsNull(name)
      ? orNull({ types: typeof types === "string" ? [types] : [], nullAllowed: true }, limits)
      : limits;
  }
  const named = nameList(branch, "required", path).filter((name) => ownerOf(name)["default"] === undefined);
  // An absent field has its default by the time the branch is judged: where that does not fit, the field must be there.
  const unfit = Object.keys(properties).filter(
    (name) => declared.has(name) && fits(ownerOf(name)["default"], properties[name]) === false,
  );
  const required = [...new Set([...named, ...unfit])];
  const present: JsonSchema = { not: { type: "null" } };
  for (const name of required.filter(dropsNull)) {
    const limits = properties[name];
    properties[name] = limits === undefined ? present : { allOf: [limits, present] };
  }
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}
