import { type Finding, isRecord } from "@plinth/core";
import { schemaFindings } from "@plinth/core/schema";
import type { z } from "zod";

/** A value that has a shape, and what it says besides; or why it has not. */
export interface ReadShape<Shape> {
  readonly value?: Shape;
  readonly findings: readonly Finding[];
}

/**
 * Reads plain data by a strict schema. Fields that the schema does not know are passed over, as the tools do whose files these are, and reported as warnings:
 * one of them is often a field that is spelled wrong. A field that is null is a field that is not there.
 */
export function readShape<Shape>(
  schema: z.ZodType<Shape>,
  input: unknown,
  where: { readonly prefix: string },
): ReadShape<Shape> {
  const given = withoutNulls(input);
  const first = schema.safeParse(given);
  if (first.success) return { value: first.data, findings: [] };
  const unknown = first.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  const findings = schemaFindings(first.error, given, schema, where).map(
    (finding): Finding => (finding.code === "unknown-field" ? { ...finding, severity: "warning" } : finding),
  );
  if (unknown.length === 0) return { findings };
  const second = schema.safeParse(unknown.reduce<unknown>(withoutField, given));
  return second.success ? { value: second.data, findings } : { findings };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])),
  );
}

function withoutField(value: unknown, path: readonly PropertyKey[]): unknown {
  const [head, ...rest] = path;
  if (Array.isArray(value))
    return value.map((member: unknown, index) => (index === head ? withoutField(member, rest) : member));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      if (key !== head) return [[key, member]];
      return rest.length === 0 ? [] : [[key, withoutField(member, rest)]];
    }),
  );
}
