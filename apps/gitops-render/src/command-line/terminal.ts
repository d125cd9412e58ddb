import { styleText } from "node:util";
import { type Finding, formatFinding } from "@plinth/core";

/** Where a command prints. Tests give one that collects. */
export interface Terminal {
  /** Results: what a script reads. */
  out(line: string): void;
  /** Findings and progress: what a person reads. */
  err(line: string): void;
  /** Colours and progress lines only where a person looks. */
  readonly interactive: boolean;
  /** One line that replaces the one before; nothing where nobody looks. */
  progress(line: string | undefined): void;
}

const eraseLine = "\r\u001b[2K";

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  interactive: process.stderr.isTTY === true,
  progress: (line) => {
    if (process.stderr.isTTY === true)
      process.stderr.write(line === undefined ? eraseLine : `${eraseLine}${styleText("dim", line)}`);
  },
};

/** Prints findings, the errors last so that they stand nearest to the prompt. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const paint = (finding: Finding): string => {
    const text = formatFinding(finding);
    if (!terminal.interactive) return text;
    const [first = "", ...rest] = text.split("\n");
    return [
      styleText(finding.severity === "error" ? "red" : "yellow", first),
      ...rest.map((line) => styleText("dim", line)),
    ].join("\n");
  };
  for (const severity of ["warning", "error"] as const)
    for (const finding of findings) if (finding.severity === severity) terminal.err(paint(finding));
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
