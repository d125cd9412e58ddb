import { z } from "zod";
import type { Finding, SourceLocation } from "../finding.ts";
import { nearestName } from "../names/names.ts";
import { fieldAt } from "../plain-data.ts";

/** The part of a zod issue that findings are made of. */
type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Each issue of a failed parse as a finding that says what was found, what is expected, and what to type. */
export function schemaFindings(
  error: z.ZodError,
  input: unknown,
  schema: z.ZodType,
  where: { source?: SourceLocation; prefix: string },
): Finding[] {
  return error.issues.flatMap((issue) => issueFindings(issue, input, schema, where));
}

function issueFindings(
  issue: Issue,
  input: unknown,
  schema: z.ZodType,
  where: { source?: SourceLocation; prefix: string },
): Finding[] {
  const field = schemaAt(schema, issue.path);
  const common = { severity: "error" as const, ...(where.source === undefined ? {} : { source: where.source }) };
  const [kind] = kindsOf(issue);
  const example = exampleOf(field) ?? (kind === undefined ? undefined : JSON.stringify(kind));
  const suggestion = example === undefined ? {} : { example: assignment(issue.path, example) };
  const found = valueAt(input, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key): Finding => {
      const known = Object.keys(shapeOf(field) ?? {});
      const nearest = nearestName(key, known);
      return {
        ...common,
        code: "unknown-field",
        path: printPath(where.prefix, [...issue.path, key]),
        message: `there is no field ${JSON.stringify(key)}`,
        expected: `one of ${known.join(", ")}`,
        ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
      };
    });
  }
  const path = printPath(where.prefix, issue.path);
  if (found === undefined)
    return [
      {
        ...common,
        code: "invalid-field",
        path,
        message: "is missing",
        expected: expectedOf(issue, field),
        ...suggestion,
      },
    ];
  if (issue.code === "invalid_union") {
    // The one option that takes this kind of value speaks for itself.
    const close = issue.errors.filter((errors) => !errors.some(isOtherKind));
    const [only] = close;
    if (only !== undefined && close.length === 1)
      return only.flatMap((inner) =>
        issueFindings({ ...inner, path: [...issue.path, ...inner.path] }, input, schema, where),
      );
  }
  if (issue.code === "invalid_key") {
    const key = String(issue.path.at(-1));
    const rule = keySchemaAt(schema, issue.path.slice(0, -1));
    const example = exampleOf(rule);
    return [
      {
        ...common,
        code: "invalid-field",
        path,
        message: issue.issues[0]?.message ?? `${JSON.stringify(key)} cannot be a key`,
        expected: rule === undefined ? "another key" : expectedOf(issue, rule),
        ...(example === undefined ? {} : { example: `${example.replace(/^"([A-Za-z_$][\w$]*)"$/, "$1")}: …` }),
      },
    ];
  }
  if (issue.code === "custom")
    return [
      {
        ...common,
        code: "invalid-field",
        path,
        message: issue.message,
        expected: expectedOf(issue, field),
        ...suggestion,
      },
    ];
  const choice =
    issue.code === "invalid_value" && typeof found === "string"
      ? (otherWord(field, found) ?? nearestName(found, issue.values.map(String)))
      : typeof found === "string"
        ? nearestName(found, kindsOf(issue))
        : undefined;
  return [
    {
      ...common,
      code: "invalid-field",
      path,
      message: `is ${printValue(found)}`,
      expected: expectedOf(issue, field),
      ...(choice === undefined ? suggestion : { example: assignment(issue.path, JSON.stringify(choice)) }),
    },
  ];
}

/** True for the issue of a value that is of another kind than the schema: a text where it wants a list. */
function isOtherKind({ code, path }: Issue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value" || code === "invalid_union");
}

/** What the field may say that tells the options of a union apart. */
function kindsOf(issue: Issue): readonly string[] {
  const options: unknown = "options" in issue ? issue.options : undefined;
  return Array.isArray(options) ? options.filter((option) => typeof option === "string") : [];
}

