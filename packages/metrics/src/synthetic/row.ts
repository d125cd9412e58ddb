/** Some labels with their values. */
export type Row = Readonly<Record<string, string>>;

/** Every row of one list together with every row of the other. Where both know a label, the second one's value counts. */
export function pairs(left: readonly Row[], right: readonly Row[]): readonly Row[] {
  return left.flatMap((first) => right.map((second) => ({ ...first, ...second })));
}

/** The row without the labels that are not in the list. */
export function only(row: Row, labels: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([label]) => labels.has(label)));
}

/** Each row once. */
export function distinct(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** The same text for the same labels and values, whatever their order. */
export function keyOf(row: Row): string {
  return Object.keys(row)
    .sort()
    .map((label) => `${label}\u0001${row[label] ?? ""}`)
    .join("\u0002");
}
