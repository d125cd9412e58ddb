import { type Environment, type Finding, hasErrors, nearestName, type Platform, type Resource } from "@plinth/core";
import type { Explained, Explanation, NotAnswered } from "../explain/explanation.ts";
import { loadManifests } from "../loading/load-manifests.ts";
import { type Modelled, planModel } from "../rendering/plan-model.ts";
import type { Sources } from "../rendering/prepare.ts";
import { refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { printFindings, type Terminal } from "./terminal.ts";

export interface ExplainOptions extends Sources {
  /** Environments that are asked about; all when there are none. */
  readonly environments: readonly string[];
  readonly json: boolean;
}

/** Asks one environment. */
type Question = (explained: Explained) => Explanation | NotAnswered | Promise<Explanation | NotAnswered>;

/** Answers a question about the platform, in each environment that is asked about. Exits with 1 when one of them says no. */
export async function explain(options: ExplainOptions, question: Question, terminal: Terminal): Promise<ExitCode> {
  const modelled = await planModel(options);
  if (!("files" in modelled) || hasErrors(modelled.findings))
    return refuse(options, modelled.findings, terminal, exitCodes.invalid);
  const chosen = chosenEnvironments(modelled.platform, options.environments);
  if ("finding" in chosen) return refuse(options, [chosen.finding], terminal, exitCodes.invalid);
  const answers = await Promise.all(
    chosen.environments.map(async (environment) => ({
      environment: environment.name,
      ...(await question(explainedIn(modelled, environment))),
    })),
  );
  const [unanswered] = answers.filter((answer) => "problem" in answer);
  // A name that one environment lacks is no mistake while another has it.
  if (unanswered !== undefined && "problem" in unanswered && answers.every((answer) => "problem" in answer)) {
    const { problem: message, expected, example } = unanswered;
    return refuse(
      options,
      [{ code: "unknown-reference", severity: "error", message, expected, example }],
      terminal,
      exitCodes.invalid,
    );
  }
  if (options.json) terminal.out(JSON.stringify({ ok: true, answers }, null, 2));
  else for (const answer of answers) terminal.out(printAnswer(answer));
  return answers.some((answer) => "answer" in answer && answer.answer === "no") ? exitCodes.no : exitCodes.ok;
}

/** Asks about each object of manifest files: of a service team's own repository, say. */
export async function explainManifests(
  options: ExplainOptions & { readonly namespace?: string },
  files: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { resources, findings } = loadManifests(files, options.root);
  if (hasErrors(findings)) return refuse(options, findings, terminal, exitCodes.invalid);
  printFindings(terminal, findings);
  const { explainPolicy } = await import("../explain/explain-policy.ts");
  const { today, namespace } = options;
  return explain(
    options,
    (explained) =>
      together(
        resources.map((resource: Resource) =>
          explainPolicy(explained, resource, { today, ...(namespace === undefined ? {} : { namespace }) }),
        ),
      ),
    terminal,
  );
}

function together(explanations: readonly Explanation[]): Explanation {
  const [only, ...others] = explanations;
  if (only !== undefined && others.length === 0) return only;
  return {
    answer: explanations.some(({ answer }) => answer === "no") ? "no" : "yes",
    summary: explanations.map(({ summary }) => summary).join("\n"),
    reasons: explanations.flatMap(({ reasons }) => reasons),
    places: explanations.flatMap(({ places }) => places),
  };
}

function explainedIn({ platform, files }: Modelled, environment: Environment): Explained {
  return {
    platform,
    environment,
    objects: files.flatMap(({ path, entry, resource }) =>
      resource !== undefined && (entry.environment === undefined || entry.environment === environment.name)
        ? [{ path, entry, resource }]
        : [],
    ),
  };
}

function chosenEnvironments(
  { environments }: Platform,
  wanted: readonly string[],
): { readonly environments: readonly Environment[] } | { readonly finding: Finding } {
  const names = environments.map(({ name }) => String(name));
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    return {
      finding: {
        code: "unknown-reference",
        severity: "error",
        path: "--environment",
        message: `there is no environment ${JSON.stringify(unknown)}`,
        expected: `one of ${names.join(", ")}`,
        example: `--environment ${nearestName(unknown, names) ?? names[0] ?? "production"}`,
      },
    };
  return {
    environments: wanted.length === 0 ? environments : environments.filter(({ name }) => wanted.includes(name)),
  };
}

function printAnswer(answer: Explanation | NotAnswered): string {
  if ("problem" in answer) return answer.problem;
  const files = answer.places.map(
    ({ file, source }) => `  in ${file}${source === undefined ? "" : `, from ${source}`}`,
  );
  return [answer.summary, ...answer.reasons.map((line) => `  ${line}`), ...new Set(files)].join("\n");
}