function oneOf(values: readonly string[]): string {
  return `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
}

function expectedOf(issue: Issue, field: z.ZodType | undefined): string {
  const expected = metaText(field, "expected");
  if (expected !== undefined) return expected;
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_type":
      return issue.expected === "record" || issue.expected === "object"
        ? "an object"
        : `${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
    case "too_small":
      return `at least ${issue.minimum}${issue.origin === "array" ? " entries" : ""}`;
    case "too_big":
      return `at most ${issue.maximum}${issue.origin === "array" ? " entries" : ""}`;
    case "invalid_union":
      return kindsOf(issue).length === 0 ? "another kind of value" : oneOf(kindsOf(issue));
    default:
      return issue.message;
  }
}

function exampleOf(field: z.ZodType | undefined): string | undefined {
  const example = metaText(field, "example");
  if (example !== undefined) return example;
  const unwrapped = field === undefined ? undefined : unwrap(field);
  if (unwrapped instanceof z.ZodEnum) return JSON.stringify(unwrapped.options[0]);
  if (unwrapped instanceof z.ZodArray) {
    const element = unwrapped.element instanceof z.ZodType ? exampleOf(unwrapped.element) : undefined;
    return element === undefined ? undefined : `[${element}]`;
  }
  return undefined;
}

/** `quotas.production.cpu: "20"`, as it is typed inside the last object. */
function assignment(path: Path, example: string): string {
  const key = path.findLast((part) => typeof part === "string");
  return key === undefined || typeof path.at(-1) === "number" ? example : `${String(key)}: ${example}`;
}

/** Follows a path through objects, records, arrays and their wrappers. */
function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const container = unwrap(schema);
  if (container instanceof z.ZodObject) {
    const next: unknown = container.shape[String(head)];
    return next instanceof z.ZodType ? schemaAt(next, rest) : undefined;
  }
  if (container instanceof z.ZodArray)
    return container.element instanceof z.ZodType ? schemaAt(container.element, rest) : undefined;
  if (container instanceof z.ZodRecord)
    return container.valueType instanceof z.ZodType ? schemaAt(container.valueType, rest) : undefined;
  if (container instanceof z.ZodUnion) {
    for (const option of container.options) {
      const next = option instanceof z.ZodType ? schemaAt(option, path) : undefined;
      if (next !== undefined) return next;
    }
  }
  return undefined;
}

/** The schema of the keys of the record at a path. */
function keySchemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  const record = schemaAt(schema, path);
  const container = record === undefined ? undefined : unwrap(record);
  return container instanceof z.ZodRecord && container.keyType instanceof z.ZodType ? container.keyType : undefined;
}

/** What a schema says of itself, or what it wraps says: an optional field is described by the field. */
function metaText(field: z.ZodType | undefined, key: "expected" | "example"): string | undefined {
  if (field === undefined) return undefined;
  const text = field.meta()?.[key];
  return typeof text === "string" ? text : metaText(innerOf(field), key);
}

/** The value that an enumeration has for a word that others use. */
function otherWord(field: z.ZodType | undefined, word: string): string | undefined {
  const words: unknown = field === undefined ? undefined : unwrap(field).meta()?.["otherWords"];
  const meant = fieldAt(words, word.toLowerCase());
  return typeof meant === "string" ? meant : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema);
  return inner === undefined ? schema : unwrap(inner);
}

/** The schema that one of these wraps: optional, default, prefault, a pipe's beginning. */
function innerOf(schema: z.ZodType): z.ZodType | undefined {
  const inner =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
      ? schema.unwrap()
      : schema instanceof z.ZodPipe
        ? schema.in
        : undefined;
  return inner instanceof z.ZodType ? inner : undefined;
}

function shapeOf(field: z.ZodType | undefined): Readonly<Record<string, unknown>> | undefined {
  const container = field === undefined ? undefined : unwrap(field);
  return container instanceof z.ZodObject ? container.shape : undefined;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

/** `services[checkout].ports.grpc`, `calls[2]`. */
export function printPath(prefix: string, path: Path): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    prefix,
  );
}

const PRINTED_LENGTH = 80;

/** A value as a person recognises it, shortened. */
export function printValue(value: unknown): string {
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > PRINTED_LENGTH ? `${text.slice(0, PRINTED_LENGTH)}…` : text;
}
