import { isJsonObject, type JsonObject, UnreadableSchema } from "./json-schema.ts";
import { apiVersionOf, type KindSchema, ownMetadata, typeMetaFields, type UnservedKind } from "./kind-schema.ts";
import { builtInNameRule } from "./names.ts";
import { type Definitions, definitionToJsonSchema } from "./open-api.ts";

/** The kinds of Kubernetes' OpenAPI documents. */
export interface BuiltInKinds {
  readonly served: readonly KindSchema[];
  readonly unserved: readonly UnservedKind[];
}

/** A kind that the documents' paths say can be created. */
interface CreatableKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** False for requests that look like objects and are not kept: reviews, bindings. */
  readonly kept: boolean;
}

/**
 * The JSON Schemas of the kinds that can be created, from Kubernetes' OpenAPI documents (one of v2, or several of v3).
 * Lists, options and subresources are definitions there too, but not objects that a manifest can hold.
 *
 * Alpha and beta versions are off in an API server unless someone turns them on (KEP-3136): they are served only when named in
 * `preReleases`, as `resource.k8s.io/v1beta2`.
 */
export function builtInKinds(documents: readonly JsonObject[], preReleases: readonly string[] = []): BuiltInKinds {
  const definitions = new Map(documents.flatMap(definitionsOf));
  const names = definitionNames(definitions);
  const served: KindSchema[] = [];
  const unserved: UnservedKind[] = [];
  for (const creatable of creatableKinds(documents)) {
    const { group, version, kind } = creatable;
    const apiVersion = apiVersionOf(group, version);
    const name = names.get(key(group, version, kind));
    if (name === undefined) throw new UnreadableSchema(`${apiVersion}/${kind}`, "a definition", undefined);
    if (/(alpha|beta)/.test(version) && !preReleases.includes(apiVersion)) unserved.push({ apiVersion, kind });
    else served.push({ apiVersion, kind, schema: kindSchema(definitions, name, creatable) });
  }
  return { served, unserved };
}

function kindSchema(definitions: Definitions, name: string, creatable: CreatableKind): KindSchema["schema"] {
  const { group, version, kind, namespaced, kept } = creatable;
  const schema = definitionToJsonSchema(definitions, name);
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required: unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  return {
    ...schema,
    properties: {
      ...properties,
      ...typeMetaFields({ apiVersion: apiVersionOf(group, version), kind }),
      ...(kept ? { metadata: ownMetadata(builtInNameRule(group, kind), namespaced) } : {}),
    },
    required: [...new Set(["apiVersion", "kind", ...(kept ? ["metadata"] : []), ...required])],
  };
}

function definitionsOf(document: JsonObject): [string, JsonObject][] {
  const components = document["components"];
  const found = document["definitions"] ?? (isJsonObject(components) ? components["schemas"] : undefined) ?? {};
  if (!isJsonObject(found)) throw new UnreadableSchema("definitions", "an object", found);
  return Object.entries(found).flatMap(([name, definition]) => (isJsonObject(definition) ? [[name, definition]] : []));
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function isGroupVersionKind(value: unknown): value is JsonObject & GroupVersionKind {
  return (
    isJsonObject(value) &&
    typeof value["group"] === "string" &&
    typeof value["version"] === "string" &&
    typeof value["kind"] === "string"
  );
}

const key = (group: string, version: string, kind: string): string => `${group}/${version}/${kind}`;

function definitionNames(definitions: Definitions): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, definition] of definitions) {
    const kinds: unknown = definition["x-kubernetes-group-version-kind"];
    // A definition of several kinds (DeleteOptions, WatchEvent) is none that can be created.
    const [only, ...more]: unknown[] = Array.isArray(kinds) ? kinds : [];
    if (isGroupVersionKind(only) && more.length === 0) names.set(key(only.group, only.version, only.kind), name);
  }
  return names;
}

function creatableKinds(documents: readonly JsonObject[]): CreatableKind[] {
  const kinds = new Map<string, CreatableKind>();
  for (const document of documents) {
    const paths = document["paths"];
    if (!isJsonObject(paths)) throw new UnreadableSchema("paths", "an object", paths);
    for (const [path, operations] of Object.entries(paths)) {
      const post = isJsonObject(operations) ? operations["post"] : undefined;
      const created = isJsonObject(post) ? post["x-kubernetes-group-version-kind"] : undefined;
      if (!isGroupVersionKind(created) || path.includes("{name}")) continue;
      const { group, version, kind } = created;
      const namespaced = path.includes("{namespace}");
      const kept = isJsonObject(paths[`${path}/{name}`]);
      kinds.set(key(group, version, kind), { group, version, kind, namespaced, kept });
    }
  }
  return [...kinds.values()];
}
