import { type Finding, hasErrors, type OutputFile } from "@plinth/core";
import type { Filter } from "../rendering/filter.ts";
import { prepare, type Sources } from "../rendering/prepare.ts";
import { type Comparison, compare } from "../writing/compare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { writeTree } from "../writing/write-tree.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { layerTable } from "./layer-table.ts";
import { count, printFindings, type Terminal } from "./terminal.ts";

export interface RenderOptions extends Sources {
  readonly filter: Filter;
  /** Compare only. */
  readonly check: boolean;
  /** Overwrite what was edited by hand. */
  readonly force: boolean;
  readonly json: boolean;
}

/** Renders the platform into the output folder, or with `check` says how the folder differs. */
export async function render(options: RenderOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const started = performance.now();
  terminal.progress("reading the platform …");
  const prepared = await prepare(options, options.filter, fileSystem);
  terminal.progress(undefined);
  if (!("output" in prepared) || hasErrors(prepared.findings))
    return refuse(options, prepared.findings, terminal, exitCodes.invalid);
  terminal.progress("comparing …");
  const comparison = compare(options.out, prepared.output, prepared.kept, fileSystem);
  terminal.progress(undefined);
  const findings = [...prepared.findings, ...comparison.foreign];
  const seconds = (): number => Math.round((performance.now() - started) / 10) / 100;
  if (options.check) return reportCheck(options, prepared.output, comparison, findings, seconds(), terminal);
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
          seconds: seconds(),
        },
        null,
        2,
      ),
    );
    return exitCodes.ok;
  }
  printFindings(terminal, findings);
  for (const line of layerTable(prepared.platform, prepared.output)) terminal.out(line);
  terminal.out(
    `  ${options.out}/ is up to date: ${written} written, ${comparison.unchanged} unchanged, ${comparison.orphaned.length} removed, ${count(findings.length, "finding")}   (${seconds()} s)`,
  );
  return exitCodes.ok;
}

function reportCheck(
  options: RenderOptions,
  output: readonly OutputFile[],
  comparison: Comparison,
  findings: readonly Finding[],
  seconds: number,
  terminal: Terminal,
): ExitCode {
  const drift = driftFindings(comparison);
  const differs = drift.length > 0 || comparison.foreign.length > 0;
  if (options.json) {
    terminal.out(JSON.stringify({ ok: !differs, findings: [...findings, ...drift], seconds }, null, 2));
  } else {
    printFindings(terminal, [...findings, ...drift]);
    if (differs)
      terminal.err(
        `  ${options.out}/ is not what the model says: ${count(drift.length + comparison.foreign.length, "difference")}. Run \`pnpm render\` and commit the result.   (${seconds} s)`,
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
