import type { Environment, IndexEntry, Platform, Resource, SourceLocation } from "@plinth/core";

/** What is known when somebody asks: the model, and every object that is made of it for an environment. */
export interface Explained {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly objects: readonly ExplainedObject[];
}

/** An object with its file. */
export interface ExplainedObject {
  readonly resource: Resource;
  /** Below the output folder. */
  readonly path: string;
  readonly entry: IndexEntry;
}

/** The answer to a question, in one environment. */
export interface Explanation {
  /** `no` makes a script stop; `told` answers a question that is not about may or may not. */
  readonly answer: "yes" | "no" | "told";
  /** The answer as a sentence. */
  readonly summary: string;
  /** Why: each a line. */
  readonly reasons: readonly string[];
  /** What to open to change it. */
  readonly places: readonly Place[];
}

/** A file that decides, and where in the model it comes from. */
export interface Place {
  readonly file: string;
  readonly component?: string;
  readonly source?: string;
}

/** A question that cannot be answered, in the words of whoever asks. */
export interface NotAnswered {
  readonly problem: string;
  readonly expected: string;
  readonly example: string;
}

/** `platform/services/backend.ts line 12`. */
export function describeSource({ file, line }: SourceLocation): string {
  return line === undefined ? file : `${file} line ${line}`;
}
