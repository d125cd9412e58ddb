import { type Finding, fieldAt, isRecord, listAt, textAt, textsAt } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** An object as Argo CD reads it out of an application's folder. */
export interface ReadObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly wave: number;
}

/** An application as Argo CD reads it, rendered or made by an ApplicationSet. */
export interface ReadApplication {
  readonly name: string;
  readonly project: string;
  readonly path: string;
  readonly generatedBy?: string;
  readonly objects: readonly ReadObject[];
  readonly problems: readonly string[];
}

/** What Argo CD makes of an environment. */
export interface ReadEnvironment {
  readonly applications: readonly ReadApplication[];
  readonly problems: readonly string[];
}

export interface TreeQuestion {
  /** The output folder. */
  readonly tree: string;
  /** Where it lies in the repository. */
  readonly path: string;
  readonly environment: string;
}

/** Asks Argo CD's own code; a question that has no answer is a finding. */
export async function askArgoCd(
  questions: readonly object[],
  signal: AbortSignal,
): Promise<{ readonly answers: readonly unknown[]; readonly findings: readonly Finding[] }> {
  const input = questions.map((question) => JSON.stringify(question)).join("\n");
  const run = await runTool(toolPath("argocd-judge"), [], { input, signal });
  const lines = run.stdout.split("\n").filter((line) => line !== "");
  if (run.exitCode !== 0 || lines.length !== questions.length)
    return { answers: [], findings: [toolFailed("argocd-judge", run)] };
  const answers = lines.map((line): unknown => JSON.parse(line));
  return {
    answers,
    findings: answers.flatMap((answer): Finding[] => {
      const error = textAt(answer, "error");
      return error === ""
        ? []
        : [{ code: "rejected-by-judge", severity: "error", message: `Argo CD: ${error}`, expected: "an answer" }];
    }),
  };
}

/** The answer to a question about a tree. */
export function readEnvironment(answer: unknown): ReadEnvironment {
  return {
    applications: listAt(answer, "applications").filter(isRecord).map(readApplication),
    problems: textsAt(answer, "problems"),
  };
}

function readApplication(answer: Readonly<Record<string, unknown>>): ReadApplication {
  const generatedBy = textAt(answer, "generatedBy");
  return {
    name: textAt(answer, "name"),
    project: textAt(answer, "project"),
    path: textAt(answer, "path"),
    ...(generatedBy === "" ? {} : { generatedBy }),
    objects: listAt(answer, "objects").map((object) => ({
      group: textAt(object, "group"),
      kind: textAt(object, "kind"),
      namespace: textAt(object, "namespace"),
      name: textAt(object, "name"),
      wave: Number(fieldAt(object, "wave")),
    })),
    problems: textsAt(answer, "problems"),
  };
}
