import type { Finding } from "@plinth/core";

/** The judge stopped without a verdict. */
export class ToolFailure extends Error {
  readonly hint: string | undefined;
  /** How many lines it had printed of the answer that it owed. */
  readonly printedLines: number;

  constructor(message: string, about: { hint?: string | undefined; printedLines?: number } = {}) {
    super(message);
    this.hint = about.hint;
    this.printedLines = about.printedLines ?? 0;
  }
}

/** The finding of a judge that stopped, with the document at which it did, as far as that is known. */
export function toolFailureFinding(
  failure: ToolFailure,
  at: { readonly file?: string; readonly resource?: string } = {},
): Finding {
  return {
    code: "tool-failed",
    severity: "error",
    ...at,
    message: `${failure.message}; what follows was not judged`,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
  };
}

/** How a process ended, in words. */
export function describeExit(code: number | null, signal: string | null, stderr: string): string {
  const how = signal === null ? `stopped with exit code ${code ?? "unknown"}` : `was ended by ${signal}`;
  const said = stderr.trim().split("\n").slice(0, 5).join("\n");
  return said === "" ? how : `${how}: ${said}`;
}
