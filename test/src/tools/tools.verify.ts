import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { readTools, requireTools, toolPath } from "./ensure.ts";
import { startGuarded } from "./guarded-process.ts";
import { goModuleDirectory, schemaNames, schemaSources } from "./schemas.ts";
import { type ToolName, toolNames } from "./tools.ts";

/** How each tool is asked who it is. The answer holds its version, unless a text to look for is named. */
const questions: Readonly<Record<ToolName, { args: readonly string[]; says?: string }>> = {
  actionlint: { args: ["-version"] },
  alertmanager: { args: ["--version"] },
  amtool: { args: ["--version"] },
  // It reads nothing here, and so has nothing to say.
  "argocd-judge": { args: [], says: "" },
  dyff: { args: ["version"] },
  // It reads nothing here, and so has nothing to say.
  "dyff-judge": { args: [], says: "" },
  etcd: { args: ["--version"] },
  "kube-apiserver": { args: ["--version"] },
  "kube-controller-manager": { args: ["--version"] },
  kubeconform: { args: ["-v"] },
  kubectl: { args: ["version", "--client"] },
  kustomize: { args: ["version"] },
  kyverno: { args: ["version"] },
  // It has no command that tells its version.
  "netpol-analyzer": { args: ["--help"], says: "evaluate" },
  oslo: { args: ["--version"] },
  otelcol: { args: ["--version"] },
  pint: { args: ["version"] },
  prometheus: { args: ["--version"] },
  promtool: { args: ["--version"] },
  sloth: { args: ["version"] },
  // It reads nothing here, and so has nothing to say.
  "logql-judge": { args: [], says: "" },
  "promql-judge": { args: [], says: "" },
  "rbac-covers": { args: [], says: "" },
  "yaml-judge": { args: [], says: "" },
};

/** Every built tool starts, and is the version that go.mod pins. */
export async function toolsAnswer(): Promise<Finding[]> {
  const missing = await requireTools(toolNames);
  if (missing.length > 0) return missing;
  const { statuses } = await readTools();
  const found = await Promise.all(
    statuses.map(async ({ sources: { name, version } }) => {
      const { args, says = version.replace(/^v/, "") } = questions[name];
      const { code, output } = await ask(toolPath(name), args);
      return code === 0 && output.includes(says)
        ? []
        : [
            failure(
              `${name} ${args.join(" ")} ended with ${code} and said: ${output.trim()}`,
              `exit code 0 and ${JSON.stringify(says)}`,
            ),
          ];
    }),
  );
  return found.flat();
}

/** The collector has the components that rendered configurations may use, and tells a right configuration from a wrong one. */
export async function collectorJudges(): Promise<Finding[]> {
  const missing = await requireTools(["otelcol"]);
  if (missing.length > 0) return missing;
  const [listed, right, wrong] = await Promise.all([
    ask(toolPath("otelcol"), ["components"]),
    ask(toolPath("otelcol"), ["validate", `--config=yaml:${collector({})}`]),
    ask(toolPath("otelcol"), ["validate", `--config=yaml:${collector({ no_such_key: 1 })}`]),
  ]);
  const components = (listed.output.match(/^ {4}- name: /gm) ?? []).length;
  return [
    ...(components === 44 ? [] : [failure(`otelcol has ${components} components`, "44 components")]),
    ...(right.code === 0 ? [] : [failure(`otelcol refuses a right configuration: ${right.output}`, "accepted")]),
    ...(wrong.code === 1 && wrong.output.includes("no_such_key")
      ? []
      : [failure("otelcol does not name an unknown key", "no_such_key refused")]),
  ];
}

/** A small configuration, as JSON, which is YAML too. */
function collector(batch: Readonly<Record<string, number>>): string {
  return JSON.stringify({
    receivers: { otlp: { protocols: { grpc: { endpoint: "${env:NOT_SET:-127.0.0.1}:4317" } } } },
    processors: { batch },
    exporters: { debug: {} },
    service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["debug"] } } },
  });
}

/** The modules with schemas can be had, their hashes are those of go.sum, and what is read of them is there. */
export async function schemasAreThere(): Promise<Finding[]> {
  const found = await Promise.all(
    schemaNames.map(async (name) => {
      const lookup = await goModuleDirectory(name);
      if (!lookup.found) return [lookup.finding];
      const folders = schemaSources[name].crdFolders.map((folder) => join(lookup.directory, folder));
      return (await Promise.all(folders.map(definitionsIn))).flatMap((count, index) =>
        count > 0 ? [] : [failure(`${folders[index]} holds no custom resource definition`, "at least one")],
      );
    }),
  );
  return found.flat();
}

async function definitionsIn(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
  return texts.filter((text) => /^kind: CustomResourceDefinition$/m.test(text)).length;
}

async function ask(binary: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const { child, exited } = startGuarded(binary, args);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const [{ code }] = await Promise.all([exited, new Promise((resolve) => child.once("close", resolve))]);
  return { code, output };
}

function failure(message: string, expected: string): Finding {
  return { code: "tool-failed", severity: "error", message, expected };
}
