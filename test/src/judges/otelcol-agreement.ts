import { cpus } from "node:os";
import { join } from "node:path";
import { emitYaml, type Finding } from "@plinth/core";
import { type CollectorConfig, type CompiledCollector, checkConfig } from "@plinth/otel";
import fc from "fast-check";
import { toolPath } from "../tools/ensure.ts";
import { randomCollector } from "./otelcol-random-configs.ts";
import { silentConfigs } from "./otelcol-silent-configs.ts";
import { slip } from "./otelcol-slips.ts";
import { wrongConfigs } from "./otelcol-wrong-configs.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

const RANDOM_COLLECTORS = 100;
const SLIPS = 80;
// The same collectors in every run: a new release of the collector is judged by what the last one was.
const SEED = 20_261_121;

/** Variables that the configurations below read. */
const environment = { JUDGE_TEXT: "text", JUDGE_TOKEN: "token" } as const;

/** What a collector says of a configuration; nothing when it takes it. */
export type Refusal = (config: CollectorConfig) => Promise<string | undefined>;

/** Asks `otelcol validate`, which builds the graph of a configuration and does not start it. */
export function refusalBy(workFolder: string, signal: AbortSignal): Refusal {
  let asked = 0;
  return async (config) => {
    const folder = writeFiles(join(workFolder, `asked-${asked++}`), [{ path: "config.yaml", text: emitYaml(config) }]);
    const run = await runTool(toolPath("otelcol"), ["validate", "--config=config.yaml"], {
      workFolder: folder,
      signal,
      environment,
    });
    return run.exitCode === 0 ? undefined : run.stderr.trim();
  };
}

/** Plinth and the collector refuse the same, and take the same: a table of wrong configurations, one of those that only Plinth refuses, random right ones, and slips of the hand in those. */
export async function judgeAgreement(
  refusal: Refusal,
): Promise<{ readonly read: string; readonly findings: readonly Finding[] }> {
  const wrong = await together(wrongConfigs, async ({ what, config }) =>
    (await refusal(config)) === undefined ? [disagreement(what, "the collector takes it", config)] : [],
  );
  const silent = await together(silentConfigs, async ({ what, config }) => {
    const said = await refusal(config);
    return said === undefined ? [] : [disagreement(what, `the collector refuses it, too: ${said}`, config)];
  });
  const drawn = fc.sample(randomCollector, { numRuns: RANDOM_COLLECTORS, seed: SEED });
  const random = await together(drawn, (collector) => judgeRandom(collector, refusal));
  const slips = fc.sample(slip, { numRuns: SLIPS, seed: SEED });
  const slipped = await together(slips, async ({ what, config }) => {
    const said = await refusal(config);
    const own = checkConfig(config).find(({ severity }) => severity === "error");
    if ((said === undefined) === (own === undefined)) return [];
    return [
      disagreement(
        what,
        said === undefined
          ? `only Plinth refuses ${own?.path}: ${own?.message}`
          : `only the collector refuses it: ${said}`,
        config,
      ),
    ];
  });
  return {
    read: `${wrongConfigs.length} wrong, ${silentConfigs.length} silent, ${drawn.length} random ones and ${slips.length} slips of the hand`,
    findings: [...wrong, ...silent, ...random, ...slipped],
  };
}

async function judgeRandom({ config, findings }: CompiledCollector, refusal: Refusal): Promise<Finding[]> {
  const said = await refusal(config);
  const own = [...findings, ...checkConfig(config)].filter(({ severity }) => severity === "error");
  return [
    ...(said === undefined ? [] : [disagreement("a right configuration", `the collector refuses it: ${said}`, config)]),
    ...own.map(({ path, message }) =>
      disagreement("a right configuration", `Plinth refuses ${path}: ${message}`, config),
    ),
  ];
}

function disagreement(what: string, message: string, config: CollectorConfig): Finding {
  return { code: "rejected-by-judge", severity: "error", message: `${what}: ${message}\n${emitYaml(config)}` };
}

/** As many at a time as there are processors. */
async function together<Item>(items: readonly Item[], judge: (item: Item) => Promise<Finding[]>): Promise<Finding[]> {
  const findings: Finding[][] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) findings[index] = await judge(item);
  };
  await Promise.all(Array.from({ length: cpus().length }, work));
  return findings.flat();
}
