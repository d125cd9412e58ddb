import { spawn } from "node:child_process";
import type { Finding } from "@plinth/core";

/** How a tool's run ended. */
export interface ToolRun {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolRunOptions {
  readonly input?: string;
  readonly workFolder?: string;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Runs a tool to its end. Rejects only when it cannot be started, or when the signal ends it. */
export function runTool(
  command: string,
  parameters: readonly string[],
  options: ToolRunOptions = {},
): Promise<ToolRun> {
  return new Promise((done, fail) => {
    const child = spawn(command, parameters, {
      stdio: ["pipe", "pipe", "pipe"],
      ...(options.workFolder === undefined ? {} : { cwd: options.workFolder }),
      ...(options.environment === undefined ? {} : { env: { ...process.env, ...options.environment } }),
      ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGKILL" }),
    });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    child.on("error", fail);
    child.on("close", (exitCode) =>
      done({
        exitCode,
        stdout: Buffer.concat(chunks.stdout).toString("utf8"),
        stderr: Buffer.concat(chunks.stderr).toString("utf8"),
      }),
    );
    // A tool that stops reading early closes the pipe; its exit code tells why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
  });
}

const SHOWN_LINES = 12;

/** A tool that gave no verdict. */
export function toolFailed(tool: string, run: ToolRun): Finding {
  const last = `${run.stderr}\n${run.stdout}`.trim().split("\n").slice(-SHOWN_LINES).join("\n");
  return {
    code: "tool-failed",
    severity: "error",
    message: `${tool} ended with ${run.exitCode === null ? "a signal" : `exit code ${run.exitCode}`} and no verdict:\n${last}`,
    hint: `build it anew: pnpm tools ${tool}`,
  };
}
