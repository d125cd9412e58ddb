import { join } from "node:path";
import type { Finding } from "@plinth/core";
import { buildTool, removePartialBuilds } from "./build.ts";
import { binaryFolder, cacheFolder } from "./folders.ts";
import { checkGoVersion, findGo, type GoLookup, type GoToolchain } from "./go-toolchain.ts";
import { compareGoVersions } from "./go-version.ts";
import { acquireLock } from "./lock.ts";
import { readSources, type ToolSources } from "./sources.ts";
import { binaryPath, readState, type ToolState } from "./stamp.ts";
import { type ToolName, toolNames, tools } from "./tools.ts";

/** A tool as it stands. */
export interface ToolStatus {
  sources: ToolSources;
  state: ToolState;
}

/** Where the binary of a tool lies. Whether it is there, and fit for use, says `requireTools`. */
export function toolPath(name: ToolName, folder: string = binaryFolder): string {
  return binaryPath({ tool: tools[name] }, folder);
}

/** What the tools are built from, whether they are built, and the Go that is here. */
export async function readTools(
  names: readonly ToolName[] = toolNames,
  folder: string = binaryFolder,
): Promise<{ statuses: readonly ToolStatus[]; go: GoLookup }> {
  // All of them, whatever is asked for: whoever installs Go because of one tool should not have to do it again for the next.
  const all = await Promise.all(toolNames.map((name) => readSources(name)));
  const sources = all.filter(({ name }) => names.includes(name));
  const go = await findGo(newestRequired(all));
  const version = go.found ? describe(go.toolchain) : undefined;
  const statuses = await Promise.all(
    sources.map(async (each) => ({ sources: each, state: await readState(each, version, folder) })),
  );
  return { statuses, go };
}

/**
 * What stands in the way of the given tools: one finding for each that is missing, out of date or corrupt. Builds nothing.
 *
 * @example
 * const findings = await requireTools(["kubeconform", "kustomize"]);
 * if (findings.length > 0) return findings;
 * const kubeconform = toolPath("kubeconform");
 */
export async function requireTools(names: readonly ToolName[], folder: string = binaryFolder): Promise<Finding[]> {
  const { statuses } = await readTools(names, folder);
  return statuses.flatMap(({ sources, state }) => {
    if (state.state === "built") return [];
    const why = state.state === "missing" ? "is not built" : `is ${state.state}: ${state.because}`;
    return {
      code: "tool-missing" as const,
      severity: "error" as const,
      message: `${sources.name} ${sources.version} ${why}`,
      expected: `the binary that tools/${sources.tool.folder}/go.mod pins`,
      hint: `pnpm tools ${sources.name}`,
    };
  });
}

/** What happens to a tool while the tools are made ready. */
export type ToolEvent =
  | { tool: ToolName; event: "progress"; text: string }
  | { tool: ToolName; event: "built"; seconds: number }
  | { tool: ToolName; event: "failed"; finding: Finding }
  | { event: "waiting"; holder: number | undefined };

/** How `ensureTools` may be watched and ended. */
export interface EnsureOptions {
  report?: (event: ToolEvent) => void;
  signal?: AbortSignal;
  folder?: string;
}

/**
 * Builds those of the given tools that are not built or out of date, one after the other: Go uses every core for one build.
 *
 * While another process builds, it waits for it. Findings are collected: a tool that cannot be built does not stop the others.
 *
 * @example
 * const findings = await ensureTools(["etcd", "kube-apiserver"], { report: (event) => console.log(event) });
 */
export async function ensureTools(names: readonly ToolName[], options: EnsureOptions = {}): Promise<Finding[]> {
  const { report = () => undefined, folder = binaryFolder } = options;
  return withToolsLock(options, async () => {
    const { statuses, go } = await readTools(names, folder);
    const stale = statuses.filter(({ state }) => state.state !== "built");
    if (stale.length === 0) return [];
    if (!go.found) return [go.finding];
    const findings: Finding[] = [];
    for (const { sources } of stale) {
      const finding = await buildOne(sources, go.toolchain, options);
      if (finding === undefined) continue;
      findings.push(finding);
      report({ tool: sources.name, event: "failed", finding });
    }
    return findings;
  });
}

/** Builds one tool, with the lock held; gives the finding when it could not be built. */
export async function buildOne(
  sources: ToolSources,
  toolchain: GoToolchain,
  options: EnsureOptions = {},
): Promise<Finding | undefined> {
  const { report = () => undefined, signal, folder = binaryFolder } = options;
  const tooOld = checkGoVersion(toolchain, sources.goMod.go, sources.name);
  if (tooOld !== undefined) return tooOld;
  const progress = (text: string): void => report({ tool: sources.name, event: "progress", text });
  const result = await buildTool(sources, { toolchain, progress, folder, ...(signal === undefined ? {} : { signal }) });
  if (!result.built) return result.finding;
  report({ tool: sources.name, event: "built", seconds: result.stamp.seconds });
  return undefined;
}

/** Runs with the lock of the tools folder held, after what killed builds left there is gone. */
export async function withToolsLock<Result>(options: EnsureOptions, run: () => Promise<Result>): Promise<Result> {
  const { report = () => undefined, signal, folder = binaryFolder } = options;
  const file = folder === binaryFolder ? join(cacheFolder, "lock") : join(folder, "lock");
  const lock = await acquireLock(file, {
    onWait: (holder) => report({ event: "waiting", holder }),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    await removePartialBuilds(folder);
    return await run();
  } finally {
    await lock.release();
  }
}

/** The Go version and platform as a stamp keeps them. */
function describe(toolchain: GoToolchain): string {
  return `${toolchain.version} ${toolchain.platform}`;
}

function newestRequired(sources: readonly ToolSources[]): string {
  return sources
    .map(({ goMod }) => goMod.go)
    .reduce((left, right) => (compareGoVersions(left, right) >= 0 ? left : right), "1.26.0");
}
