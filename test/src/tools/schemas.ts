import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Finding } from "@plinth/core";
import { toolsFolder } from "./folders.ts";
import { parseGoMod, parseGoSum } from "./go-mod.ts";
import { checkGoVersion, findGo, goEnvironment } from "./go-toolchain.ts";

/** Where schemas come from. */
export type SchemaName =
  | "argo-cd"
  | "cert-manager"
  | "external-secrets"
  | "flux-kustomize"
  | "flux-source"
  | "grafana-operator"
  | "kubernetes"
  | "kyverno"
  | "opentelemetry-operator"
  | "pod-security-admission"
  | "prometheus-operator"
  | "sloth";

/** A Go module that is read for the files in it, and never built. */
export interface SchemaSource {
  /** Its path; `tools/schemas/go.mod` pins the version. */
  module: string;
  /** The folders inside that hold custom resource definitions. */
  crdFolders: readonly string[];
  /** What a judge finds there. */
  carries: string;
}

/** Every module that carries schemas. */
export const schemaSources: Readonly<Record<SchemaName, SchemaSource>> = {
  "argo-cd": {
    module: "github.com/argoproj/argo-cd/v3",
    crdFolders: ["manifests/crds"],
    carries: "CRDs: Application, ApplicationSet, AppProject",
  },
  "cert-manager": {
    module: "github.com/cert-manager/cert-manager",
    crdFolders: ["deploy/crds"],
    carries: "CRDs: Certificate, Issuer and their kin",
  },
  "external-secrets": {
    module: "github.com/external-secrets/external-secrets",
    crdFolders: ["config/crds/bases"],
    carries: "CRDs: ExternalSecret, ClusterSecretStore and their kin",
  },
  "flux-kustomize": {
    module: "github.com/fluxcd/kustomize-controller",
    crdFolders: ["config/crd/bases"],
    carries: "CRD: Kustomization",
  },
  "flux-source": {
    module: "github.com/fluxcd/source-controller",
    crdFolders: ["config/crd/bases"],
    carries: "CRDs: GitRepository and its kin",
  },
  "grafana-operator": {
    module: "github.com/grafana/grafana-operator/v5",
    crdFolders: ["config/crd/bases"],
    carries: "CRDs: GrafanaDashboard, GrafanaDatasource and their kin",
  },
  kubernetes: {
    module: "k8s.io/kubernetes",
    crdFolders: [],
    carries: "api/openapi-spec: swagger.json and v3/",
  },
  kyverno: {
    module: "github.com/kyverno/kyverno",
    crdFolders: [
      "config/crds/kyverno",
      "config/crds/policies.kyverno.io",
      "config/crds/policyreport",
      "config/crds/reports",
    ],
    carries: "CRDs: policies, exceptions, reports",
  },
  "opentelemetry-operator": {
    module: "github.com/open-telemetry/opentelemetry-operator",
    crdFolders: ["config/crd/bases"],
    carries: "CRDs: OpenTelemetryCollector, Instrumentation and their kin",
  },
  "pod-security-admission": {
    module: "k8s.io/pod-security-admission",
    crdFolders: [],
    carries: "test/testdata: pods that pass and fail each control",
  },
  "prometheus-operator": {
    module: "github.com/prometheus-operator/prometheus-operator",
    crdFolders: ["example/prometheus-operator-crd-full"],
    carries: "CRDs: PrometheusRule, ServiceMonitor and their kin",
  },
  sloth: {
    module: "github.com/slok/sloth",
    crdFolders: ["pkg/kubernetes/gen/crd"],
    carries: "CRD: PrometheusServiceLevel",
  },
};

/** True when the text names a source of schemas. */
export function isSchemaName(text: string): text is SchemaName {
  return Object.hasOwn(schemaSources, text);
}

/** The names, sorted. */
export const schemaNames: readonly SchemaName[] = Object.keys(schemaSources).filter(isSchemaName).sort();

/** A folder, or why there is none. */
export type ModuleLookup = { found: true; directory: string } | { found: false; finding: Finding };

/** The version that `tools/schemas/go.mod` pins: `v1.19.1`. */
export async function schemaVersion(name: SchemaName, folder: string = join(toolsFolder, "schemas")): Promise<string> {
  const { module } = schemaSources[name];
  const version = parseGoMod(await readFile(join(folder, "go.mod"), "utf8")).versions.get(module);
  if (version === undefined) throw new Error(`tools/schemas/go.mod does not require ${module}.`);
  return version;
}

