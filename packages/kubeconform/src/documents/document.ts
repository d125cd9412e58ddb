import type { Finding } from "@plinth/core";

/** One document on its way to the judge. */
export interface Document {
  /** The bytes to be judged; `undefined` when there are none and only the findings go on. */
  readonly content: Buffer | undefined;
  /** The file that it stands in, relative to the folder that is validated. */
  readonly file?: string;
  /** The line of the file on which it begins, counted from 1. */
  readonly line: number;
  /** The object, when it is known without reading the document. */
  readonly resource?: string;
  /** What was found before the judge saw it. */
  readonly findings: readonly Finding[];
}
