import { fieldAt, isRecord } from "@plinth/core";
import type { ListRule } from "./list-rules.ts";
import { meaningOf } from "./meaning.ts";
import type { Place } from "./place.ts";

/** Which members of two lists are one, by their places. */
export interface MatchedMembers {
  readonly pairs: readonly (readonly [before: number, after: number])[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/** What is left of both lists, by place; taken out as members find each other. */
interface Rest {
  readonly before: Set<number>;
  readonly after: Set<number>;
  readonly pairs: [number, number][];
}

/** Matches the members of two lists. The same lists in the other order match the other way round. */
export function matchMembers(
  before: readonly unknown[],
  after: readonly unknown[],
  rule: ListRule,
  member: Place,
): MatchedMembers {
  const rest: Rest = { before: new Set(before.keys()), after: new Set(after.keys()), pairs: [] };
  for (const fields of rule.by ?? [])
    pairUnique(
      rest,
      before.map((value) => keyOf(value, fields, member)),
      after.map((value) => keyOf(value, fields, member)),
    );
  const meanings = {
    before: before.map((value, place) => (rest.before.has(place) ? meaningOf(value, member) : "")),
    after: after.map((value, place) => (rest.after.has(place) ? meaningOf(value, member) : "")),
  };
  pairEqual(rest, meanings.before, meanings.after);
  if (rule.alike ?? rule.by === undefined) pairAlike(rest, before, after, rule.ordered);
  return {
    pairs: rest.pairs.sort(([a], [b]) => a - b),
    removed: [...rest.before],
    added: [...rest.after],
  };
}

/** What tells a member apart; nothing for a member that has none of the fields. */
function keyOf(value: unknown, fields: readonly string[], member: Place): string | undefined {
  const values = fields.map((field) => fieldAt(value, ...field.split(".")));
  return values.every((part) => part === undefined)
    ? undefined
    : meaningOf(
        values.map((part) => part ?? null),
        member,
      );
}

/** A key that two members of one side share tells nothing. */
function pairUnique(rest: Rest, before: readonly (string | undefined)[], after: readonly (string | undefined)[]): void {
  const placesBefore = uniquePlaces(before, rest.before);
  for (const [key, place] of uniquePlaces(after, rest.after)) pair(rest, placesBefore.get(key), place);
}

function uniquePlaces(keys: readonly (string | undefined)[], left: ReadonlySet<number>): Map<string, number> {
  const places = new Map<string, number>();
  const shared = new Set<string>();
  for (const place of left) {
    const key = keys[place];
    if (key === undefined) continue;
    if (places.has(key)) shared.add(key);
    places.set(key, place);
  }
  for (const key of shared) places.delete(key);
  return places;
}

/** Members that mean the same, in their order: of three equal ones and two, one is left. */
function pairEqual(rest: Rest, before: readonly string[], after: readonly string[]): void {
  const waiting = new Map<string, number[]>();
  for (const place of rest.before) {
    const meaning = before[place] ?? "";
    const places = waiting.get(meaning);
    if (places === undefined) waiting.set(meaning, [place]);
    else places.push(place);
  }
  for (const place of [...rest.after]) pair(rest, waiting.get(after[place] ?? "")?.shift(), place);
}

function pair(rest: Rest, before: number | undefined, after: number): void {
  if (before === undefined) return;
  rest.before.delete(before);
  rest.after.delete(after);
  rest.pairs.push([before, after]);
}

// Comparing each with each grows with the square; longer lists are paired by place.
const maxComparisons = 40_000;
// Less in common than this, and a reader sees one that went and another that came.
const minAlike = 0.3;

function pairAlike(rest: Rest, before: readonly unknown[], after: readonly unknown[], ordered: boolean): void {
  if (rest.before.size === 0 || rest.after.size === 0) return;
  if (ordered) pairSamePlace(rest, before, after);
  if (rest.before.size * rest.after.size > maxComparisons) {
    for (const place of [...rest.after]) if (rest.before.has(place)) pair(rest, place, place);
    return;
  }
  const leavesBefore = new Map([...rest.before].map((place) => [place, leavesOf(before[place])]));
  const leavesAfter = new Map([...rest.after].map((place) => [place, leavesOf(after[place])]));
  const candidates = [...leavesBefore].flatMap(([placeBefore, a]) =>
    [...leavesAfter].map(([placeAfter, b]) => ({ placeBefore, placeAfter, alike: alike(a, b) })),
  );
  candidates.sort(
    (a, b) =>
      b.alike - a.alike ||
      Math.abs(a.placeBefore - a.placeAfter) - Math.abs(b.placeBefore - b.placeAfter) ||
      a.placeBefore - b.placeBefore ||
      a.placeAfter - b.placeAfter,
  );
  for (const { placeBefore, placeAfter, alike: share } of candidates)
    if (share >= minAlike && rest.before.has(placeBefore) && rest.after.has(placeAfter))
      pair(rest, placeBefore, placeAfter);
}

/** In a sequence a text that stands where another stood is that one, changed. */
function pairSamePlace(rest: Rest, before: readonly unknown[], after: readonly unknown[]): void {
  for (const place of [...rest.after])
    if (rest.before.has(place) && !isStructure(before[place]) && !isStructure(after[place])) pair(rest, place, place);
}

function isStructure(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The values at the ends of a structure, with their paths; a lone text has none, since nothing of it can be alike. */
function leavesOf(value: unknown): ReadonlyMap<string, number> {
  const leaves = new Map<string, number>();
  const collect = (inner: unknown, path: string): void => {
    if (Array.isArray(inner)) for (const member of inner) collect(member, `${path}[]`);
    else if (isRecord(inner)) for (const [key, field] of Object.entries(inner)) collect(field, `${path}.${key}`);
    else {
      const leaf = `${path}=${JSON.stringify(inner)}`;
      leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
    }
  };
  if (isStructure(value)) collect(value, "");
  return leaves;
}

// A member that says only one thing, `cidr: 10.0.0.0/16`, has nothing in common with what it becomes but the field.
const loneField = 0.4;

/** How much two have in common: 0 nothing, 1 all. */
function alike(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [[one = ""] = [], [other = ""] = []] = [[...a.keys()], [...b.keys()]];
  if (a.size === 1 && b.size === 1 && one !== other) return fieldOf(one) === fieldOf(other) ? loneField : 0;
  let common = 0;
  let all = 0;
  for (const [leaf, count] of a) {
    common += Math.min(count, b.get(leaf) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 0 : (2 * common) / all;
}

function fieldOf(leaf: string): string {
  return leaf.slice(0, leaf.indexOf("="));
}
