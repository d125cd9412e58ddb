import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { kyvernoCase, kyvernoReportFindings, policyCatalog } from "@plinth/policies";
import { toolPath } from "../tools/ensure.ts";
import type { Judge } from "./judge.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * The Kyverno command line judges the good and the bad objects of each policy, as Pods and inside each controller, in every environment: by its report, row by
 * row, because `kyverno test` passes what a policy never matched.
 */
export const kyverno: Judge = {
  name: "kyverno",
  purpose: "each policy passes what is good and fails what is bad",
  tools: ["kyverno"],
  judge: async ({ platform, workFolder, signal }) => {
    const findings: Finding[] = [];
    let rows = 0;
    for (const environment of platform.environments) {
      for (const policy of policyCatalog) {
        const expected = kyvernoCase(policy, platform, environment);
        const folder = writeFiles(join(workFolder, environment.name, expected.name), expected.files);
        // The exit code is 1 whenever anything fails, also what should: the report is the verdict.
        const run = await runTool(toolPath("kyverno"), expected.arguments, { workFolder: folder, signal });
        rows += expected.expected.length;
        findings.push(...kyvernoReportFindings(expected, `${run.stdout}${run.stdout === "" ? run.stderr : ""}`));
      }
    }
    return { read: `${policyCatalog.length} policies, ${rows} objects`, findings };
  },
};
