import { compareTexts } from "./text-order.ts";

/** What each finding code means. Codes are a closed union: tools and tests may rely on them. */
export const findingCodes = {
  "invalid-field": "A field of the model has a value that it cannot have.",
  "unknown-field": "A field that the model does not have.",
  "unknown-reference": "A name that refers to nothing in the platform.",
  "duplicate-name": "Two things of one kind share a name.",
  "conflicting-fields": "Two fields that are right alone contradict each other.",
  "platform-not-found": "There is no module that exports a platform.",
  "platform-not-loadable": "The platform's module does not parse, does not compile, or throws.",
  "catalog-not-readable": "A catalog file is too large, is not YAML, or does not have the shape of a catalog.",
  "component-failed": "A component threw instead of returning resources.",
  "invalid-resource": "A resource that its own schema, or the API server's rules for names and labels, refuse.",
  "invalid-expression": "A query or expression that does not parse.",
  "duplicate-resource": "Two resources of one environment share apiVersion group, kind, namespace and name.",
  "duplicate-path": "Two resources would be written to one path.",
  "unsafe-path": "A path that would leave the output folder or pass through a symbolic link.",
  "edited-by-hand": "A rendered file that was changed after Plinth wrote it.",
  "foreign-file": "A file in the output folder that Plinth did not write.",
  "drifted-file": "A rendered file whose content is not what the model says.",
  "missing-file": "A file that the model says and that is not there.",
  "orphaned-file": "A file that Plinth wrote and that the model no longer says.",
  "not-writable": "The output folder cannot be written.",
  "render-in-progress": "Another render holds the output folder.",
  "tree-not-found": "A folder, a revision or a path at a revision that is to be compared is not there.",
  "not-compared": "A file of a tree cannot be read as what it should be: nothing of it is compared.",
  "tool-missing": "A tool that a check needs is not there.",
  "tool-failed": "A tool stopped without a verdict.",
  expired: "Something that holds until a day is past it, or soon will be.",
  "risky-permission": "A permission that can be turned into more than it says, and that nobody has accepted.",
  "without-effect":
    "Something that is written and changes nothing: a role bound nowhere, a policy that selects no pod, an acceptance of nothing.",
  "quota-too-small": "Services of a team need more than its quota gives.",
  "impossible-connection": "A connection that is declared and that the network cannot make.",
  "undeclared-connection": "A connection that is open and that nobody declares.",
  "rejected-by-judge": "A real tool read the rendered files and refused them.",
} as const;

export type FindingCode = keyof typeof findingCodes;

/** `error` stops the render: nothing is written. `warning` is shown and does not. */
export type Severity = "error" | "warning";

/** A place in a file that a person wrote. `line` and `column` count from 1. */
export interface SourceLocation {
  /** Path relative to the root of the repository, with forward slashes. */
  file: string;
  line?: number;
  column?: number;
}

/** One thing that is wrong, as data: collected, never thrown one at a time. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** What was found, in one sentence. */
  message: string;
  /** Where in the user's files. */
  source?: SourceLocation;
  /** The field, as a dotted path from the value named in `source`: `calls[2]`, `metadata.labels`. */
  path?: string;
  /** What would have been right. */
  expected?: string;
  /** A valid example, as the user would type it. */
  example?: string;
  /** What to do about it, when that is more than typing the example. */
  hint?: string;
  /** The rendered object: `apps/v1/Deployment team-data/accounting`. */
  resource?: string;
  /** The component that made the object. */
  component?: string;
  /** The rendered file, relative to the output folder. */
  file?: string;
}

/** True when at least one finding stops the render. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** Findings in a stable order: by source, then rendered file, then field, then message. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = (finding: Finding): string =>
    [
      finding.source?.file ?? "",
      String(finding.source?.line ?? 0).padStart(8, "0"),
      finding.file ?? "",
      finding.resource ?? "",
      finding.path ?? "",
      finding.message,
    ].join("\u0000");
  return findings
    .map((finding) => ({ finding, key: key(finding) }))
    .sort((a, b) => compareTexts(a.key, b.key))
    .map(({ finding }) => finding);
}

/**
 * A finding as a person reads it: place, what was found, what is expected, an example.
 *
 * @example
 * formatFinding({ code: "unknown-reference", severity: "error", message: 'team "dta" does not exist', path: "team" });
 * // "✖ team "dta" does not exist\n    at team"
 */
export function formatFinding(finding: Finding): string {
  const { source } = finding;
  const place = source
    ? [source.file, source.line, source.column].filter((part) => part !== undefined).join(":")
    : undefined;
  const where = [place, finding.file, finding.resource, finding.path].filter((part) => part !== undefined).join("  ");
  const lines = [`${finding.severity === "error" ? "✖" : "!"} ${finding.message}`];
  if (where !== "") lines.push(`    at ${where}`);
  if (finding.component !== undefined) lines.push(`    component: ${finding.component}`);
  if (finding.expected !== undefined) lines.push(`    expected: ${finding.expected}`);
  if (finding.example !== undefined) lines.push(`    example: ${finding.example}`);
  if (finding.hint !== undefined) lines.push(`    hint: ${finding.hint}`);
  return lines.join("\n");
}
