import { join } from "node:path";
import { ruleFilesOf } from "@plinth/alerts";
import type { Finding } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

// Checks that do not fit rules which are Sloth's own text: an `or` of two windows looks fragile to pint, `vector(1-0.999)` impossible.
const disabled = ["promql/fragile", "promql/impossible", "rule/dependency"];

/** pint reads every rule: templates use labels that survive, comparisons are there, regular expressions mean something. */
export const pint: Judge = {
  name: "pint",
  purpose: "no rule has a known mistake",
  tools: ["pint"],
  judge: async ({ tree, platform, workFolder, signal }) => {
    const findings: Finding[] = [];
    let files = 0;
    for (const { name } of platform.environments) {
      const rules = ruleFilesOf(objectsOfEnvironment(tree, name).map(({ resource }) => resource));
      files += rules.length;
      const folder = writeFiles(join(workFolder, name), rules);
      const parameters = [
        "--offline",
        "--no-color",
        "--log-level",
        "ERROR",
        ...disabled.flatMap((check) => ["--disabled", check]),
        "lint",
        "--min-severity",
        "warning",
        "--json",
        "report.json",
        ".",
      ];
      const run = await runTool(toolPath("pint"), parameters, { workFolder: folder, signal });
      const problems = run.stdout.trim();
      if (run.exitCode !== 0 && problems === "") findings.push(toolFailed("pint", run));
      else if (problems !== "")
        findings.push({ code: "rejected-by-judge", severity: "error", message: `pint, ${name}: ${problems}` });
    }
    return { read: `${files} rule files`, findings };
  },
};
