import type { Finding, Platform, PlatformDefinition } from "@plinth/core";
import type { Metric } from "@plinth/metrics";
import type { ToolName } from "../tools/tools.ts";
import type { RenderedTree } from "./rendered-tree.ts";

/** Somebody who reads what was rendered and says what is wrong with it: a real tool, or the rules that a real tool reads by. */
export interface Judge {
  /** As `--only` names it. */
  readonly name: string;
  /** What it makes sure of, in a few words. */
  readonly purpose: string;
  /** The tools that it runs. */
  readonly tools: readonly ToolName[];
  judge(context: JudgeContext): Promise<Verdict>;
}

/** What every judge is given. */
export interface JudgeContext {
  /** `rendered/` as it lies on disk. */
  readonly tree: RenderedTree;
  /** The model that it was rendered from. */
  readonly platform: Platform;
  /** The model as somebody wrote it. */
  readonly definition: PlatformDefinition;
  /** Metrics that only this platform has: its own dashboards ask for them. */
  readonly metrics: readonly Metric[];
  /** A folder of the judge's own, empty at the start and removed at the end. */
  readonly workFolder: string;
  /** Ends the judgement; a judge ends the processes that it started. */
  readonly signal: AbortSignal;
}

/** What a judge found, and how much it read: a judge that read nothing has not judged. */
export interface Verdict {
  /** `184 files`, `40165 strings`. */
  readonly read: string;
  readonly findings: readonly Finding[];
}
