import { join } from "node:path";
import { emitYaml, type Finding } from "@plinth/core";
import { kyvernoApply, kyvernoValues } from "@plinth/policies";
import { toolPath } from "../tools/ensure.ts";
import { goModuleDirectory } from "../tools/schemas.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { type PodSecurityRun, podSecurityNamespaces, podSecurityTrials } from "./pod-security-trials.ts";
import {
  type PodSecurityDisagreement,
  type PodSecurityTrial,
  type PolicyRow,
  podSecurityDisagreements,
  podSecurityFindings,
  policyRows,
  rowsByObject,
} from "./pod-security-verdicts.ts";
import { runTool, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/**
 * Kubernetes' own test pods of the Pod Security Standards, for each minor from 1.25 on, judged by the Kyverno command line on our policies as that minor
 * has them; those of the newest minor also inside a Deployment and a CronJob.
 */
export const podSecurity: Judge = {
  name: "pod-security",
  purpose: "our policies say of Kubernetes' own test pods what Kubernetes says",
  tools: ["kyverno"],
  judge: async ({ platform, workFolder, signal }) => {
    const module = await goModuleDirectory("pod-security-admission");
    if (!module.found) return { read: "nothing", findings: [module.finding] };
    const [environment] = platform.environments;
    if (environment === undefined) return { read: "nothing", findings: [] };
    const { trials, runs } = await podSecurityTrials(module.directory, platform, environment);
    const answers = await Promise.all(inTwo(runs).map((half) => rowsOf(half, { workFolder, signal })));
    const rows = rowsByObject(answers.flatMap((answer) => answer.rows));
    const judged = trials.map(
      (trial): JudgedTrial => ({ trial, disagreements: podSecurityDisagreements(trial, rows) }),
    );
    return {
      read: describe(judged),
      findings: [
        ...answers.flatMap(({ findings }) => findings),
        ...podSecurityFindings(judged.flatMap(({ disagreements }) => disagreements)),
      ],
    };
  },
};

/** The pods of a level in one half, those of the other and all controllers in the other half. */
function inTwo(runs: readonly PodSecurityRun[]): readonly (readonly PodSecurityRun[])[] {
  const largest = runs.reduce((most, run) => Math.max(most, run.objects.length), 0);
  return [
    runs.filter(({ objects }) => objects.length === largest),
    runs.filter(({ objects }) => objects.length < largest),
  ];
}

async function rowsOf(
  runs: readonly PodSecurityRun[],
  { workFolder, signal }: Pick<JudgeContext, "workFolder" | "signal">,
): Promise<{ readonly rows: readonly PolicyRow[]; readonly findings: readonly Finding[] }> {
  const rows: PolicyRow[] = [];
  const findings: Finding[] = [];
  for (const run of runs) {
    const folder = writeFiles(join(workFolder, run.name), filesOf(run));
    // The exit code is 1 whenever anything fails, also what should: the report is the verdict.
    const answer = await runTool(toolPath("kyverno"), kyvernoApply("policies.yaml"), {
      workFolder: folder,
      environment,
      signal,
    });
    const read = policyRows(answer.stdout);
    if (read === undefined) findings.push(toolFailed("kyverno", answer));
    else rows.push(...read);
  }
  return { rows, findings };
}

// What it compiles is garbage at once: collected less often, that takes a quarter less time.
const environment: Readonly<Record<string, string>> = { GOGC: "400" };

function filesOf({ policies, objects }: PodSecurityRun): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: "policies.yaml", text: policies.map((policy) => emitYaml(policy)).join("---\n") },
    { path: "resources.yaml", text: objects.map((object) => emitYaml(object)).join("---\n") },
    { path: "values.yaml", text: emitYaml(kyvernoValues(podSecurityNamespaces)) },
  ];
}

/** `148 of 148 pods at 1.35 to 1.37, 144 of 144 at 1.34, …, 198 of 198 in controllers` */
function describe(judged: readonly JudgedTrial[]): string {
  const counts = judged.map(({ trial, disagreements }) => ({
    minor: trial.pods.some(({ object }) => object.kind === "Pod") ? trial.kubernetes : undefined,
    all: trial.pods.length,
    right: trial.pods.length - new Set(disagreements.map(({ kind, test }) => `${kind} ${test.file}`)).size,
  }));
  const controllers = counts.filter(({ minor }) => minor === undefined);
  const sum = (field: "all" | "right"): number => controllers.reduce((total, count) => total + count[field], 0);
  const minors = Map.groupBy(
    counts.filter(({ minor }) => minor !== undefined).reverse(),
    ({ all, right }) => `${right} of ${all}`,
  );
  return [
    ...[...minors].map(
      ([count, same]) => `${count} at ${[...new Set([same.at(-1)?.minor, same[0]?.minor])].join(" to ")}`,
    ),
    `${sum("right")} of ${sum("all")} in controllers`,
  ].join(", ");
}

interface JudgedTrial {
  readonly trial: PodSecurityTrial;
  readonly disagreements: readonly PodSecurityDisagreement[];
}
