import type { FindingCode, Severity } from "@plinth/core";
import type { LintContext } from "./lint-context.ts";

/** A rule that policies, and what runs beside them, are held against. */
export interface NetworkLint {
  /** A DNS label: `selects-nothing`. */
  readonly name: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What is looked for, in a few words. */
  readonly what: string;
  /** What goes wrong where it is found. */
  readonly why: string;
  /** The page that says so. */
  readonly source: string;
}

/** A lint with its way of looking. */
export interface RunnableLint extends NetworkLint {
  readonly find: (context: LintContext) => readonly LintHit[];
}

/** A place where a lint found what it looks for. */
export interface LintHit {
  /** As `describeResource` names it; left out when it is about no object. */
  readonly resource?: string;
  /** The field in it: `spec.egress[0].to[1]`. */
  readonly path?: string;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
}
