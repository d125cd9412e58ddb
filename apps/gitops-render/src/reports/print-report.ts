import type { ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";
import type { DiffReport } from "./diff-report.ts";
import { jsonReport } from "./json/json-report.ts";
import { junitReport } from "./junit/junit-report.ts";
import { type MarkdownOptions, markdownReport } from "./markdown/markdown-report.ts";
import type { ReportFormat } from "./report-format.ts";
import { sarifReport } from "./sarif/sarif-report.ts";
import { type TerminalLook, terminalReport } from "./terminal/terminal-report.ts";

export interface FormatOptions extends MarkdownOptions {
  /** From which risk on a JUnit case fails. @default none */
  readonly failOn?: ConsequenceRisk;
  /** The rendered folder in the repository, for SARIF. @default rendered */
  readonly folder?: string;
  readonly look?: TerminalLook;
}

/**
 * A report as texts: one, or in Markdown one for each comment.
 *
 * @example
 * declare const report: DiffReport;
 * const comments: readonly string[] = printReport(report, "markdown", { limit: 1_000_000 });
 */
export function printReport(report: DiffReport, format: ReportFormat, options: FormatOptions = {}): readonly string[] {
  switch (format) {
    case "terminal":
      return [terminalReport(report, options.look).join("\n")];
    case "markdown":
      return markdownReport(report, options);
    case "json":
      return [jsonReport(report)];
    case "sarif":
      return [sarifReport(report, options)];
    case "junit":
      return [junitReport(report, options)];
  }
}
