import { isJsonObject, type JsonObject, type JsonSchema, join, objectAt, UnreadableSchema } from "./json-schema.ts";
import { apiVersionOf, type KindSchema, ownMetadata, typeMetaFields, type UnservedKind } from "./kind-schema.ts";
import { structuralDefinitions, structuralToJsonSchema, withNameLimits } from "./structural-schema.ts";

/** What a CustomResourceDefinition says of its versions. */
export interface CustomResourceKinds {
  readonly served: readonly KindSchema[];
  readonly unserved: readonly UnservedKind[];
}

/** True for an object that is a CustomResourceDefinition of any version of the API. */
export function isCustomResourceDefinition(value: unknown): value is JsonObject {
  return isJsonObject(value) && value["kind"] === "CustomResourceDefinition";
}

/**
 * The JSON Schemas of a CustomResourceDefinition's versions. A version that is not `served` has none: an API server does not
 * take it.
 *
 * Throws `UnreadableSchema` for anything that is not an `apiextensions.k8s.io/v1` CustomResourceDefinition with a schema
 * in each version.
 */
export function customResourceKinds(definition: JsonObject): CustomResourceKinds {
  if (definition["apiVersion"] !== "apiextensions.k8s.io/v1") {
    throw new UnreadableSchema("apiVersion", "apiextensions.k8s.io/v1", definition["apiVersion"]);
  }
  const spec = required(definition, "spec", "");
  const names = required(spec, "names", "spec");
  const group = textAt(spec, "group", "spec");
  const kind = textAt(names, "kind", "spec.names");
  const namespaced = textAt(spec, "scope", "spec") === "Namespaced";
  const versions: unknown = spec["versions"];
  if (!Array.isArray(versions)) throw new UnreadableSchema("spec.versions", "a list of versions", versions);

  const served: KindSchema[] = [];
  const unserved: UnservedKind[] = [];
  for (const [index, version] of versions.entries()) {
    const path = `spec.versions[${index}]`;
    if (!isJsonObject(version)) throw new UnreadableSchema(path, "a version", version);
    const apiVersion = apiVersionOf(group, textAt(version, "name", path));
    if (version["served"] !== true) unserved.push({ apiVersion, kind });
    else served.push({ apiVersion, kind, schema: versionSchema({ apiVersion, kind, namespaced }, version, path) });
  }
  return { served, unserved };
}

interface VersionedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function versionSchema(kind: VersionedKind, version: JsonObject, path: string): JsonSchema {
  const schemaPath = join(join(path, "schema"), "openAPIV3Schema");
  const root = required(required(version, "schema", path), "openAPIV3Schema", join(path, "schema"));
  const schema = structuralToJsonSchema(root, schemaPath);
  const properties = objectAt(root, "properties", schemaPath) ?? {};
  const status = statusSchema(version, properties, schemaPath);
  const converted = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const alsoRequired = Array.isArray(schema["required"]) ? schema["required"] : [];
  return {
    ...schema,
    properties: {
      ...converted,
      ...(status === undefined ? {} : { status }),
      ...typeMetaFields(kind),
      // The API server holds every custom resource's name to this rule (pkg/registry/customresource/validator.go).
      metadata: withNameLimits(ownMetadata("dns-subdomain", kind.namespaced), properties["metadata"]),
    },
    required: [...new Set(["apiVersion", "kind", "metadata", ...alsoRequired])],
    definitions: structuralDefinitions,
  };
}

/** With a status subresource the API server drops `status` from a request, but still refuses unknown fields in it. */
function statusSchema(version: JsonObject, properties: JsonObject, path: string): JsonSchema | undefined {
  const subresources = objectAt(version, "subresources", "subresources");
  const status = objectAt(properties, "status", join(path, "properties"));
  if (status === undefined || subresources?.["status"] === undefined) return undefined;
  return {
    ...structuralToJsonSchema(status, join(join(path, "properties"), "status"), "shape"),
    type: [status["type"] ?? "object", "null"],
  };
}

function required(owner: JsonObject, key: string, path: string): JsonObject {
  const value = objectAt(owner, key, path);
  if (value === undefined) throw new UnreadableSchema(join(path, key), "an object", undefined);
  return value;
}

function textAt(owner: JsonObject, key: string, path: string): string {
  const value = owner[key];
  if (typeof value !== "string" || value === "") throw new UnreadableSchema(join(path, key), "a name", value);
  return value;
}
