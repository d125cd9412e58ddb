import type { TreeComparison } from "../comparison/tree-comparison.ts";
import type { ConsequenceRuleName } from "./rules/consequence-rules.ts";

/** What a change of the tree means to somebody, in one environment. */
export interface Consequence {
  /** Which of the rules says it: its risk, and who should look, stand there. */
  readonly rule: ConsequenceRuleName;
  readonly environment: string;
  /** Whose it is: the team that owns what changes, left out for the platform's own. */
  readonly team?: string;
  readonly service?: string;
  /** Others who should look: a team that may no longer be called, one that is paged from now on. */
  readonly concerns?: readonly string[];
  /** Who or what it is about: `group team-ml-developers`, `checkout → cart:8080`. Consequences of one rule that differ in nothing but the environment or the service are told together. */
  readonly subject: string;
  /** The rest of the sentence: `gains create pods/exec in team-ml`. Never the value of a secret. */
  readonly text: string;
  /** What a reader opens to see more: each a line. */
  readonly details: readonly string[];
  /** Identities of the changed objects that bring it about. */
  readonly objects: readonly string[];
  /** Files of those objects, below the tree's root, of the later side where it has them. */
  readonly files: readonly string[];
}

/** Reads consequences of one domain out of two trees. The same two trees in the other order give the mirrored consequences (`mirror` of the rule). */
export type ConsequenceReader = (comparison: TreeComparison) => readonly Consequence[];