/**
 * The folder of a pinned module in Go's module cache; downloads it first when it is not there. Its bytes are those whose
 * hash `tools/schemas/go.sum` holds. The folder is read-only.
 *
 * @example
 * const kyverno = await goModuleDirectory("kyverno");
 * if (kyverno.found) console.log(kyverno.directory);
 */
export async function goModuleDirectory(
  name: SchemaName,
  folder: string = join(toolsFolder, "schemas"),
): Promise<ModuleLookup> {
  const { module } = schemaSources[name];
  const [version, sums, goMod] = await Promise.all([
    schemaVersion(name, folder),
    readFile(join(folder, "go.sum"), "utf8").then(parseGoSum),
    readFile(join(folder, "go.mod"), "utf8").then(parseGoMod),
  ]);
  const pinned = sums.get(`${module} ${version}`);
  if (pinned === undefined) {
    return failed(
      `tools/schemas/go.sum has no hash for ${module} ${version}`,
      `cd tools/schemas && go mod download ${module}@${version}`,
    );
  }
  const go = await findGo(goMod.go);
  if (!go.found) return { found: false, finding: go.finding };
  const tooOld = checkGoVersion(go.toolchain, goMod.go, `tools/schemas`);
  if (tooOld !== undefined) return { found: false, finding: tooOld };
  return download(`${module}@${version}`, pinned, folder);
}

/** Where Go keeps a downloaded module. Capitals are written as `!` and the small letter. */
export function moduleCacheFolder(moduleCache: string, module: string, version: string): string {
  return join(
    moduleCache,
    `${module}@${version}`.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`),
  );
}

async function download(target: string, pinned: string, folder: string): Promise<ModuleLookup> {
  try {
    const { stdout } = await promisify(execFile)("go", ["mod", "download", "-json", target], {
      cwd: folder,
      env: goEnvironment(),
    });
    const answer: unknown = JSON.parse(stdout);
    if (typeof answer !== "object" || answer === null || !("Dir" in answer && "Sum" in answer)) {
      return failed(`\`go mod download ${target}\` names no folder`);
    }
    const { Dir: directory, Sum: sum } = answer;
    if (sum !== pinned) return failed(`${target} has the hash ${String(sum)}, and tools/schemas/go.sum says ${pinned}`);
    return typeof directory === "string"
      ? { found: true, directory }
      : failed(`\`go mod download ${target}\` names no folder`);
  } catch (error) {
    return failed(
      `\`go mod download ${target}\` failed:\n${reasonOf(error)}`,
      "the first download needs a network; GOPROXY names the mirror to use",
    );
  }
}

/** Go writes the reason into the JSON, or to standard error when the hash is wrong. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inJson =
    "stdout" in error && typeof error.stdout === "string" ? /"Error": (".*")/.exec(error.stdout)?.[1] : undefined;
  if (inJson !== undefined) return String(JSON.parse(inJson));
  return "stderr" in error && typeof error.stderr === "string" && error.stderr.trim() !== ""
    ? error.stderr.trim()
    : error.message;
}

function failed(message: string, hint?: string): ModuleLookup {
  const finding: Finding = { code: "tool-failed", severity: "error", message };
  return { found: false, finding: hint === undefined ? finding : { ...finding, hint } };
}

/** The files with custom resource definitions of several sources, or everything that stands in the way. */
export interface CrdFiles {
  /** Absolute paths, sorted within each source. */
  files: readonly string[];
  findings: readonly Finding[];
}

/**
 * The files with the custom resource definitions of the given sources.
 *
 * @example
 * const { files, findings } = await crdFiles(["kyverno", "sloth"]);
 */
export async function crdFiles(names: readonly SchemaName[]): Promise<CrdFiles> {
  const found = await Promise.all(
    names.map(async (name) => {
      const lookup = await goModuleDirectory(name);
      if (!lookup.found) return { files: [], findings: [lookup.finding] };
      const folders = schemaSources[name].crdFolders.map((folder) => join(lookup.directory, folder));
      return { files: (await Promise.all(folders.map(yamlFiles))).flat(), findings: [] };
    }),
  );
  return { files: found.flatMap(({ files }) => files), findings: found.flatMap(({ findings }) => findings) };
}

async function yamlFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
    .sort()
    .map((name) => join(folder, name));
}
