import { join } from "node:path";
import { alertTestFiles, ruleFilesOf } from "@plinth/alerts";
import type { Environment, Finding } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
import { runTool } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * promtool reads every rendered rule, and runs the unit tests of every alert against the rendered rules: it fires when it should, at the end of `for` and not
 * before, with its labels and annotations, and stays quiet when it should.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export const promtool: Judge = {
  name: "promtool",
  purpose: "every rule parses, every alert fires and stays quiet",
  tools: ["promtool"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let files = 0;
    let tests = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      files += judged.files;
      tests += judged.tests;
      findings.push(...judged.findings);
    }
    return { read: `${files} rule files, ${tests} files of unit tests`, findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ files: number; tests: number; findings: readonly Finding[] }> {
  const rules = ruleFilesOf(objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource));
  const tests = alertTestFiles(platform, environment);
  const folder = writeFiles(join(workFolder, environment.name), [...rules, ...tests]);
  const checked = await runTool(
    toolPath("promtool"),
    ["check", "rules", "--lint=all", "--lint-fatal", ...rules.map(({ path }) => path)],
    { workFolder: folder, signal },
  );
  const tested = await runTool(toolPath("promtool"), ["test", "rules", ...tests.map(({ path }) => path)], {
    workFolder: folder,
    signal,
  });
  return {
    files: rules.length,
    tests: tests.length,
    findings: [
      ...failures("promtool check rules", environment, checked.exitCode, `${checked.stdout}\n${checked.stderr}`),
      ...failures("promtool test rules", environment, tested.exitCode, `${tested.stdout}\n${tested.stderr}`),
    ],
  };
}

/** promtool prints a block for each file; the blocks without SUCCESS are the verdict. */
function failures(command: string, { name }: Environment, exitCode: number | null, output: string): Finding[] {
  if (exitCode === 0) return [];
  const blocks = output
    .split(/\n(?=Checking |Unit Testing: )/)
    .filter((block) => !block.includes("SUCCESS") && block.trim() !== "");
  return blocks.map((block) => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `${command}, ${name}: ${block.trim()}`,
  }));
}
