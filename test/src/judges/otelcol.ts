import { join } from "node:path";
import { describeResource, emitYaml, type Finding } from "@plinth/core";
import { type CollectorConfig, collectorConfigOf, distributionOf, judgeableConfig } from "@plinth/otel";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext, Verdict } from "./judge.ts";
import { judgeAgreement, refusalBy } from "./otelcol-agreement.ts";
import { judgeOptions } from "./otelcol-options.ts";
import { judgeSchemas } from "./otelcol-schemas.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * A real collector builds the graph of each rendered configuration; what this build of the collector does not hold is left out and said, and the schema of the
 * resource judges the rest. Plinth's own checks are judged, too: they refuse what the collector refuses and take what it takes, and know the options of each
 * component.
 */
export const otelcol: Judge = {
  name: "otelcol",
  purpose: "the collector builds each configuration, and refuses what Plinth does",
  tools: ["otelcol"],
  judge: async (context) => {
    const { workFolder, signal } = context;
    const rendered = await judgeRendered(context);
    const options = await judgeOptions(signal);
    const schemas = await judgeSchemas();
    const agreement = await judgeAgreement(refusalBy(workFolder, signal));
    const parts = [rendered, agreement, options, schemas];
    return {
      read: parts.map(({ read }) => read).join("; "),
      findings: parts.flatMap(({ findings }) => findings),
    };
  },
};

async function judgeRendered({ tree, workFolder, signal }: JudgeContext): Promise<Verdict> {
  const listed = await runTool(toolPath("otelcol"), ["components"], { signal });
  if (listed.exitCode !== 0) return { read: "nothing", findings: [toolFailed("otelcol", listed)] };
  const distribution = distributionOf(load(listed.stdout, { schema: CORE_SCHEMA }));
  const findings: Finding[] = [];
  const leftOut = new Set<string>();
  let configs = 0;
  for (const { file, resource } of tree.objects) {
    const config = collectorConfigOf(resource);
    if (config === undefined) continue;
    const judgeable = judgeableConfig(config, distribution);
    for (const { path } of judgeable.leftOut) leftOut.add(path);
    if (judgeable.config === undefined) continue;
    configs++;
    const folder = writeFiles(join(workFolder, String(configs)), [
      { path: "config.yaml", text: emitYaml(judgeable.config satisfies CollectorConfig) },
    ]);
    const environment = Object.fromEntries(judgeable.environment.map((name) => [name, "judge"]));
    const run = await runTool(toolPath("otelcol"), ["validate", "--config=config.yaml"], {
      workFolder: folder,
      signal,
      environment,
    });
    if (run.exitCode !== 0)
      findings.push({
        code: "rejected-by-judge",
        severity: "error",
        file: file.path,
        resource: describeResource(resource),
        path: "spec.config",
        message: `otelcol validate: ${run.stderr.trim()}`,
      });
  }
  return {
    read: `${configs} configurations${leftOut.size === 0 ? "" : `, without ${[...leftOut].sort().join(", ")}`}`,
    findings,
  };
}
