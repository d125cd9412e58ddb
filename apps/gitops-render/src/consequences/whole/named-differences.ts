import { isRecord } from "@plinth/core";
import type { FieldChange, ObjectChange } from "../../comparison/tree-comparison.ts";

/** True for a text that names something. */
export type Naming = (text: string) => boolean;

/** True for texts that name a service: `loyalty`, `loyalty-telemetry`, `team-backend/loyalty`; not what only ends with its name. */
export function namingService(service: string): Naming {
  return naming(`(?<![A-Za-z0-9-])${service}(?![A-Za-z0-9])`);
}

/** True for texts that name a team: `search`, `team-search`, `search-admins`. */
export function namingTeam(team: string): Naming {
  return naming(`(?<![A-Za-z0-9])${team}(?![A-Za-z0-9])`);
}

// Names are DNS labels: none has a meaning in an expression.
function naming(pattern: string): Naming {
  const expression = new RegExp(pattern);
  return (text) => expression.test(text);
}

/** True where an object differs in nothing but what names something: an entry of a list, a rule, a part of an expression. */
export function differsOnlyByName({ before, after, fields }: ObjectChange, names: Naming): boolean {
  if (before === undefined || after === undefined) {
    const metadata = (after ?? before)?.resource.metadata;
    return names(metadata?.name ?? "") || names(metadata?.namespace ?? "");
  }
  if (fields.some(({ secret }) => secret === true))
    return differencesOf(textOf(before.resource), textOf(after.resource)).every(names);
  return fields.every((field) => fieldDiffersByName(field, names));
}

function fieldDiffersByName({ path, before, after }: FieldChange, names: Naming): boolean {
  if (before !== undefined && after !== undefined) return differencesOf(textOf(before), textOf(after)).every(names);
  return names(path) || names(textOf(before ?? after));
}

/** Plain data as text; what a Secret holds decoded. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (isRecord(value) && value.kind === "Secret" && (isRecord(value.data) || isRecord(value.stringData))) {
    const { data = {}, stringData = {} } = value;
    const decoded = Object.values(isRecord(data) ? data : {}).map((text) =>
      typeof text === "string" ? new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0))) : "",
    );
    return [...decoded, ...Object.values(isRecord(stringData) ? stringData : {}).map(String)].join("\n");
  }
  return JSON.stringify(value, null, 1) ?? "";
}

// Beyond it two texts are told to differ in more than a name.
const largest = 4_000_000;
// Equal words between two differences that belong together: the marks around a name.
const near = 3;

/** The parts of two texts that differ, each as one text. */
function differencesOf(before: string, after: string): readonly string[] {
  const byLine = before.includes("\n") && after.includes("\n");
  const partsOf = (text: string): readonly string[] =>
    byLine ? text.split("\n") : (text.match(/[A-Za-z0-9_.-]+|[^\sA-Za-z0-9_.-]/g) ?? []);
  const [was, is] = [partsOf(before), partsOf(after)];
  let start = 0;
  while (start < was.length && start < is.length && was[start] === is[start]) start++;
  let end = 0;
  while (end < was.length - start && end < is.length - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  const [removed, added] = [was.slice(start, was.length - end), is.slice(start, is.length - end)];
  if (removed.length + added.length === 0) return [];
  if (removed.length === 0 || added.length === 0) return [[...removed, ...added].join(" ")];
  if (removed.length * added.length > largest) return [""];
  return separateDifferences(removed, added);
}

/** By the longest common subsequence. */
function separateDifferences(before: readonly string[], after: readonly string[]): readonly string[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const differences: string[][] = [];
  let equal = near + 1;
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      equal++;
      i++;
      j++;
      continue;
    }
    if (equal > near) differences.push([]);
    equal = 0;
    const part = i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1)) ? before[i++] : after[j++];
    differences.at(-1)?.push(part ?? "");
  }
  return differences.map((parts) => parts.join(" "));
}
