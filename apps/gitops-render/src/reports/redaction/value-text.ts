import { emitYaml } from "@plinth/core";
import type { FieldChange } from "../../comparison/tree-comparison.ts";
import { cleanLines } from "../clean-text.ts";
import type { ReportedField } from "../diff-report.ts";
import { redactValue } from "./redact.ts";
import { otherSecretMark, secretMark } from "./secret-patterns.ts";

/** Both sides of a field as text, without secrets: the one place where values of a tree become something that somebody reads. */
export function fieldTexts({ path, before, after, order }: FieldChange, kind: string): ReportedField {
  const earlier = before === undefined ? undefined : textOf(redactValue(before, { kind, path }));
  const later = after === undefined ? undefined : textOf(redactValue(after, { kind, path }));
  return {
    path: cleanLines(path),
    ...(earlier === undefined ? {} : { before: earlier }),
    ...(later === undefined
      ? {}
      : { after: earlier === later ? later.replaceAll(secretMark, otherSecretMark) : later }),
    ...(order === undefined ? {} : { order }),
  };
}

function textOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  // Texts of several lines as they are: a block with its indentation is harder to compare.
  if (typeof value === "string" && value.includes("\n")) return cleanLines(value.replace(/\n$/, ""));
  return cleanLines(emitYaml(value).trimEnd());
}
