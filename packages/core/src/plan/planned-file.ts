import type { Finding } from "../finding.ts";
import type { Resource } from "../resource/resource.ts";
import type { IndexEntry } from "./rendered-index.ts";

/** Everything that would be written, before anything is. */
export interface Plan {
  /** Sorted by path. */
  readonly files: readonly PlannedFile[];
  readonly findings: readonly Finding[];
}

/** One file: its path below the output folder, what it holds, and where it comes from. */
export interface PlannedFile {
  readonly path: string;
  readonly entry: IndexEntry;
  /** The object in the file; documents have none. */
  readonly resource?: Resource;
  /** The file's text, made when it is asked for: a listing needs none. */
  readonly text: () => string;
}
