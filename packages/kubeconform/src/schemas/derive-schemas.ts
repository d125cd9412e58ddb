import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Finding } from "@plinth/core";
import { loadAll } from "js-yaml";
import { builtInKinds } from "./built-in.ts";
import { readSchemaSet, writeSchemaSet } from "./cache.ts";
import { customResourceKinds, isCustomResourceDefinition } from "./custom-resource.ts";
import { isJsonObject, type JsonObject, UnreadableSchema } from "./json-schema.ts";
import type { KindSchema, UnservedKind } from "./kind-schema.ts";
import { readSources, type SourceFile } from "./read-sources.ts";
import { schemaSet } from "./schema-set.ts";

/** Part of the name of each folder of schemas: it changes whenever the same sources give other schemas. */
export const conversionVersion: string = "1";

/** What schemas are derived from, and where they are kept. */
export interface SchemaSources {
  /**
   * Kubernetes' own OpenAPI: `api/openapi-spec/swagger.json` of k8s.io/kubernetes, or the folder `api/openapi-spec/v3`.
   * @default none: built-in kinds have no schema
   */
  kubernetesOpenApi?: string | readonly string[];
  /**
   * CustomResourceDefinitions: YAML files, or folders in which every `.yaml`, `.yml` and `.json` file is read. Objects of other
   * kinds in them are passed over.
   * @default none
   */
  crds?: readonly string[];
  /**
   * Alpha and beta versions of built-in APIs that the cluster serves: `["resource.k8s.io/v1beta2"]`.
   * @default none, as in an API server that was not told otherwise
   */
  preReleases?: readonly string[];
  /** The folder that keeps derived schemas, made when it is missing. */
  cacheDirectory: string;
}

/** Derived schemas, or what was wrong with their sources. */
export interface DerivedSchemas {
  /** The folder to pass to `validate`; `undefined` when a finding stands in the way. */
  readonly folder: string | undefined;
  /** Each kind that has a schema: `apps/v1/Deployment`. */
  readonly kinds: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * JSON Schemas for kubeconform, from Kubernetes' OpenAPI and from CustomResourceDefinitions, kept in a folder that is named after
 * the content of the sources: the same sources are converted once. The folder is there completely or not at all.
 *
 * Sources that cannot be read or understood are findings, and then nothing is written. It never throws for them.
 *
 * @example
 * const { folder, findings } = await deriveSchemas({
 *   kubernetesOpenApi: "openapi/swagger.json",
 *   crds: ["crds/cert-manager", "crds/prometheus-operator"],
 *   cacheDirectory: ".cache/schemas",
 * });
 */
export async function deriveSchemas(sources: SchemaSources): Promise<DerivedSchemas> {
  const openApi = await readSources([sources.kubernetesOpenApi ?? []].flat(), [".json"]);
  const crds = await readSources(sources.crds ?? [], [".yaml", ".yml", ".json"]);
  const unread = [...openApi.findings, ...crds.findings];
  if (unread.length > 0) return failed(unread);

  const preReleases = [...(sources.preReleases ?? [])].sort();
  const folder = join(resolve(sources.cacheDirectory), hashOf(openApi.files, crds.files, preReleases));
  const cached = await readSchemaSet(folder);
  if (cached !== undefined) return { folder, kinds: cached.kinds.map(nameOf), findings: [] };

  const converted = convert(openApi.files, crds.files, preReleases);
  if (converted.findings.length > 0) return failed(converted.findings);
  const { files, index } = schemaSet(converted.kinds, converted.unserved);
  try {
    await writeSchemaSet(folder, files, index);
  } catch (error) {
    return failed([notWritable(sources.cacheDirectory, error)]);
  }
  return { folder, kinds: index.kinds.map(nameOf), findings: [] };
}

const nameOf = (kind: { readonly apiVersion: string; readonly kind: string }): string =>
  `${kind.apiVersion}/${kind.kind}`;

function failed(findings: readonly Finding[]): DerivedSchemas {
  return { folder: undefined, kinds: [], findings };
}

function hashOf(openApi: readonly SourceFile[], crds: readonly SourceFile[], preReleases: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify([conversionVersion, preReleases]));
  for (const files of [openApi, crds]) {
    const contents = files.map(({ content }) => createHash("sha256").update(content).digest("hex"));
    hash.update(JSON.stringify(contents.sort()));
  }
  return hash.digest("hex").slice(0, 32);
}

interface Converted {
  readonly kinds: readonly KindSchema[];
  readonly unserved: readonly UnservedKind[];
  readonly findings: readonly Finding[];
}

function convert(
  openApi: readonly SourceFile[],
  crds: readonly SourceFile[],
  preReleases: readonly string[],
): Converted {
  const findings: Finding[] = [];
  const unserved: UnservedKind[] = [];
  const kinds = new Map<string, KindSchema & { readonly file: string }>();
  const add = (file: string, found: { served: readonly KindSchema[]; unserved: readonly UnservedKind[] }): void => {
    unserved.push(...found.unserved);
    for (const kind of found.served) {
      const earlier = kinds.get(nameOf(kind));
      if (earlier === undefined) kinds.set(nameOf(kind), { ...kind, file });
      else if (JSON.stringify(earlier.schema) !== JSON.stringify(kind.schema))
        findings.push(conflict(kind, earlier.file, file));
    }
  };

  const documents = openApi.flatMap((file) => attempt(file, findings, () => [parseOpenApi(file)]));
  const [first] = openApi;
  if (first !== undefined) attempt(first, findings, () => [add(first.path, builtInKinds(documents, preReleases))]);
  for (const file of crds) {
    attempt(file, findings, () => {
      const objects: unknown[] = loadAll(file.content.toString("utf8"), { maxDepth: 1000 });
      return objects
        .filter(isCustomResourceDefinition)
        .map((definition) => add(file.path, customResourceKinds(definition)));
    });
  }
  return {
    kinds: [...kinds.values()].map(({ apiVersion, kind, schema }) => ({ apiVersion, kind, schema })),
    unserved,
    findings,
  };
}

/** What the work gives; nothing, and a finding, when it stumbles over the file. */
function attempt<Result>(file: SourceFile, findings: Finding[], work: () => Result[]): Result[] {
  try {
    return work();
  } catch (error) {
    const unreadable = error instanceof UnreadableSchema;
    findings.push({
      code: "tool-failed",
      severity: "error",
      message: `no schema can be derived from ${file.path}: ${error instanceof Error ? error.message : String(error)}`,
      source: { file: file.path },
      ...(unreadable ? { path: error.path, expected: error.expected } : {}),
    });
    return [];
  }
}

function parseOpenApi(file: SourceFile): JsonObject {
  const document: unknown = JSON.parse(file.content.toString("utf8"));
  if (!isJsonObject(document)) throw new UnreadableSchema("", "an OpenAPI document", document);
  return document;
}

function conflict(kind: KindSchema, earlier: string, file: string): Finding {
  return {
    code: "duplicate-resource",
    severity: "error",
    message: `${nameOf(kind)} is defined differently in ${earlier} and in ${file}`,
    source: { file },
    hint: "Name the folder or file of the one release that the cluster runs.",
  };
}

function notWritable(cacheDirectory: string, error: unknown): Finding {
  return {
    code: "not-writable",
    severity: "error",
    message: `the schema cache ${cacheDirectory} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    hint: "Give a cacheDirectory that can be written and has room for about 20 MB.",
  };
}
