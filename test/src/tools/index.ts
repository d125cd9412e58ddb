export {
  type EnsureOptions,
  ensureTools,
  readTools,
  requireTools,
  type ToolEvent,
  type ToolStatus,
  toolPath,
} from "./ensure.ts";
export { type Exit, type GuardedOptions, type GuardedProcess, startGuarded } from "./guarded-process.ts";
export {
  type CrdFiles,
  crdFiles,
  goModuleDirectory,
  type ModuleLookup,
  type SchemaName,
  type SchemaSource,
  schemaNames,
  schemaSources,
  schemaVersion,
} from "./schemas.ts";
export { type Tool, type ToolName, toolNames, tools } from "./tools.ts";
