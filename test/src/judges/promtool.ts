import { join } from "node:path";
import { alertTestFiles, ruleFilesOf } from "@plinth/alerts";
import { describeResource, type Environment, type Finding } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { runTool, type ToolRun, toolFailed } from "./run-tool.ts";
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
  const rules = objectsOfEnvironment(tree, environment.name).flatMap((object) =>
    ruleFilesOf([object.resource]).map((file) => ({ ...file, object })),
  );
  const tests = alertTestFiles(platform, environment);
  const folder = writeFiles(join(workFolder, environment.name), [...rules, ...tests]);
  const ask = (command: readonly string[], paths: readonly string[]): Promise<ToolRun> =>
    runTool(toolPath("promtool"), [...command, ...paths], { workFolder: folder, signal });
  /** All files at once; where that fails, one by one, so that each failure has its file. */
  const failures = async (command: readonly string[], paths: readonly string[]): Promise<Finding[]> => {
    const whole = await ask(command, paths);
    if (whole.exitCode === 0) return [];
    const findings: Finding[] = [];
    for (const path of paths) {
      const run = await ask(command, [path]);
      if (run.exitCode === 0) continue;
      const object = rules.find((rule) => rule.path === path.replace(/\.tests\.yaml$/, ".rules.yaml"))?.object;
      findings.push(failure(`promtool ${command.slice(0, 2).join(" ")}, ${environment.name}`, run, object));
    }
    return findings.length > 0 ? findings : [toolFailed("promtool", whole)];
  };
  return {
    files: rules.length,
    tests: tests.length,
    findings: [
      ...(await failures(
        ["check", "rules", "--lint=all", "--lint-fatal"],
        rules.map(({ path }) => path),
      )),
      ...(await failures(
        ["test", "rules"],
        tests.map(({ path }) => path),
      )),
    ],
  };
}

function failure(command: string, { stdout, stderr }: ToolRun, object: RenderedObject | undefined): Finding {
  const message = `${command}: ${`${stderr}\n${stdout}`.trim()}`;
  return {
    code: "rejected-by-judge",
    severity: "error",
    message,
    ...(object === undefined ? {} : { file: object.file.path, resource: describeResource(object.resource) }),
  };
}
