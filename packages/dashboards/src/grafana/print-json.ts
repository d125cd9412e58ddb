import { isJsonObject } from "../json/json-value.ts";

// Members that Grafana's builders write on every variable, panel and link though nobody said them: an interval's settings on a list of label
// values, a link that would be hidden in a menu.
const unsaid: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["allowCustomValue", true],
  ["auto", false],
  ["auto_count", 30],
  ["auto_min", "10s"],
  ["placement", "inControlsMenu"],
  ["repeatDirection", "h"],
  ["skipUrlSync", false],
  ["transparent", false],
]);

/**
 * JSON with sorted keys, two blanks of indentation, a line for each value, and a line break at the end. Functions, which Grafana's builders leave
 * on queries, are left out as JSON leaves them out.
 */
export function printJson(value: unknown): string {
  return `${printed(value, "\n")}\n`;
}

/** In one pass, and without a copy: there is a dashboard for each service, and no file is larger. */
function printed(value: unknown, lineBreak: string): string {
  if (typeof value === "string") return quoted(value);
  const inner = `${lineBreak}  `;
  let members = "";
  if (Array.isArray(value)) {
    for (const member of value) members += `${members === "" ? "" : ","}${inner}${printed(member, inner)}`;
    return members === "" ? "[]" : `[${members}${lineBreak}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value) ?? "null";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (!isSaid(key, member)) continue;
    members += `${members === "" ? "" : ","}${inner}${quoted(key)}: ${printed(member, inner)}`;
  }
  return members === "" ? "{}" : `{${members}${lineBreak}}`;
}

// Anything but characters that JSON.stringify writes as they are: no quote, no backslash, no control character, no half of a surrogate pair.
const escaped = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isSaid(key: string, member: unknown): boolean {
  if (member === undefined || typeof member === "function") return false;
  return !(unsaid.has(key) && unsaid.get(key) === member);
}
