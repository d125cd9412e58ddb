import { isRecord, type Resource } from "@plinth/core";
import type { FieldChange } from "../tree-comparison.ts";
import { embeddedAt } from "./embedded-documents.ts";
import { type ListRule, listRuleAt } from "./list-rules.ts";
import { matchMembers } from "./match-members.ts";
import { meaningOf } from "./meaning.ts";
import { embeddedStep, fieldStep, memberNames, pathText, type Step } from "./path-text.ts";
import { below, type Place, rootPlace } from "./place.ts";
import { quantityAt } from "./quantity-fields.ts";
import { hiddenValue, isHidden } from "./secrets.ts";

/** One difference, its path still in steps: each side may know a member by another name. */
interface Difference {
  readonly steps: readonly Step[];
  readonly before: unknown;
  readonly after: unknown;
  readonly secret: boolean;
  readonly order: boolean;
}

/** Where the comparison stands. */
interface Position {
  readonly steps: readonly Step[];
  readonly place: Place;
  readonly secret: boolean;
  readonly found: Difference[];
}

/**
 * The fields that differ between two versions of one object, sorted by path; none where both mean the same. The other way round they are the same, `before` and `after` exchanged.
 */
export function fieldChanges(before: Resource, after: Resource): readonly FieldChange[] {
  // Which members of two lists are alike is decided in one direction, so that both directions agree.
  const turned = JSON.stringify(before) > JSON.stringify(after);
  const found: Difference[] = [];
  const [first, second] = turned ? [after, before] : [before, after];
  compareValues(first, second, { steps: [], place: rootPlace(before.kind), secret: false, found }, before);
  return found
    .map(({ steps, before: one, after: other, secret, order }): FieldChange => {
      const [earlier, later] = turned ? [other, one] : [one, other];
      const side = turned === (later === undefined) ? "after" : "before";
      return {
        path: pathText(steps, side),
        ...(earlier === undefined ? {} : { before: secret ? hiddenValue : earlier }),
        ...(later === undefined ? {} : { after: secret ? hiddenValue : later }),
        ...(secret ? { secret: true } : {}),
        ...(order ? { order: true } : {}),
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function compareValues(before: unknown, after: unknown, position: Position, object: Resource): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) compareMaps(before, after, position, object);
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, position, object);
  else if (!compareDocuments(before, after, position, object) && !isSameAmount(before, after, position.place))
    tell(before, after, position);
}

function tell(before: unknown, after: unknown, { steps, secret, found }: Position, order = false): void {
  found.push({ steps, before, after, secret, order });
}

function compareMaps(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  position: Position,
  object: Resource,
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inside: Position = {
      ...position,
      steps: [...position.steps, fieldStep(key)],
      place: below(position.place, key),
      secret: position.secret || isHidden(object, position.place, key),
    };
    const [one, other] = [ownField(before, key), ownField(after, key)];
    // The fields of a Secret's values are told one by one, so that each is known to be hidden.
    if (inside.secret && !position.secret && (isRecord(one) || isRecord(other)) && (one ?? other) !== undefined)
      compareMaps(isRecord(one) ? one : {}, isRecord(other) ? other : {}, inside, object);
    else compareValues(one, other, inside, object);
  }
}

function ownField(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

const unknownList: ListRule = { at: "", ordered: true };
// Fields by which the members of lists are told apart in most formats.
const usualKeys: readonly string[] = ["name", "key", "id"];

/** The rule of a list; of one that nobody knows the order counts, and members are known by a usual key where each has its own. */
function ruleOf(before: readonly unknown[], after: readonly unknown[], place: Place): ListRule {
  const known = listRuleAt(place);
  if (known !== undefined) return known;
  const key = usualKeys.find((field) => areToldApart(before, field) && areToldApart(after, field));
  return key === undefined ? unknownList : { at: "", by: [[key]], ordered: true, alike: true };
}

function areToldApart(members: readonly unknown[], field: string): boolean {
  const values = members.map((member) => (isRecord(member) ? member[field] : undefined));
  return values.every((value) => typeof value === "string") && new Set(values).size === values.length;
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  position: Position,
  object: Resource,
): void {
  const rule = ruleOf(before, after, position.place);
  const place = below(position.place, "[]");
  const { pairs, removed, added } = matchMembers(before, after, rule, place);
  // What tells members apart may be what is secret.
  const naming = position.secret ? unknownList : rule;
  const names = { before: memberNames(before, naming), after: memberNames(after, naming) };
  const at = (one: number, other: number): Position => ({
    ...position,
    steps: [...position.steps, { before: names.before[one] ?? "", after: names.after[other] ?? "" }],
    place,
  });
  for (const [one, other] of pairs) {
    if (meaningOf(before[one], place) !== meaningOf(after[other], place))
      compareValues(before[one], after[other], at(one, other), object);
  }
  for (const one of removed) {
    const name = names.before[one] ?? "";
    tell(before[one], undefined, { ...position, steps: [...position.steps, { before: name, after: name }] });
  }
  for (const other of added) {
    const name = names.after[other] ?? "";
    tell(undefined, after[other], { ...position, steps: [...position.steps, { before: name, after: name }] });
  }
  if (rule.ordered && !isAscending(pairs))
    tell(
      pairs.map(([one]) => orderName(before, one, names.before)),
      [...pairs].sort(([, a], [, b]) => a - b).map(([one]) => orderName(before, one, names.before)),
      position,
      true,
    );
}

/** A text says itself; anything else is known by its name, or by its place in the earlier list. */
function orderName(members: readonly unknown[], place: number, names: readonly string[]): unknown {
  const member = members[place];
  return typeof member === "object" ? (names[place] ?? "").slice(1, -1) : member;
}

function isAscending(pairs: readonly (readonly [number, number])[]): boolean {
  return pairs.every(([, after], index) => index === 0 || (pairs[index - 1]?.[1] ?? -1) < after);
}

/** Two texts that are both documents are compared as such. */
function compareDocuments(before: unknown, after: unknown, position: Position, object: Resource): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const [one, other] = [embeddedAt(position.place, before), embeddedAt(position.place, after)];
  if (one === undefined || other === undefined || Array.isArray(one.value) !== Array.isArray(other.value)) return false;
  compareValues(
    one.value,
    other.value,
    { ...position, steps: [...position.steps, embeddedStep], place: other.place },
    object,
  );
  return true;
}

function isSameAmount(before: unknown, after: unknown, place: Place): boolean {
  const amount = quantityAt(place, before);
  return amount !== undefined && amount === quantityAt(place, after);
}
