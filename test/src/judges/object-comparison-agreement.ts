import { fieldAt, isRecord, listAt, parseQuantity } from "@plinth/core";
import type { FieldChange } from "@plinth/gitops-render";

/** One difference as dyff tells it: a value that came, went or changed, or members in another order. */
export interface DyffDifference {
  readonly path: readonly (string | number)[];
  readonly kind: "added" | "removed" | "changed" | "order";
  readonly from: unknown;
  readonly to: unknown;
}

/** What dyff said of one pair: its differences, or that it cannot read one of the two. */
export function dyffAnswer(line: string): readonly DyffDifference[] | { readonly error: string } {
  const answer: unknown = JSON.parse(line);
  const error = fieldAt(answer, "error");
  if (typeof error === "string") return { error };
  return listAt(answer, "differences").map((difference): DyffDifference => {
    const kind = fieldAt(difference, "kind");
    return {
      path: listAt(difference, "path").filter((step) => typeof step === "string" || typeof step === "number"),
      kind: kind === "added" || kind === "removed" || kind === "order" ? kind : "changed",
      // Go leaves out what is nothing.
      from: fieldAt(difference, "from") ?? null,
      to: fieldAt(difference, "to") ?? null,
    };
  });
}

/** How one pair was judged. */
export interface Agreement {
  /** What the two do not agree on; nothing where they agree. */
  readonly problem?: string;
  /** Why they may differ here: the reader of YAML does not know what Kubernetes makes of it. */
  readonly known?: "order" | "amount";
}

/**
 * Whether Plinth's changes are dyff's differences. Both tell the same values that came and went, whatever they take for one member that changed or for two; a field that is reached
 * through maps alone has the same path.
 */
export function agreement(fields: readonly FieldChange[], dyff: readonly DyffDifference[]): Agreement {
  const values = dyff.filter(({ kind }) => kind !== "order");
  const fromPlinth = net(
    fields.flatMap(({ before, order }) => (order === true || before === undefined ? [] : leavesOf(before))),
    fields.flatMap(({ after, order }) => (order === true || after === undefined ? [] : leavesOf(after))),
  );
  const fromDyff = net(
    values.flatMap(({ kind, from }) => (kind === "added" ? [] : leavesOf(from))),
    values.flatMap(({ kind, to }) => (kind === "removed" ? [] : leavesOf(to))),
  );
  if (fields.length === 0 && dyff.length > 0) {
    if (isOrderAlone(values)) return { known: "order" };
    if (values.every(isSameAmount)) return { known: "amount" };
    return { problem: `dyff sees ${dyff.length} differences and Plinth none, the first at ${dyff[0]?.path.join("/")}` };
  }
  if (fields.length > 0 && dyff.length === 0)
    return { problem: `Plinth sees a difference at ${fields[0]?.path} and dyff none` };
  if (fromPlinth !== fromDyff) return { problem: `Plinth says ${fromPlinth}, and dyff ${fromDyff}` };
  const paths = new Set(fields.map(({ path }) => path));
  const missing = dyff.flatMap(mapPaths).find((path) => !paths.has(path));
  return missing === undefined
    ? {}
    : { problem: `dyff sees a difference at ${missing}, Plinth at ${[...paths].join(", ")}` };
}

/** What went and what came, without what did both. */
function net(went: readonly string[], came: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const leaf of went) counts.set(leaf, (counts.get(leaf) ?? 0) - 1);
  for (const leaf of came) counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .map(([leaf, count]) => `${count > 0 ? "+" : ""}${count} ${leaf}`)
    .sort()
    .join(", ");
}

/** The values at the ends of a structure, documents inside texts read. */
function leavesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : value.flatMap(leavesOf);
  if (isRecord(value)) return Object.keys(value).length === 0 ? ["{}"] : Object.values(value).flatMap(leavesOf);
  if (typeof value !== "string") return [JSON.stringify(value)];
  const document = documentIn(value);
  // dyff prints a text that is JSON anew, a number too, and puts a line's end behind it.
  return document === undefined
    ? [JSON.stringify(value.replace(/^(-?[0-9.]+|true|false|null)\n$/, "$1"))]
    : leavesOf(document);
}

function documentIn(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where members of a list have no identity, dyff takes one that moved, or whose own members did, for one that went and one that came. */
function isOrderAlone(values: readonly DyffDifference[]): boolean {
  const members = (kind: "added" | "removed"): string =>
    values
      .flatMap((difference) => {
        const value = difference.kind === kind ? (kind === "added" ? difference.to : difference.from) : undefined;
        return Array.isArray(value) ? value.map((member) => `${difference.path.join("/")} ${inAnyOrder(member)}`) : [];
      })
      .sort()
      .join("\n");
  const isOfMembers = ({ kind, from, to }: DyffDifference): boolean =>
    kind !== "changed" && Array.isArray(kind === "added" ? to : from);
  return values.every(isOfMembers) && members("added") === members("removed");
}

/** A value as text, the members of its lists sorted. */
function inAnyOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inAnyOrder).sort().join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${key}:${inAnyOrder(value[key])}`);
  return `{${fields.join(",")}}`;
}

function isSameAmount({ kind, from, to }: DyffDifference): boolean {
  const [one, other] = [parseQuantity(String(from)), parseQuantity(String(to))];
  return kind === "changed" && one !== undefined && one.nanos === other?.nanos;
}

/** The paths of a difference that lead through maps alone, as Plinth writes them. */
function mapPaths({ path, kind, from, to }: DyffDifference): readonly string[] {
  if (kind === "order" || path.some((step) => typeof step === "number" || step.includes("="))) return [];
  if (kind === "changed") return typeof from === "string" && documentIn(from) !== undefined ? [] : [pathText(path)];
  const entries = kind === "added" ? to : from;
  return isRecord(entries) ? Object.keys(entries).map((key) => pathText([...path, key])) : [];
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step) => (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(String(step)) ? `.${step}` : `[${JSON.stringify(step)}]`))
    .join("")
    .replace(/^\./, "");
}
