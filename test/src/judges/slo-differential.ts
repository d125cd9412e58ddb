import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emitYaml, type Finding, fieldAt } from "@plinth/core";
import { type AlertWindows, alertWindows, serviceLevelFindings, slothRuleGroups } from "@plinth/slo";
import { sample } from "fast-check";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge } from "./judge.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { firstDifference, originOf } from "./slo-differential-comparison.ts";
import { specifications } from "./slo-differential-specifications.ts";
import { sevenDays, sevenDaysFile } from "./slo-differential-windows.ts";
import { writeFiles } from "./write-files.ts";

// The same specifications in every run: what is found can be found again.
const chosen = { numRuns: 120, seed: 20_160_601 };

/** A way to run Sloth, and what says the same here. */
interface Run {
  readonly windows: AlertWindows;
  readonly extraLabels?: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
}

const periods: readonly Run[] = [
  { windows: alertWindows["30d"], parameters: [] },
  {
    windows: alertWindows["28d"],
    // One of them is a label that specifications have, too.
    extraLabels: { cluster: "a", team: "other" },
    parameters: ["--default-slo-period", "28d", "--extra-labels", "cluster=a", "--extra-labels", "team=other"],
  },
  { windows: sevenDays, parameters: ["--default-slo-period", "7d", "--slo-period-windows-path", "windows"] },
];

/**
 * Random service levels, with all that Sloth lets them say, over three periods, one of them with labels from the command line: Sloth accepts what `serviceLevelFindings` finds nothing in, and makes of it the
 * rules that `slothRuleGroups` makes, to the last digit and line break; only the labels of `sloth_slo_info` that say who made them differ.
 */
export const sloDifferential: Judge = {
  name: "slo-differential",
  purpose: "the rules of any SLO are Sloth's own",
  tools: ["sloth"],
  judge: async ({ workFolder, signal }) => {
    const levels = sample(specifications, chosen);
    const findings: Finding[] = [];
    let compared = 0;
    writeFiles(join(workFolder, "windows"), [{ path: "7d.yaml", text: sevenDaysFile }]);
    for (const [index, spec] of levels.entries())
      findings.push(
        ...serviceLevelFindings(spec).map((each) => ({
          ...each,
          message: `service level ${index} of seed ${chosen.seed}, ${each.path}: ${each.message}`,
        })),
      );
    writeFiles(
      join(workFolder, "in"),
      levels.map((spec, index) => ({
        path: `${index}.yaml`,
        text: emitYaml({
          apiVersion: "sloth.slok.dev/v1",
          kind: "PrometheusServiceLevel",
          metadata: { name: `level-${index}`, namespace: "slo" },
          spec,
        }),
      })),
    );
    for (const { windows, extraLabels = {}, parameters } of periods) {
      const out = join(workFolder, windows.period);
      mkdirSync(out);
      const run = await runTool(toolPath("sloth"), ["generate", "-i", "in", "-o", windows.period, ...parameters], {
        workFolder,
        signal,
      });
      if (run.exitCode !== 0) {
        findings.push(toolFailed(`sloth, period ${windows.period},`, run));
        continue;
      }
      for (const [index, spec] of levels.entries()) {
        const generated = load(readFileSync(join(out, `${index}.yaml`), "utf8"), { schema: CORE_SCHEMA });
        const sloths = fieldAt(generated, "spec", "groups");
        const ours = slothRuleGroups(spec, { windows, extraLabels, origin: originOf(sloths) });
        compared += spec.slos.length;
        // As a file holds them: without members that are undefined.
        const difference = firstDifference(JSON.parse(JSON.stringify(ours)), sloths);
        if (difference !== undefined)
          findings.push(finding(windows.period, `service level ${index} of seed ${chosen.seed}: ${difference}`));
      }
    }
    return {
      read: `${compared} objectives of ${levels.length} service levels and ${periods.length} periods`,
      findings,
    };
  },
};

function finding(period: string, message: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `slothRuleGroups, period ${period}, ${message}`,
    expected: "what Sloth makes of it",
  };
}
