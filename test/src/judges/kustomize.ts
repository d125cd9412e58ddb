import { isDeepStrictEqual } from "node:util";
import { describeResource, type Finding, identityOf, isResource, type Resource } from "@plinth/core";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import type { RenderedObject } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** kustomize builds each overlay, and what it builds is what lies in the files, object by object. */
export const kustomize: Judge = {
  name: "kustomize",
  purpose: "each overlay builds, and is its files",
  tools: ["kustomize"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let objects = 0;
    for (const { name } of context.platform.environments) {
      const built = await build(name, context);
      if ("finding" in built) findings.push(built.finding);
      else {
        objects += built.resources.length;
        findings.push(...differences(name, built.resources, filesOf(name, context)));
      }
    }
    return { read: `${context.platform.environments.length} overlays, ${objects} objects`, findings };
  },
};

async function build(
  environment: string,
  { tree, signal }: JudgeContext,
): Promise<{ resources: readonly Resource[] } | { finding: Finding }> {
  const overlay = `foundation/overlays/${environment}`;
  const run = await runTool(toolPath("kustomize"), ["build", `${tree.folder}/${overlay}`], { signal });
  if (run.exitCode === 0) return { resources: loadAll(run.stdout, { schema: CORE_SCHEMA }).filter(isResource) };
  if (run.stderr.startsWith("Error:")) {
    const named = /'([^']*\.ya?ml)'/.exec(run.stderr)?.[1];
    const file =
      named?.startsWith(`${tree.folder}/`) === true
        ? named.slice(tree.folder.length + 1)
        : `${overlay}/kustomization.yaml`;
    return {
      finding: { code: "rejected-by-judge", severity: "error", file, message: `kustomize: ${run.stderr.trim()}` },
    };
  }
  return { finding: toolFailed("kustomize", run) };
}

function filesOf(environment: string, { tree }: JudgeContext): readonly RenderedObject[] {
  return tree.objects.filter(
    ({ file }) =>
      file.path.startsWith("foundation/base/") || file.path.startsWith(`foundation/overlays/${environment}/`),
  );
}

/** Objects that are in one only, or not the same in both. */
export function differences(
  environment: string,
  built: readonly Resource[],
  files: readonly RenderedObject[],
): Finding[] {
  const refuse = (resource: Resource, message: string, file?: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    resource: describeResource(resource),
    message: `${message} (${environment})`,
    expected: "what kustomize builds is what lies in the files",
    ...(file === undefined ? {} : { file }),
  });
  const byIdentity = new Map(built.map((resource) => [identityOf(resource), resource]));
  const findings: Finding[] = [];
  for (const { file, resource } of files) {
    const same = byIdentity.get(identityOf(resource));
    byIdentity.delete(identityOf(resource));
    if (same === undefined) findings.push(refuse(resource, "kustomize leaves this object out", file.path));
    else if (!isDeepStrictEqual(same, resource))
      findings.push(refuse(resource, "kustomize changes this object", file.path));
  }
  return [
    ...findings,
    ...[...byIdentity.values()].map((resource) => refuse(resource, "kustomize builds an object that no file has")),
  ];
}
