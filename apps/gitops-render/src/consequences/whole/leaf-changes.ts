import { isRecord } from "@plinth/core";
import { printData } from "./pairs.ts";

/** A value deep within plain data that differs, as texts; `nothing` where it is not there. */
export interface LeafChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The deepest fields in which two pieces of plain data differ. Lists are compared member by member where they are as long, and whole where they are not. */
export function leafChanges(before: unknown, after: unknown, path: string): readonly LeafChange[] {
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => leafChanges(before[key], after[key], `${path}.${key}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((member: unknown, index) =>
      leafChanges(member, after[index], `${path}[${nameOf(member) ?? index}]`),
    );
  }
  const [was, is] = [printData(before), printData(after)];
  return was === is ? [] : [{ path, before: shortened(was), after: shortened(is) }];
}

function nameOf(member: unknown): string | undefined {
  return isRecord(member) && typeof member["name"] === "string" ? member["name"] : undefined;
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
