import { risks } from "../../consequences/risk/consequence-risk.ts";
import { domains } from "../../consequences/risk/domains.ts";

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
const texts = { type: "array", items: text } as const;
const risk = { enum: risks } as const;
const riskCounts: JsonSchema = shape({ critical: count, high: count, medium: count, low: count, none: count });

/** An object with these fields and no others; those whose names end in `?` may be missing. */
function shape(fields: Readonly<Record<string, JsonSchema>>, description?: string): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ""), schema])),
    required: entries.flatMap(([name]) => (name.endsWith("?") ? [] : [name])),
    additionalProperties: false,
  };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

const member = shape(
  {
    environment: text,
    risk,
    "team?": text,
    "service?": text,
    subject: text,
    text,
    details: texts,
    objects: texts,
    files: texts,
  },
  "One consequence in one environment.",
);

const consequence = shape(
  {
    fingerprint: {
      type: "string",
      pattern: "^[0-9a-f]{32}$",
      description: "Equal in every run in which the same is said.",
    },
    rule: text,
    domain: { enum: domains },
    risk: { ...risk, description: "The worst of its members." },
    environments: texts,
    where: { type: "string", description: "The environments in words." },
    "owners?": { type: "string", description: "12 services of 4 teams, where it is about several." },
    teams: texts,
    services: texts,
    subject: {
      type: "string",
      description: "With ‹service›, ‹team›, ‹environment› where members differ in those names.",
    },
    text,
    details: texts,
    reviewers: { ...texts, description: "Who should look: teams, platform, security." },
    sources: { ...texts, description: "Files that a person edits." },
    members: listOf(member),
  },
  "One line: the same in several environments and of several services.",
);

const field = shape({ path: text, "before?": text, "after?": text, "order?": { const: true } });

const objects = shape(
  {
    change: { enum: ["added", "removed", "changed", "moved"] },
    apiVersion: text,
    kind: text,
    component: text,
    environments: texts,
    where: text,
    teams: texts,
    services: texts,
    count,
    names: texts,
    files: texts,
    "formerFiles?": texts,
    sources: texts,
    fields: listOf(field),
    spokenOf: { type: "boolean", description: "A consequence tells what it means." },
  },
  "Objects of one kind with the same change.",
);

const finding = shape({
  code: text,
  severity: { enum: ["error", "warning"] },
  message: text,
  "source?": shape({ file: text, "line?": count, "column?": count }),
  "path?": text,
  "expected?": text,
  "example?": text,
  "hint?": text,
  "resource?": text,
  "component?": text,
  "file?": text,
});

/**
 * The JSON Schema (draft 2020-12) of `gitops-render diff --format json`.
 *
 * @example
 * const title = diffReportSchema["title"]; // "What two rendered trees differ in"
 */
export const diffReportSchema: JsonSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What two rendered trees differ in",
  ...shape({
    version: { const: 1 },
    before: text,
    after: text,
    environments: listOf(
      shape({
        name: text,
        guarded: { type: "boolean", description: "A person delivers to it: the risk of a rule is told whole." },
        "change?": { enum: ["added", "removed"] },
      }),
    ),
    summary: shape({
      risk,
      lines: riskCounts,
      consequences: count,
      domains: listOf(shape({ domain: { enum: domains }, lines: riskCounts })),
      reviewers: listOf(shape({ reviewer: text, lines: riskCounts })),
      objects: shape({ added: count, removed: count, changed: count, moved: count, unspoken: count }),
    }),
    consequences: listOf(consequence),
    objects: listOf(objects),
    generatedOnly: texts,
    documents: listOf(
      shape({ path: text, change: { enum: ["added", "removed", "changed"] }, linesAdded: count, linesRemoved: count }),
    ),
    renamed: listOf(shape({ before: text, after: text })),
    hidden: shape({ filters: texts, consequences: count, objects: count }),
    findings: listOf(finding),
  }),
};
