import { fieldAt, isRecord } from "@plinth/core";
import type { ListRule } from "./list-rules.ts";

/** Two sides of one step, where a member has another place or another name on each. */
export interface Step {
  readonly before: string;
  readonly after: string;
}

const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The step to a field: `.spec`, or `["app.kubernetes.io/name"]` for a name that is no plain word. */
export function fieldStep(name: string): Step {
  const text = plainName.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { before: text, after: text };
}

/** The step into a document that is the text of a field. */
export const embeddedStep: Step = { before: " › ", after: " › " };

/** The steps as one text: `spec.json › panels[Requests].targets[A].expr`. */
export function pathText(steps: readonly Step[], side: "before" | "after"): string {
  return steps
    .map((step) => step[side])
    .join("")
    .replace(/^\./, "")
    .replaceAll(" › .", " › ");
}

const maxNameLength = 60;

/** How a reader knows each member of a list: by what tells it apart, else by its place. */
export function memberNames(members: readonly unknown[], rule: ListRule): readonly string[] {
  const names = members.map((member) => memberName(member, rule));
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return names.map((name, place) => {
    if (name === undefined) return `[${place}]`;
    if (counts.get(name) === 1) return `[${name}]`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return `[${name} #${nth}]`;
  });
}

function memberName(member: unknown, { by = [], known, ordered }: ListRule): string | undefined {
  if (!isRecord(member)) return ordered || typeof member === "object" ? undefined : shortened(String(member));
  for (const field of known ?? []) {
    const texts = scalarsIn(fieldAt(member, ...field.split(".")));
    if (texts.length > 0) return shortened(spoken(field, texts));
  }
  const texts = (by[0] ?? []).flatMap((field) => scalarsIn(fieldAt(member, ...field.split("."))));
  return texts.length === 0 ? undefined : shortened(texts.join(" "));
}

// A peer says nothing without its direction; a resource does without its field.
const spokenFields: ReadonlySet<string> = new Set(["from", "to", "ports"]);

function spoken(field: string, texts: readonly string[]): string {
  return spokenFields.has(field) ? `${field}: ${texts.join(" ")}` : texts.join(", ");
}

/** The texts and numbers at the ends of a value, in their order. */
function scalarsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scalarsIn);
  if (isRecord(value)) return Object.values(value).flatMap(scalarsIn);
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= maxNameLength ? line : `${line.slice(0, maxNameLength - 1)}…`;
}
