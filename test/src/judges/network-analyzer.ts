import { emitYaml, type Finding, type Resource } from "@plinth/core";
import { type Cluster, type Connection, readAnalyzerReport, workloadResources } from "@plinth/policies";
import { toolPath } from "../tools/ensure.ts";
import { runTool, type ToolRun, toolFailed } from "./run-tool.ts";
import { writeFiles } from "./write-files.ts";

/** What the analyzer sees, or why it sees nothing. */
export type Analysis =
  | { readonly connections: readonly Connection[] }
  | { readonly connections?: undefined; readonly failure: Finding };

/**
 * The connections that np-guard's analyzer finds among the workloads of a cluster under policies; those alone that have one of `focus` at an end, where it
 * is given, as `namespace/name`.
 *
 * @see https://github.com/np-guard/netpol-analyzer
 */
export async function analyze(
  cluster: Cluster,
  policies: readonly Resource[],
  folder: string,
  signal: AbortSignal,
  focus: readonly string[] = [],
): Promise<Analysis> {
  const options = ["--output", "json", ...(focus.length === 0 ? [] : ["--focusworkload", focus.join(",")])];
  const run = await runAnalyzer(cluster, policies, folder, options, signal);
  const connections = run.exitCode === 0 ? readAnalyzerReport(run.stdout) : undefined;
  return connections === undefined ? { failure: toolFailed("netpol-analyzer", run) } : { connections };
}

/** A run of the analyzer's `list` over workloads and policies, which are written into a folder of their own. */
export function runAnalyzer(
  cluster: Cluster,
  policies: readonly Resource[],
  folder: string,
  options: readonly string[],
  signal: AbortSignal,
): Promise<ToolRun> {
  // The analyzer reads files with several documents: one file is written faster than a hundred.
  const text = [...workloadResources(cluster), ...policies].map((object) => emitYaml(object)).join("---\n");
  writeFiles(folder, [{ path: "objects.yaml", text }]);
  return runTool(toolPath("netpol-analyzer"), ["list", "-q", "--dirpath", folder, ...options], { signal });
}
