import { parseArgs } from "node:util";
import { type Finding, formatFinding } from "@plinth/core";
import { listTools } from "./listing.ts";
import { prepare } from "./prepare.ts";
import { select } from "./selection.ts";
import { toolNames } from "./tools.ts";

const usage = `Builds the real tools that judge what Plinth renders, from the Go modules in tools/.

Usage
  pnpm tools                        builds what is missing or out of date, and fetches the schemas
  pnpm tools kubeconform kustomize  builds only these
  pnpm tools schemas                fetches only the modules that carry CRDs and API schemas
  pnpm tools --list                 each tool with its version, binary and state

Options
  --list    list, and build nothing
  --help    this text

Tools
  ${toolNames.join(", ")}
  kubernetes means both of its binaries.

The binaries go to tools/.cache/bin. A build that is cut short goes on where it stopped.
`;

/** Exit codes: 2 for a wrong command line, 128 and the signal's number when a signal ends it. */
const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * The command `pnpm tools`.
 *
 * @param args the words after the command
 * @returns the exit code
 */
export async function runTools(args: readonly string[]): Promise<number> {
  const line = parseLine(args);
  if ("problem" in line) return refuse(line.problem);
  if (line.help) {
    process.stdout.write(usage);
    return exitCodes.done;
  }
  const selection = select(line.words);
  if (selection.unknown.length > 0) {
    return refuse(
      `There is no tool ${selection.unknown.map((word) => JSON.stringify(word)).join(", ")}. Tools: ${toolNames.join(", ")}, schemas.`,
    );
  }
  if (line.list) {
    process.stdout.write(await listTools(selection.tools, selection.schemas));
    return exitCodes.done;
  }
  return untilSignal(async (signal) => {
    const findings = await prepare(selection, signal);
    for (const finding of findings) process.stderr.write(`${formatFinding(finding)}\n`);
    return findings.length === 0 ? exitCodes.done : exitCodes.failed;
  });
}

type Line = { list: boolean; help: boolean; words: readonly string[] } | { problem: string };

function parseLine(args: readonly string[]): Line {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { list: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
    });
    return { list: values.list, help: values.help, words: positionals };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\n\n\`pnpm tools --help\` says what there is.\n`);
  return exitCodes.wrongUsage;
}

/** Runs until the work is done or a signal comes; after a signal the work is ended first, so that nothing of it stays. */
async function untilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const interrupt = new AbortController();
  let exitCode: number | undefined;
  const handlers = Object.entries(signals).map(([name, code]) => {
    const handler = (): void => {
      exitCode ??= code;
      interrupt.abort(new Error(`interrupted by ${name}`));
    };
    process.on(name, handler);
    return { name, handler };
  });
  try {
    return exitCode ?? (await work(interrupt.signal));
  } catch (error) {
    if (exitCode === undefined) process.stderr.write(`${formatFinding(unexpected(error))}\n`);
    return exitCode ?? exitCodes.failed;
  } finally {
    for (const { name, handler } of handlers) process.off(name, handler);
    if (exitCode !== undefined)
      process.stderr.write("Interrupted. What was compiled so far is kept; run it again to go on.\n");
  }
}

function unexpected(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const finding: Finding = {
    code: "tool-failed",
    severity: "error",
    message: `The tools could not be made ready: ${message}`,
  };
  return message.includes("ENOSPC")
    ? { ...finding, hint: "the disk is full: free some room, then run `pnpm tools` again" }
    : finding;
}
