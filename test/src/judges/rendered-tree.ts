import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Finding,
  type IndexEntry,
  indexPath,
  isObjectPath,
  isResource,
  parseIndex,
  type Resource,
} from "@plinth/core";
import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";

/** A file of `rendered/`, as it lies on disk. */
export interface RenderedFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
  /** What the index says of it. */
  readonly entry?: IndexEntry;
}

/** A Kubernetes object in a rendered file. */
export interface RenderedObject {
  readonly file: RenderedFile;
  readonly resource: Resource;
}

/** The whole of `rendered/`. */
export interface RenderedTree {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly files: readonly RenderedFile[];
  /** Objects of all YAML files but kustomizations, which no cluster ever sees. */
  readonly objects: readonly RenderedObject[];
  /** What could not even be read: every judge would stumble over it, one names it. */
  readonly findings: readonly Finding[];
}

/** Reads the folder, whatever state it is in. */
export function readRenderedTree(folder: string): RenderedTree {
  const findings: Finding[] = [];
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const index = paths.includes(indexPath) ? parseIndex(readFileSync(join(folder, indexPath), "utf8")) : undefined;
  if (index === undefined || "problem" in index) {
    findings.push({
      code: "missing-file",
      severity: "error",
      file: indexPath,
      message: index === undefined ? "is missing" : `the index ${index.problem}`,
      expected: "the index that render writes",
    });
  }
  const files = paths.map((path): RenderedFile => {
    const entry = index !== undefined && "index" in index ? index.index.get(path) : undefined;
    return { path, text: readFileSync(join(folder, path), "utf8"), ...(entry === undefined ? {} : { entry }) };
  });
  const objects = files.flatMap((file) => (isObjectPath(file.path) ? objectsIn(file, findings) : []));
  return { folder, files, objects, findings: findings.map((finding) => withOrigin(finding, files)) };
}

/** The finding with the component that made its file, and whose it is. */
export function withOrigin(finding: Finding, files: readonly RenderedFile[]): Finding {
  const component = files.find(({ path }) => path === finding.file)?.entry?.component;
  return component === undefined || finding.component !== undefined ? finding : { ...finding, component };
}

function objectsIn(file: RenderedFile, findings: Finding[]): RenderedObject[] {
  const refuse = (message: string, expected: string): [] => {
    findings.push({ code: "rejected-by-judge", severity: "error", file: file.path, message, expected });
    return [];
  };
  let documents: unknown[];
  try {
    documents = loadAll(file.text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark === undefined ? "" : ` in line ${error.mark.line + 1}`;
    return refuse(`is not YAML${line}: ${error.reason}`, "YAML that can be parsed");
  }
  if (documents.length !== 1) return refuse(`has ${documents.length} documents`, "one object in one file");
  const [document] = documents;
  return isResource(document)
    ? [{ file, resource: document }]
    : refuse("has no apiVersion, kind or metadata.name", "a Kubernetes object");
}

/** Objects that one environment's cluster sees: the base, its overlay, its applications, what delivers them. */
export function objectsOfEnvironment(tree: RenderedTree, environment: string): readonly RenderedObject[] {
  const folders = [
    "foundation/base/",
    `foundation/overlays/${environment}/`,
    `application/${environment}/`,
    `argocd/${environment}/`,
    `flux/${environment}/`,
  ];
  return tree.objects.filter(({ file }) => folders.some((folder) => file.path.startsWith(folder)));
}
