import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleFilesOf } from "@plinth/alerts";
import { describeResource, type Environment, type Finding, fieldAt, isRecord } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

// Checks that do not fit rules which are Sloth's own text: an `or` of two windows looks fragile to pint, `vector(1-0.999)` impossible.
const disabled = ["promql/fragile", "promql/impossible", "rule/dependency"];

/** Problems that are meant: the alert, the check of pint, and why. */
const meant: readonly { readonly alert: string; readonly check: string; readonly because: string }[] = [
  {
    alert: "Watchdog",
    check: "alerts/comparison",
    because: "a dead man's switch fires always: its silence is the alarm",
  },
];

/** pint reads every rule: templates use labels that survive, comparisons are there, regular expressions mean something. */
export const pint: Judge = {
  name: "pint",
  purpose: "no rule has a known mistake",
  tools: ["pint"],
  judge: async (context) => {
    const findings: Finding[] = [];
    let files = 0;
    for (const environment of context.platform.environments) {
      const judged = await judgeEnvironment(environment, context);
      files += judged.files;
      findings.push(...judged.findings);
    }
    return { read: `${files} rule files`, findings };
  },
};

interface Problem {
  readonly path: string;
  readonly check: string;
  readonly text: string;
  readonly lines: readonly number[];
}

async function judgeEnvironment(
  environment: Environment,
  { tree, workFolder, signal }: JudgeContext,
): Promise<{ files: number; findings: readonly Finding[] }> {
  const rules = objectsOfEnvironment(tree, environment.name).flatMap((object) =>
    ruleFilesOf([object.resource]).map((file) => ({ ...file, object })),
  );
  const folder = writeFiles(join(workFolder, environment.name), rules);
  const parameters = ["--offline", "--no-color", ...disabled.flatMap((check) => ["--disabled", check])];
  const lint = ["lint", "--min-severity", "warning", "--json", "report.json", "."];
  const run = await runTool(toolPath("pint"), [...parameters, ...lint], { workFolder: folder, signal });
  const report = join(folder, "report.json");
  if (!existsSync(report)) return { files: rules.length, findings: [toolFailed("pint", run)] };
  const problems = readProblems(JSON.parse(readFileSync(report, "utf8")));
  return {
    files: rules.length,
    findings: problems.flatMap((problem) => {
      const rule = rules.find(({ path }) => path === problem.path);
      return isMeant(problem, rule?.text ?? "") ? [] : [problemFinding(problem, rule?.object)];
    }),
  };
}

function readProblems(report: unknown): readonly Problem[] {
  const entries: readonly unknown[] = Array.isArray(report) ? report : [];
  return entries.filter(isRecord).map((entry) => {
    const lines = fieldAt(entry, "lines");
    return {
      path: String(entry["path"]),
      check: String(entry["reporter"]),
      text: String(entry["problem"]),
      lines: Array.isArray(lines) ? lines.filter((line): line is number => typeof line === "number") : [],
    };
  });
}

/** True when the rule that the problem is about may have it: the last `alert:` at or above the problem's lines names it. */
function isMeant({ check, lines }: Problem, text: string): boolean {
  const above = text.split("\n").slice(0, Math.max(0, ...lines));
  const alert = above.findLast((line) => /^\s*- alert: /.test(line))?.replace(/^\s*- alert: /, "");
  return meant.some((exception) => exception.check === check && exception.alert === alert);
}

function problemFinding({ path, check, text, lines }: Problem, object: RenderedObject | undefined): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `pint, ${check}: ${text} (${path}, lines ${lines.join(", ")})`,
    ...(object === undefined ? {} : { file: object.file.path, resource: describeResource(object.resource) }),
  };
}
