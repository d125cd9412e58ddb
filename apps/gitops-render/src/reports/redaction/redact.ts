import { isRecord } from "@plinth/core";
import {
  assignmentForm,
  authorizationForm,
  copiesOfObject,
  references,
  secretForms,
  secretKeys,
  secretKinds,
  secretMark,
  secretWords,
} from "./secret-patterns.ts";

/** A text in which every secret that shows itself, by its form or by the name before it, is `‹secret›`. */
export function redactText(text: string): string {
  let told = text;
  for (const { hints, form, kept = false } of secretForms) {
    if (!hints.some((hint) => told.includes(hint))) continue;
    told = told.replace(form, (...match: readonly unknown[]) => `${kept ? groupsOf(match)["kept"] : ""}${secretMark}`);
  }
  if (!secretWords.test(told)) return told;
  told = told.replace(authorizationForm, (...match: readonly unknown[]) => {
    const { kept = "", value = "" } = groupsOf(match);
    return `${kept}${looksRandom(value) ? secretMark : value}`;
  });
  return told.replace(assignmentForm, (...match: readonly unknown[]) => {
    const { key = "", between = "", quote = "", value = "" } = groupsOf(match);
    return `${key}${between}${quote}${isSecret(key, value) ? secretMark : value}`;
  });
}

/** The named groups: the last of what a replacer is called with. */
function groupsOf(match: readonly unknown[]): Readonly<Record<string, string>> {
  const groups = match.at(-1);
  return isRecord(groups)
    ? Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, typeof text === "string" ? text : ""]))
    : {};
}

/** Where a value stands: secrets of a kind of objects, and of a field, are known by that. */
export interface ValuePlace {
  /** Kind of the object. */
  readonly kind: string;
  /** Path of the field: `data.password`, `spec.containers[app].env[API_TOKEN].value`. */
  readonly path: string;
}

/** A value without its secrets. Keys stay. */
export function redactValue(value: unknown, { kind, path }: ValuePlace): unknown {
  if (secretKinds.has(kind) && isInsideData(path)) return withoutValues(value);
  if (secretKinds.has(kind) && path === "")
    return isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, redactValue(member, { kind, path: key })]),
        )
      : value;
  if ([...copiesOfObject].some((key) => path.includes(key))) return secretMark;
  return redactMember(keyOf(path), value);
}

function isInsideData(path: string): boolean {
  return /^(?:data|stringData)(?![A-Za-z0-9_-])/.test(path);
}

function redactMember(key: string, value: unknown): unknown {
  if (typeof value === "string") return isSecret(key, value) ? secretMark : redactText(value);
  if (Array.isArray(value)) return value.map((member: unknown) => redactMember(key, member));
  if (!isRecord(value)) return value;
  const { name } = value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, member]) => [
      inner,
      copiesOfObject.has(inner)
        ? secretMark
        : // A variable of a container, an HTTP header: its name stands beside its value.
          redactMember(inner === "value" && typeof name === "string" ? name : inner, member),
    ]),
  );
}

function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (!isRecord(value)) return value === null ? null : secretMark;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutValues(member)]));
}

/** `API_TOKEN` of `env[API_TOKEN].value` and of `env[name: API_TOKEN].value`, `tls.key` of `data["tls.key"]`. */
function keyOf(path: string): string {
  return /([A-Za-z0-9_.-]+)["'\]]*(?:\]\.value)?$/.exec(path.replace(/\]\.value$/, "]"))?.[1] ?? "";
}

function isSecret(key: string, value: string): boolean {
  const rule = secretKeys.find((each) => each.key.test(key));
  if (rule === undefined || value === "" || references.test(value)) return false;
  return rule.value === "any" ? !value.includes("\n") : looksRandom(value);
}

/** As long as a key is, of the letters that keys are made of, and no words: digits in it, or capitals where no word begins. */
function looksRandom(value: string): boolean {
  if (!/^[\w+/=.~-]{16,}$/.test(value)) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const turns = value.match(/[a-z][A-Z]|[A-Z]{2}[a-z]/g)?.length ?? 0;
  return (digits >= 2 && /[A-Za-z]/.test(value)) || turns >= 3;
}
