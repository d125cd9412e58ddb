import { spawnSync } from "node:child_process";
import { errorCode } from "../writing/file-system.ts";

/** How a run of Git ended. */
export interface GitRun {
  readonly ok: boolean;
  readonly output: Buffer;
  /** What Git says about itself, in English. */
  readonly message: string;
  /** Why Git could not even be started: it is not installed, or the folder is not there. */
  readonly missing: boolean;
}

/** Runs Git in a folder, without a shell. It never asks anybody anything. */
export type Git = (parameters: readonly string[], input?: string) => GitRun;

const maxOutput = 2 ** 31 - 1;

/**
 * Git in a folder.
 *
 * @param program The program to run. @default "git"
 */
export function gitIn(folder: string, program = "git"): Git {
  return (parameters, input = "") => {
    const run = spawnSync(program, parameters, {
      cwd: folder,
      input,
      maxBuffer: maxOutput,
      env: { ...process.env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
    });
    const missing = run.error !== undefined && errorCode(run.error) === "ENOENT";
    const message = run.error?.message ?? run.stderr?.toString("utf8").trim() ?? "";
    return { ok: run.error === undefined && run.status === 0, output: run.stdout ?? Buffer.alloc(0), message, missing };
  };
}

/** The output of Git as text, without the line's end. */
export function textOfRun({ output }: GitRun): string {
  return output.toString("utf8").trimEnd();
}
