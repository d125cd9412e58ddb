import { hasErrors } from "@plinth/core";
import { prepare } from "../rendering/prepare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { RenderOptions } from "./render.ts";
import { count, printFindings, type Terminal } from "./terminal.ts";

/** Prints what a render would write: each path with the component that makes it and the file that it comes from. */
export async function list(
  options: Omit<RenderOptions, "check" | "force">,
  terminal: Terminal,
  fileSystem: FileSystem,
): Promise<ExitCode> {
  const prepared = await prepare(options, options.filter, fileSystem);
  if (!("output" in prepared) || hasErrors(prepared.findings))
    return refuse(options, prepared.findings, terminal, exitCodes.invalid);
  const files = prepared.output.map(({ path, entry }) => ({ path, ...entry }));
  if (options.json) {
    terminal.out(JSON.stringify({ ok: true, files, findings: prepared.findings }, null, 2));
    return exitCodes.ok;
  }
  printFindings(terminal, prepared.findings);
  const width = Math.max(0, ...files.map(({ path }) => path.length));
  for (const { path, component } of files) terminal.out(`${path.padEnd(width)}  ${component}`);
  terminal.err(`  ${count(files.length, "file")}`);
  return exitCodes.ok;
}
