import type { Finding } from "@plinth/core";
import { Listr, type ListrTask, PRESET_TIMER } from "listr2";
import { buildOne, readTools, type ToolEvent, type ToolStatus, withToolsLock } from "./ensure.ts";
import type { GoLookup } from "./go-toolchain.ts";
import { goModuleDirectory, type SchemaName, schemaNames, schemaVersion } from "./schemas.ts";
import type { Selection } from "./selection.ts";

/**
 * Makes the selected tools ready, and shows it: a live list on a terminal, one line for each step elsewhere.
 *
 * @throws the signal's reason, when the signal ends it
 */
export async function prepare(selection: Selection, signal: AbortSignal): Promise<Finding[]> {
  const onWait = (event: ToolEvent): void => {
    if (event.event === "waiting")
      process.stderr.write(
        `Another process${event.holder === undefined ? "" : ` (${event.holder})`} builds the tools: waiting for it.\n`,
      );
  };
  return withToolsLock({ report: onWait, signal }, async () => {
    const { statuses, go } = await readTools(selection.tools);
    const findings: Finding[] = [];
    // Without Go one finding says so; a row of equal failures would bury it.
    const goMissing = !go.found && (selection.schemas || statuses.some(({ state }) => state.state !== "built"));
    if (goMissing) return [go.finding];
    const ready = statuses.filter(({ state }) => state.state === "built").map(({ sources }) => sources.name);
    if (ready.length > 0) process.stdout.write(`Up to date: ${ready.join(", ")}\n`);
    const tasks = [
      ...statuses
        .filter(({ state }) => state.state !== "built")
        .map((status) => toolTask(status, go, findings, signal)),
      ...(selection.schemas ? await Promise.all(schemaNames.map((name) => schemaTask(name, findings, signal))) : []),
    ];
    const list = new Listr(tasks, {
      concurrent: false,
      exitOnError: false,
      registerSignalListeners: false,
      fallbackRenderer: "simple",
      rendererOptions: { collapseSkips: false, collapseErrors: false, showErrorMessage: false, timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    });
    await list.run();
    signal.throwIfAborted();
    if (findings.length === 0) process.stdout.write("Ready.\n");
    return findings;
  });
}

function toolTask({ sources, state }: ToolStatus, go: GoLookup, findings: Finding[], signal: AbortSignal): ListrTask {
  const title = `${sources.name} ${sources.version}`;
  return {
    title: state.state === "missing" ? `${title}: builds` : `${title}: ${state.state}, builds`,
    skip: () => signal.aborted && `${title}: interrupted`,
    task: async (_context, task) => {
      if (!go.found) return;
      const finding = await buildOne(sources, go.toolchain, {
        signal,
        report: (event) => {
          if (event.event === "progress") task.title = `${title}: ${event.text}`;
          if (event.event === "built") task.title = `${title}: built`;
        },
      });
      if (finding !== undefined) fail(findings, finding, title);
    },
  };
}

async function schemaTask(name: SchemaName, findings: Finding[], signal: AbortSignal): Promise<ListrTask> {
  const title = `schemas of ${name} ${await schemaVersion(name)}`;
  return {
    title,
    skip: () => signal.aborted && `${title}: interrupted`,
    task: async () => {
      const lookup = await goModuleDirectory(name);
      if (!lookup.found) fail(findings, lookup.finding, title);
    },
  };
}

/** Marks the step as failed; the finding itself is printed whole at the end. */
function fail(findings: Finding[], finding: Finding, title: string): never {
  findings.push(finding);
  throw new Error(`${title}: failed`);
}
