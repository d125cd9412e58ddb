/** One thing on both sides, or on one. */
export interface Pair<Value> {
  readonly key: string;
  readonly before?: Value;
  readonly after?: Value;
}

/** Two lists, each thing beside what has its key in the other; sorted by key. Of several with one key the first ones belong together. */
export function pairsOf<Value>(
  before: readonly Value[],
  after: readonly Value[],
  keyOf: (value: Value) => string,
): readonly Pair<Value>[] {
  const was = byKey(before, keyOf);
  const is = byKey(after, keyOf);
  return [...new Set([...was.keys(), ...is.keys()])].sort().map((key): Pair<Value> => {
    const [earlier, later] = [was.get(key), is.get(key)];
    return {
      key,
      ...(earlier === undefined ? {} : { before: earlier }),
      ...(later === undefined ? {} : { after: later }),
    };
  });
}

function byKey<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    let distinct = key;
    for (let count = 2; found.has(distinct); count++) distinct = `${key} (${count})`;
    found.set(distinct, value);
  }
  return found;
}

/** True when two pieces of plain data say the same, in whatever order their maps are written. */
export function sameData(a: unknown, b: unknown): boolean {
  return printData(a) === printData(b);
}

/** Plain data as one text, maps in the order of their keys. */
export function printData(value: unknown): string {
  if (value === undefined) return "nothing";
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What is in one list and not in the other, each once, in its order. */
export function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const known = new Set(other);
  return [...new Set(list)].filter((entry) => !known.has(entry));
}
