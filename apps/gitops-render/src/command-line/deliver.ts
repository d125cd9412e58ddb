import type { Finding, IndexEntry, OutputFile } from "@plinth/core";
import { type Comparison, compare } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { writeTree } from "../writing/write-tree.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { count, printFindings, type Terminal } from "./terminal.ts";

/** Where files go, and how it is told. */
export interface DeliveryOptions {
  /** The output folder. */
  readonly out: string;
  /** Compare only. */
  readonly check: boolean;
  /** Overwrite what was edited by hand. */
  readonly force: boolean;
  readonly json: boolean;
}

/** Files that are ready, and what is to be said about them. */
export interface ReadyFiles {
  readonly output: readonly OutputFile[];
  /** Files that are on disk and stay as they are. */
  readonly kept: ReadonlyMap<string, IndexEntry>;
  readonly findings: readonly Finding[];
  /** Lines for a person, before the last one. */
  readonly lines: () => readonly string[];
  /** More for a script. @default nothing */
  readonly data?: object;
  /** What to run when the folder is out of date. */
  readonly command: string;
  /** When the command began, as `performance.now()` says it. */
  readonly started: number;
}

/** Writes what differs, or with `check` says how the folder differs. */
export function deliver(
  options: DeliveryOptions,
  ready: ReadyFiles,
  terminal: Terminal,
  fileSystem: FileSystem,
): ExitCode {
  terminal.progress("comparing …");
  const comparison = compare(options.out, ready.output, ready.kept, fileSystem);
  terminal.progress(undefined);
  const findings = [...ready.findings, ...comparison.foreign];
  const seconds = (): number => Math.round((performance.now() - ready.started) / 10) / 100;
  if (options.check) return reportCheck(options, ready, comparison, findings, seconds(), terminal);
  terminal.progress("writing …");
  const result = writeTree(options.out, comparison, fileSystem, options.force);
  terminal.progress(undefined);
  if (!result.ok) {
    const code = result.findings.some(({ code }) => code === "not-writable" || code === "render-in-progress")
      ? exitCodes.environment
      : exitCodes.invalid;
    return refuse(options, [...findings, ...result.findings], terminal, code);
  }
  const written = comparison.added.length + comparison.changed.length;
  if (options.json) {
    terminal.out(
      JSON.stringify(
        {
          ok: true,
          written: [...comparison.added, ...comparison.changed].map(({ path }) => path).sort(),
          unchanged: comparison.unchanged,
          removed: comparison.orphaned,
          findings,
          ...ready.data,
          seconds: seconds(),
        },
        null,
        2,
      ),
    );
    return exitCodes.ok;
  }
  printFindings(terminal, findings);
  for (const line of ready.lines()) terminal.out(line);
  terminal.out(
    `  ${options.out}/ is up to date: ${written} written, ${comparison.unchanged} unchanged, ${comparison.orphaned.length} removed, ${count(findings.length, "finding")}   (${seconds()} s)`,
  );
  return exitCodes.ok;
}

function reportCheck(
  options: DeliveryOptions,
  { output, lines, data, command }: ReadyFiles,
  comparison: Comparison,
  findings: readonly Finding[],
  seconds: number,
  terminal: Terminal,
): ExitCode {
  const drift = driftFindings(comparison);
  const differs = drift.length > 0 || comparison.foreign.length > 0;
  if (options.json) {
    terminal.out(JSON.stringify({ ok: !differs, findings: [...findings, ...drift], ...data, seconds }, null, 2));
  } else {
    printFindings(terminal, [...findings, ...drift]);
    for (const line of lines()) terminal.out(line);
    if (differs)
      terminal.err(
        `  ${options.out}/ is not what the model says: ${count(drift.length + comparison.foreign.length, "difference")}. Run \`${command}\` and commit the result.   (${seconds} s)`,
      );
    else
      terminal.out(
        `  ${options.out}/ is what the model says: ${count(output.length, "file")}, ${count(findings.length, "finding")}   (${seconds} s)`,
      );
  }
  return differs ? exitCodes.drift : exitCodes.ok;
}

function driftFindings(comparison: Comparison): Finding[] {
  const edited = new Set(comparison.obstacles.map(({ file }) => file));
  const finding = (code: Finding["code"], file: string, message: string): Finding => ({
    code,
    severity: "error",
    file,
    message,
  });
  return [
    ...comparison.obstacles,
    ...comparison.changed
      .filter(({ path }) => !edited.has(path))
      .map(({ path }) => finding("drifted-file", path, "is not what the model says")),
    ...comparison.added
      .filter(({ path }) => !edited.has(path))
      .map(({ path }) => finding("missing-file", path, "is missing")),
    ...comparison.orphaned
      .filter((path) => !edited.has(path))
      .map((path) => finding("orphaned-file", path, "is no longer said by the model")),
  ];
}

/** Findings that stop a command, with the sentence that says so. */
export function refuse(
  options: { readonly json: boolean; readonly out: string },
  findings: readonly Finding[],
  terminal: Terminal,
  code: ExitCode,
): ExitCode {
  if (options.json) terminal.out(JSON.stringify({ ok: false, findings }, null, 2));
  else {
    printFindings(terminal, findings);
    terminal.err(`  nothing written to ${options.out}/: ${count(findings.length, "finding")}`);
  }
  return code;
}
