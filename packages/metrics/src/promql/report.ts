import type { FindingCode, Severity } from "@plinth/core";
import type { PromqlRule } from "./rules.ts";

/** What a check says is wrong. */
export interface Problem {
  readonly rule: PromqlRule;
  /** One sentence without its end. */
  readonly message: string;
  readonly expected: string;
  readonly example?: string;
  readonly hint?: string;
  /** @default `invalid-expression` */
  readonly code?: FindingCode;
  /** @default `error` */
  readonly severity?: Severity;
  /** Which of the names of a list of labels it is about. */
  readonly index?: number;
}

/** Takes what is wrong with a part of an expression: an expression, a matcher, or a list of labels. */
export type Report = (part: object, problem: Problem) => void;
