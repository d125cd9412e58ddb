import type { Finding, FindingCode, Severity } from "@plinth/core";

/** What a configuration can get wrong. `otelcol validate` refuses the first group and takes the second without a word. */
export type Rule =
  | "known-component"
  | "configured-component"
  | "carried-signal"
  | "complete-pipeline"
  | "connected-connector"
  | "no-cycle"
  | "one-component-per-id"
  | "known-option"
  | "option-type"
  | "valid-option"
  | "no-clear-secret"
  | "memory-limiter-first"
  | "batch-last"
  | "context-before-batching"
  | "metrics-before-sampling"
  | "balanced-traces"
  | "used-component"
  | "current-name";

/** How each rule reports. What loses data or does not start is an error; what is only useless or old is a warning. */
const reports: Readonly<Record<Rule, { readonly code: FindingCode; readonly severity: Severity }>> = {
  "known-component": { code: "unknown-reference", severity: "error" },
  "configured-component": { code: "unknown-reference", severity: "error" },
  "carried-signal": { code: "conflicting-fields", severity: "error" },
  "complete-pipeline": { code: "invalid-field", severity: "error" },
  "connected-connector": { code: "conflicting-fields", severity: "error" },
  "no-cycle": { code: "conflicting-fields", severity: "error" },
  "one-component-per-id": { code: "duplicate-name", severity: "error" },
  "known-option": { code: "unknown-field", severity: "error" },
  "option-type": { code: "invalid-field", severity: "error" },
  "valid-option": { code: "invalid-field", severity: "error" },
  "no-clear-secret": { code: "invalid-field", severity: "error" },
  "memory-limiter-first": { code: "conflicting-fields", severity: "error" },
  "batch-last": { code: "conflicting-fields", severity: "error" },
  "context-before-batching": { code: "conflicting-fields", severity: "error" },
  "balanced-traces": { code: "conflicting-fields", severity: "error" },
  "metrics-before-sampling": { code: "conflicting-fields", severity: "error" },
  "used-component": { code: "unknown-reference", severity: "warning" },
  "current-name": { code: "unknown-reference", severity: "warning" },
};

/** A finding of a rule at a path of the configuration: `service.pipelines.traces.processors[1]`. */
export function report(
  rule: Rule,
  path: string,
  said: Pick<Finding, "message" | "expected" | "example" | "hint">,
): Finding {
  return { ...reports[rule], path, ...said };
}
