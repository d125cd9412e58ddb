import { join } from "node:path";
import { type Finding, hasErrors, isObjectPath } from "@plinth/core";
import { deriveSchemas, judge, type ValidationOptions } from "@plinth/kubeconform";
import { readIndex } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { count, printFindings, type Terminal } from "./terminal.ts";

export interface ValidateOptions {
  /** The rendered folder. */
  readonly out: string;
  /** Folders of JSON Schemas, or kubeconform's templates of paths. */
  readonly schemas: readonly string[];
  /** CustomResourceDefinitions: files or folders. */
  readonly crds: readonly string[];
  /** Kubernetes' own OpenAPI: `swagger.json`, or the folder `v3`. */
  readonly openApi: readonly string[];
  /** Where schemas that were derived are kept. */
  readonly cache: string;
  /** The kubeconform to run; found by itself when left out. */
  readonly binary?: string;
  readonly json: boolean;
}

/** Lets kubeconform judge every object of the rendered folder, strictly and offline, and names the component that made what it refuses. */
export async function validateTree(
  options: ValidateOptions,
  terminal: Terminal,
  fileSystem: FileSystem,
): Promise<ExitCode> {
  const schemas = await schemaFolders(options);
  if ("findings" in schemas) return report(options, schemas.findings, 0, terminal);
  const { index } = readIndex(options.out, fileSystem);
  const judging: ValidationOptions = {
    schemas: schemas.folders,
    toolsDirectory: join("tools", ".cache", "bin"),
    exclude: (file) => !isObjectPath(file),
    ...(options.binary === undefined ? {} : { binary: options.binary }),
  };
  const findings: Finding[] = [];
  let objects = 0;
  for await (const verdict of judge(options.out, judging)) {
    objects += verdict.resource === undefined ? 0 : 1;
    findings.push(...verdict.findings.map((finding) => withComponent(finding, index)));
  }
  return report(options, findings, objects, terminal);
}

function withComponent(finding: Finding, index: ReadonlyMap<string, { readonly component: string }>): Finding {
  const component = finding.file === undefined ? undefined : index.get(finding.file)?.component;
  return component === undefined ? finding : { ...finding, component };
}

async function schemaFolders({
  schemas,
  crds,
  openApi,
  cache,
}: ValidateOptions): Promise<{ folders: readonly string[] } | { findings: readonly Finding[] }> {
  if (crds.length === 0 && openApi.length === 0) {
    if (schemas.length > 0) return { folders: schemas };
    const finding: Finding = {
      code: "tool-missing",
      severity: "error",
      message: "there are no schemas to judge by",
      expected: "folders of schemas, or Kubernetes' OpenAPI and the CRDs that your clusters have installed",
      example: "gitops-render validate --openapi openapi/swagger.json --crds crds/kyverno crds/argo-cd",
    };
    return { findings: [finding] };
  }
  const derived = await deriveSchemas({ kubernetesOpenApi: openApi, crds, cacheDirectory: cache });
  return derived.folder === undefined ? { findings: derived.findings } : { folders: [...schemas, derived.folder] };
}

function report(
  { out, json }: ValidateOptions,
  findings: readonly Finding[],
  objects: number,
  terminal: Terminal,
): ExitCode {
  const ok = !hasErrors(findings);
  if (json) terminal.out(JSON.stringify({ ok, objects, findings }, null, 2));
  else {
    printFindings(terminal, findings);
    terminal.out(`  ${out}/: ${count(objects, "object")} judged, ${count(findings.length, "finding")}`);
  }
  if (ok) return exitCodes.ok;
  return findings.some(({ code }) => code === "tool-missing" || code === "tool-failed" || code === "not-writable")
    ? exitCodes.environment
    : exitCodes.invalid;
}
