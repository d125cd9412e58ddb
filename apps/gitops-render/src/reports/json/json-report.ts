import type { DiffReport } from "../diff-report.ts";

/** The report as it is, for other programs: `diffReportSchema` says its shape. */
export function jsonReport(report: DiffReport): string {
  return JSON.stringify(report, null, 2);
}
