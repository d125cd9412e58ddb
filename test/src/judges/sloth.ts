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
 * Sloth accepts each rendered PrometheusServiceLevel, and generates from it the very groups of rules that lie beside it, to the last digit; only what
 * `sloth_slo_info` says of who made them differs. A group that Plinth changed on purpose is named `plinth-slo-…`, and has rules of the same names.
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
    else
      for (const group of differentGroups(withoutOrigin(fieldAt(rule.resource, "spec", "groups")), generated))
        refuse(`sloth makes another group ${group} than ${rule.file.path}`, "the same rules, to the last digit");
  }
  return findings;
}

/** Names of the groups that Sloth makes and that are neither there as they are, nor changed under Plinth's name. */
function differentGroups(rendered: unknown, generated: unknown): readonly string[] {
  const own = groupsByName(rendered);
  return [...groupsByName(generated)].flatMap(([name, group]) => {
    if (own.has(name)) return isDeepStrictEqual(own.get(name), group) ? [] : [name];
    const changed = own.get(name.replace(/^sloth-/, "plinth-"));
    return changed !== undefined && isDeepStrictEqual(recordsOf(changed), recordsOf(group)) ? [] : [name];
  });
}

function groupsByName(groups: unknown): ReadonlyMap<string, unknown> {
  const list: readonly unknown[] = Array.isArray(groups) ? groups : [];
  return new Map(list.map((group): [string, unknown] => [String(fieldAt(group, "name")), group]));
}

/** What the rules of a group record, or how severe their alerts are. */
function recordsOf(group: unknown): readonly unknown[] {
  const rules = fieldAt(group, "rules");
  return (Array.isArray(rules) ? rules : []).map(
    (rule: unknown) => fieldAt(rule, "record") ?? fieldAt(rule, "labels", "sloth_severity"),
  );
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
