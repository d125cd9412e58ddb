import { hasErrors } from "@plinth/core";
import type { Filter } from "../rendering/filter.ts";
import { prepare, type Sources } from "../rendering/prepare.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type DeliveryOptions, deliver, refuse } from "./deliver.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { layerTable } from "./layer-table.ts";
import type { Terminal } from "./terminal.ts";

export interface RenderOptions extends Sources, DeliveryOptions {
  readonly filter: Filter;
}

/** Renders the platform into the output folder, or with `check` says how the folder differs. */
export async function render(options: RenderOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const started = performance.now();
  terminal.progress("reading the platform …");
  const prepared = await prepare(options, options.filter, fileSystem);
  terminal.progress(undefined);
  if (!("output" in prepared) || hasErrors(prepared.findings))
    return refuse(options, prepared.findings, terminal, exitCodes.invalid);
  const { platform, ...files } = prepared;
  // Nobody who checks wants to know how much there is.
  const lines = (): readonly string[] => (options.check ? [] : layerTable(platform, files.output));
  return deliver(options, { ...files, lines, command: "pnpm render", started }, terminal, fileSystem);
}
