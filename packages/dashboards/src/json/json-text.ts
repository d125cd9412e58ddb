import { isJsonObject, type JsonObject } from "./json-value.ts";

// What a reviewer looks for stands on a line of its own, however short: a question, what a panel is about. So does everything beside it.
const onItsOwnLine: ReadonlySet<string> = new Set(["description", "expr", "query"]);

const columns = 120;

type IsSaid = (key: string, member: unknown) => boolean;

/**
 * JSON with sorted keys and two blanks of indentation, and a line break at the end. What fits on a line stands on one, unless it holds a question or a
 * description. Functions, which Grafana's builders leave on queries, are left out as JSON leaves them out, and so is every member that `isSaid` refuses.
 */
export function jsonText(value: unknown, isSaid: IsSaid = () => true): string {
  return `${printed(value, "\n", 0, isSaid)}\n`;
}

/**
 * In one pass, and without a copy: there is a dashboard for each service, and no file is larger. What is too long for its own line is so for that of whatever
 * holds it.
 *
 * @param lineBreak With the indentation of whatever the value stands in.
 * @param before How much stands on the line already.
 */
function printed(value: unknown, lineBreak: string, before: number, isSaid: IsSaid): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return printedList(value, lineBreak, before, isSaid);
  return isJsonObject(value) ? printedObject(value, lineBreak, before, isSaid) : (JSON.stringify(value) ?? "null");
}

function printedList(list: readonly unknown[], lineBreak: string, before: number, isSaid: IsSaid): string {
  const inner = `${lineBreak}  `;
  let lines = "";
  let line = "";
  let room = columns - before - 2;
  for (const member of list) {
    const text = printed(member, inner, inner.length - 1, isSaid);
    lines += lines === "" ? `${inner}${text}` : `,${inner}${text}`;
    room = left(room, text.length, text);
    if (room >= 0) line += line === "" ? text : `, ${text}`;
  }
  return room >= 0 ? `[${line}]` : `[${lines}${lineBreak}]`;
}

function printedObject(object: JsonObject, lineBreak: string, before: number, isSaid: IsSaid): string {
  const inner = `${lineBreak}  `;
  let lines = "";
  let line = "";
  let room = columns - before - 4;
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member === undefined || typeof member === "function" || !isSaid(key, member)) continue;
    const name = `${quoted(key)}: `;
    const text = printed(member, inner, inner.length - 1 + name.length, isSaid);
    lines += lines === "" ? `${inner}${name}${text}` : `,${inner}${name}${text}`;
    room = onItsOwnLine.has(key) ? -1 : left(room, name.length + text.length, text);
    if (room >= 0) line += line === "" ? `${name}${text}` : `, ${name}${text}`;
  }
  if (lines === "") return "{}";
  return room >= 0 ? `{ ${line} }` : `{${lines}${lineBreak}}`;
}

/** The room on a line after a member, with a comma and a blank; below 0 where there is none, or none was. */
function left(room: number, length: number, text: string): number {
  if (room < length + 2 || text.includes("\n")) return -1;
  return room - length - 2;
}

// Anything but characters that JSON.stringify writes as they are: no quote, no backslash, no control character, no half of a surrogate pair.
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}
