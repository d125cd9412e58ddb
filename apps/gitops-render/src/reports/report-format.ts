/** Who reads a report: a person, a pull request, a program, code scanning, a list of checks. */
export type ReportFormat = "terminal" | "markdown" | "json" | "sarif" | "junit";

export const reportFormats: readonly ReportFormat[] = ["terminal", "markdown", "json", "sarif", "junit"];
