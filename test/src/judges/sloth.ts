import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describeResource, type Environment, type Finding, fieldAt, isRecord } from "@plinth/core";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * Sloth accepts each rendered PrometheusServiceLevel, and generates from it the very rules that lie beside it, to the last digit; only what `sloth_slo_info`
 * says of who made them differs.
 */
export const sloth: Judge = {
  name: "sloth",
  purpose: "the rules of each SLO are Sloth's own",
  tools: ["sloth"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let levels = 0;
    for (const environment of context.platform.environments) {
      const objects = objectsOfEnvironment(context.tree, environment.name);
      const found = objects.filter(({ resource }) => resource.kind === "PrometheusServiceLevel");
      levels += found.length;
      findings.push(...(await judgeEnvironment(environment, found, objects, context)));
    }
    return { read: `${levels} service levels`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  levels: readonly RenderedObject[],
  objects: readonly RenderedObject[],
  { workFolder, signal }: JudgeContext,
): Promise<Finding[]> {
  const folder = join(workFolder, environment.name);
  writeFiles(folder, []);
  const findings: Finding[] = [];
  for (const [number, level] of levels.entries()) {
    writeFiles(join(folder, "in"), [{ path: `${number}.yaml`, text: level.file.text }]);
    const run = await runTool(toolPath("sloth"), ["generate", "-i", `in/${number}.yaml`], {
      workFolder: folder,
      signal,
    });
    const refuse = (message: string, expected: string): void => {
      findings.push({
        code: "rejected-by-judge",
        severity: "error",
        file: level.file.path,
        resource: describeResource(level.resource),
        message,
        expected,
      });
    };
    if (run.exitCode !== 0) {
      refuse(`sloth refuses it: ${run.stderr.trim().split("\n").at(-1) ?? ""}`, "a service level that Sloth accepts");
      continue;
    }
    const generated = withoutOrigin(fieldAt(load(run.stdout, { schema: CORE_SCHEMA }), "spec", "groups"));
    const { name, namespace } = level.resource.metadata;
    const rule = objects.find(
      ({ resource }) =>
        resource.kind === "PrometheusRule" &&
        resource.metadata.name === name &&
        resource.metadata.namespace === namespace,
    );
    if (rule === undefined) refuse("has no PrometheusRule of its name", "the rules that Sloth makes of it");
    else if (!isDeepStrictEqual(withoutOrigin(fieldAt(rule.resource, "spec", "groups")), generated))
      refuse(`sloth makes other rules than ${rule.file.path}`, "the same rules, to the last digit");
  }
  return findings;
}

// `sloth_slo_info` says which program and version made the rules.
const originLabels = new Set(["sloth_version", "sloth_mode", "sloth_spec"]);

/** The value without what says who made it, and without members that are empty. */
function withoutOrigin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrigin);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      originLabels.has(key) || member === undefined ? [] : [[key, withoutOrigin(member)]],
    ),
  );
}
