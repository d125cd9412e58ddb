export { type ExitCode, exitCodes } from "./command-line/exit-codes.ts";
export { runProgram } from "./command-line/program.ts";
export type { Terminal } from "./command-line/terminal.ts";
export { treeOfFiles } from "./comparison/build-tree.ts";
export { compareTrees } from "./comparison/compare-trees.ts";
export { fieldChanges } from "./comparison/fields/field-changes.ts";
export type {
  DocumentChange,
  FieldChange,
  ObjectChange,
  RenamedEnvironment,
  Tree,
  TreeComparison,
  TreeObject,
} from "./comparison/tree-comparison.ts";
export type { FileText, Hashing, TreeFiles } from "./comparison/tree-files.ts";
export { components } from "./components.ts";
export { consequenceReaders, readConsequences } from "./consequences/consequence-readers.ts";
export type { ReadConsequences } from "./consequences/read-consequences.ts";
export { consequenceRules } from "./consequences/rules/consequence-rules.ts";
export { alertPanels, promisePanels } from "./dashboards/platform-panels.ts";
export { chartAssets } from "./loading/chart-assets.ts";
export type {
  PreviewAnnotation,
  PreviewDashboard,
  PreviewLink,
  PreviewPanel,
  PreviewTarget,
  PreviewVariable,
} from "./preview/dashboard/preview-dashboard.ts";
export type { ChartAssets } from "./preview/page/dashboard-page.ts";
export {
  type Preview,
  type PreviewedDashboard,
  type PreviewFile,
  type PreviewOptions,
  preview,
  previewDashboards,
  previewMoment,
} from "./preview/preview.ts";
export { buildReport } from "./reports/build-report.ts";
export type {
  DiffReport,
  HiddenByFilters,
  ReportedConsequence,
  ReportedDocument,
  ReportedEnvironment,
  ReportedField,
  ReportedMember,
  ReportedObjects,
  ReportSummary,
  RiskCounts,
} from "./reports/diff-report.ts";
export { diffReportSchema, type JsonSchema } from "./reports/json/diff-report-schema.ts";
export type { MarkdownOptions } from "./reports/markdown/markdown-report.ts";
export { type FormatOptions, printReport } from "./reports/print-report.ts";
export type { ReportFilter } from "./reports/report-filter.ts";
export type { ReportFormat } from "./reports/report-format.ts";
export type { TerminalLook } from "./reports/terminal/terminal-report.ts";
export type { ReadTree } from "./trees/read-tree.ts";
export { treeOfFolder } from "./trees/tree-of-folder.ts";
export { treeOfModel } from "./trees/tree-of-model.ts";
export { treeOfRevision } from "./trees/tree-of-revision.ts";
