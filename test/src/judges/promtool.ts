import { join } from "node:path";
import { ruleFilesOf } from "@plinth/alerts";
import { describeResource, type Environment, type Finding } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { type MutantCase, mutantCases } from "./alert-mutants-cases.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
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
    const known = new Set<string>();
    let files = 0;
    let alerts = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, known, context);
      files += judged.files;
      alerts += judged.alerts;
      findings.push(...judged.findings);
    }
    return { read: `${files} rule files, the unit tests of ${alerts} alerts`, findings };
  },
};

/** @param known Rules with their tests that another environment has, to the letter: they are asked once. */
async function judgeEnvironment(
  environment: Environment,
  known: Set<string>,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ files: number; alerts: number; findings: readonly Finding[] }> {
  const objects = objectsOfEnvironment(tree, environment.name);
  const rules = objects.flatMap((object) => ruleFilesOf([object.resource]).map((file) => ({ ...file, object })));
  const folder = writeFiles(join(workFolder, environment.name), rules);
  const refuse = (command: string, message: string, object?: RenderedObject): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    message: `promtool ${command}, ${environment.name}: ${message}`,
    ...(object === undefined ? {} : { file: object.file.path, resource: describeResource(object.resource) }),
  });
  const unreadable = await checkRules(
    folder,
    rules.map(({ path }) => path),
    signal,
  );
  const refused = unreadable.map(({ path, message }) =>
    refuse("check rules", message, rules.find((rule) => rule.path === path)?.object),
  );
  // A test of rules that cannot be read says only that again.
  if (refused.length > 0) return { files: rules.length, alerts: 0, findings: refused };
  // Each alert in a file of its own: promtool evaluates every rule of a file for every test.
  const { cases, findings } = mutantCases(
    platform,
    environment,
    objects.map(({ resource }) => resource),
    { mutated: false },
  );
  const asked = cases.filter((each) => !known.has(textOf(each)));
  for (const [index, each] of asked.entries()) {
    known.add(textOf(each));
    writeFiles(join(folder, String(index)), [each.rules, each.tests]);
  }
  const results =
    asked.length === 0
      ? []
      : await runUnitTests(
          folder,
          asked.map(({ tests }, index) => `${index}/${tests.path}`),
          signal,
        );
  return {
    files: rules.length,
    alerts: cases.length,
    findings: [
      ...findings,
      ...results.flatMap(({ failures }, index) =>
        failures.map((failure) =>
          refuse(
            "test rules",
            failure,
            objects.find(({ resource }) => resource.metadata.name === asked[index]?.group),
          ),
        ),
      ),
    ],
  };
}

function textOf({ rules, tests }: MutantCase): string {
  return `${rules.text}\n${tests.text}`;
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
