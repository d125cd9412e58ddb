import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Finding, isRecord } from "@plinth/core";
import { CORE_SCHEMA, load } from "js-yaml";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { githubComments, gitlabComments } from "./workflow-comments.ts";
import { workflowMistakes } from "./workflow-mistakes.ts";

const repositoryFolder = resolve(import.meta.dirname, "../../..");

/** Where the workflows lie that a user copies. */
const githubWorkflow = ".github/workflows/review.yaml";
const gitlabWorkflow = ".gitlab-ci.yml";

/**
 * The workflows for pull requests: GitHub's is read by actionlint, which also sees what a stranger could inject; each mistake that is put in is found. The scripts that
 * write comments run, against a GitHub and a GitLab on this machine that write down what they are asked.
 *
 * @see https://github.com/rhysd/actionlint
 */
export const workflows: Judge = {
  name: "workflows",
  purpose: "the workflows of a pull request are right, and leave one report",
  tools: ["actionlint"],
  judge: async (context) => {
    const text = readFileSync(join(repositoryFolder, githubWorkflow), "utf8");
    const findings = [
      ...(await lint(text, "as it is", context)),
      ...(await missedMistakes(text, context)),
      ...pinFindings(text),
      ...(await githubComments(stepNamed(text, "replace the comments of the last run"), context)),
      ...(await gitlabComments(gitlabScript(), context)),
    ];
    return { read: `2 workflows, ${workflowMistakes.length} mistakes, 2 ways to comment`, findings };
  },
};

function refuse(file: string, message: string, expected?: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    file,
    message,
    ...(expected === undefined ? {} : { expected }),
  };
}

async function lint(text: string, name: string, { workFolder, signal }: JudgeContext): Promise<Finding[]> {
  const folder = join(workFolder, name.replaceAll(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "review.yaml");
  writeFileSync(file, text);
  // Whether shellcheck is installed must not decide the verdict.
  const run = await runTool(toolPath("actionlint"), ["-shellcheck=", "-pyflakes=", "-oneline", file], { signal });
  if (run.exitCode === 0) return [];
  if (run.exitCode !== 1) return [toolFailed("actionlint", run)];
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => refuse(githubWorkflow, line.replace(`${file}:`, "line ")));
}

async function missedMistakes(text: string, context: JudgeContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, change } of workflowMistakes) {
    const changed = change(text);
    if (changed === text)
      findings.push(refuse(githubWorkflow, `${name}: the mistake does not fit the workflow any more`));
    else if ((await lint(changed, name, context)).length === 0)
      findings.push(refuse(githubWorkflow, `${name}: nobody noticed`, "actionlint to name it"));
  }
  return findings;
}

/** A tag can be moved to other code; a commit cannot. */
function pinFindings(text: string): Finding[] {
  return [...text.matchAll(/uses: (\S+)(.*)/g)].flatMap(([, action = "", comment = ""]) =>
    /^[\w./-]+@[0-9a-f]{40}$/.test(action) && /^ # v\d+\.\d+\.\d+$/.test(comment)
      ? []
      : [refuse(githubWorkflow, `${action} is not pinned`, "a commit, with its version as a comment")],
  );
}

/** The script of the step of that name. */
function stepNamed(text: string, name: string): string {
  const steps = jobsOf(text).flatMap((job) => (Array.isArray(job["steps"]) ? job["steps"] : []));
  const step: unknown = steps.find((one: unknown) => isRecord(one) && one["name"] === name);
  return isRecord(step) && typeof step["run"] === "string" ? step["run"] : "";
}

function jobsOf(text: string): Record<string, unknown>[] {
  const document = load(text, { schema: CORE_SCHEMA });
  const jobs = isRecord(document) ? document["jobs"] : undefined;
  return isRecord(jobs) ? Object.values(jobs).filter(isRecord) : [];
}

function gitlabScript(): string {
  const document = load(readFileSync(join(repositoryFolder, gitlabWorkflow), "utf8"), { schema: CORE_SCHEMA });
  const comment = isRecord(document) ? document["comment"] : undefined;
  const script = isRecord(comment) ? comment["script"] : undefined;
  return Array.isArray(script) ? script.join("\n") : "";
}
