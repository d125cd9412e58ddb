import { join } from "node:path";
import { alertTestFiles, ruleFilesOf } from "@plinth/alerts";
import { describeResource, type Environment, type Finding } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";
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
  const refuse = (command: string, path: string, message: string): Finding => {
    const object = rules.find((rule) => rule.path === path.replace(/\.tests\.yaml$/, ".rules.yaml"))?.object;
    return {
      code: "rejected-by-judge",
      severity: "error",
      message: `promtool ${command}, ${environment.name}: ${message}`,
      ...(object === undefined ? {} : { file: object.file.path, resource: describeResource(object.resource) }),
    };
  };
  const unreadable = await checkRules(
    folder,
    rules.map(({ path }) => path),
    signal,
  );
  // A test of rules that cannot be read says only that again.
  const results =
    unreadable.length > 0
      ? []
      : await runUnitTests(
          folder,
          tests.map(({ path }) => path),
          signal,
        );
  return {
    files: rules.length,
    tests: tests.length,
    findings: [
      ...unreadable.map(({ path, message }) => refuse("check rules", path, message)),
      ...results.flatMap(({ file, failures }) => failures.map((failure) => refuse("test rules", file, failure))),
    ],
  };
}

/** All files at once; where that fails, one by one, so that each failure has its file. */
async function checkRules(
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly message: string }[]> {
  const ask = (chosen: readonly string[]): Promise<ToolRun> =>
    runTool(toolPath("promtool"), ["check", "rules", "--lint=all", "--lint-fatal", ...chosen], {
      workFolder: folder,
      signal,
    });
  const whole = await ask(paths);
  if (whole.exitCode === 0) return [];
  const refused: { path: string; message: string }[] = [];
  for (const path of paths) {
    const { exitCode, stderr, stdout } = await ask([path]);
    if (exitCode !== 0) refused.push({ path, message: `${stderr}\n${stdout}`.trim() });
  }
  if (refused.length === 0) throw new Error(toolFailed("promtool", whole).message);
  return refused;
}
