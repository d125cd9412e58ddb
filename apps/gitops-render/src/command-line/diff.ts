import { type Finding, hasErrors, nearestName } from "@plinth/core";
import { compareTrees } from "../comparison/compare-trees.ts";
import type { Prices } from "../consequences/capacity/prices.ts";
import { concernedReaders } from "../consequences/concerned-readers.ts";
import { rate } from "../consequences/folding/fold-consequences.ts";
import { readConsequencesWith } from "../consequences/read-consequences.ts";
import { isAtLeast } from "../consequences/risk/consequence-risk.ts";
import { guardedEnvironments } from "../consequences/risk/guarded-environments.ts";
import type { ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";
import { buildReport } from "../reports/build-report.ts";
import { type FormatOptions, printReport } from "../reports/print-report.ts";
import { isAskedFor, type ReportFilter } from "../reports/report-filter.ts";
import type { ReportFormat } from "../reports/report-format.ts";
import { safeFinding } from "../reports/safe-text.ts";
import type { TerminalLook } from "../reports/terminal/terminal-report.ts";
import type { FileSystem } from "../writing/file-system.ts";
import { type SideOptions, sidesOf } from "./diff-sides.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { printFindings, type Terminal } from "./terminal.ts";
import { writeReport } from "./write-report.ts";

export interface DiffOptions extends SideOptions {
  readonly format: ReportFormat;
  /** File or folder to write to. @default the terminal */
  readonly output?: string;
  /** Exit with 1 where a consequence has this risk or a worse one; `none` never does. */
  readonly failOn: ConsequenceRisk;
  readonly filter: ReportFilter;
  readonly formatting: Omit<FormatOptions, "failOn" | "look">;
  /** What units cost; without them no money is named. */
  readonly prices?: Prices;
  /** How a person sees it; not used for a file. */
  readonly look: TerminalLook;
}

/** Says what the change from one tree to another means, and to whom. */
export async function diff(options: DiffOptions, terminal: Terminal, fileSystem: FileSystem): Promise<ExitCode> {
  const { format, output, failOn, filter } = options;
  terminal.progress("reading both sides …");
  const sides = await sidesOf(options, fileSystem);
  terminal.progress(undefined);
  if (sides.before === undefined) return refuse(format, sides.findings, terminal);
  terminal.progress("comparing …");
  const comparison = compareTrees(sides.before, sides.after);
  const unknown = unknownEnvironments(filter, comparison.environments);
  if (unknown.length > 0) return refuse(format, unknown, terminal);
  const { today, prices } = options;
  const readers = await concernedReaders(comparison, { today, ...(prices === undefined ? {} : { prices }) });
  const { consequences, findings: unread } = readConsequencesWith(readers, comparison);
  const report = buildReport(comparison, consequences, filter);
  const findings = [...report.findings, ...[...sides.findings, ...unread].map(safeFinding)];
  const look = output === undefined ? options.look : { details: options.look.details ?? false };
  const texts = printReport({ ...report, findings }, format, { ...options.formatting, failOn, look });
  terminal.progress(undefined);
  printFindings(terminal, findings);
  if (output === undefined) for (const text of texts) terminal.out(text);
  else {
    const refused = writeReport(output, format, texts, terminal, fileSystem);
    if (refused !== undefined) return refuse(format, [refused], terminal);
  }
  if (failOn === "none") return exitCodes.ok;
  // What could not be compared may be what should have failed.
  if (hasErrors(findings)) return exitCodes.invalid;
  const asked = rate(consequences, guardedEnvironments(comparison)).filter((each) => isAskedFor(filter, each));
  return asked.some(({ risk }) => isAtLeast(risk, failOn)) ? exitCodes.consequences : exitCodes.ok;
}

function unknownEnvironments({ environments }: ReportFilter, known: readonly string[]): readonly Finding[] {
  return environments
    .filter((name) => !known.includes(name))
    .map((name): Finding => {
      const example = nearestName(name, known) ?? known[0];
      return {
        code: "unknown-reference",
        severity: "error",
        path: "--environment",
        message: `neither side has an environment ${JSON.stringify(name)}`,
        expected: `one of ${known.join(", ")}`,
        ...(example === undefined ? {} : { example: `--environment ${example}` }),
      };
    });
}

function refuse(format: ReportFormat, findings: readonly Finding[], terminal: Terminal): ExitCode {
  const safe = findings.map(safeFinding);
  if (format === "json") terminal.out(JSON.stringify({ ok: false, findings: safe }, null, 2));
  else printFindings(terminal, safe);
  return safe.some(({ code }) => code === "tool-missing" || code === "not-writable")
    ? exitCodes.environment
    : exitCodes.invalid;
}
