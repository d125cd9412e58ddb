/** How many lines a text has that another has not. */
export interface LineCounts {
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

// The search grows with the number of differences times the length; where texts have next to nothing in common, their lines are counted as sets.
const maxDifferences = 2_000;

/**
 * Lines that come and go between two texts, as `diff` counts them.
 *
 * @see E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986
 * @example
 * lineCounts("a\nb\n", "a\nc\nd\n"); // { linesAdded: 2, linesRemoved: 1 }
 */
export function lineCounts(before: string, after: string): LineCounts {
  const a = linesOf(before);
  const b = linesOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const differences = shortestEdit(left, right);
  if (differences === undefined)
    return { linesAdded: countMissing(right, left), linesRemoved: countMissing(left, right) };
  // Every line of both is common, removed or added.
  const common = (left.length + right.length - differences) / 2;
  return { linesAdded: right.length - common, linesRemoved: left.length - common };
}

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** How many lines have to be removed and added at least; nothing where there are too many. */
function shortestEdit(a: readonly string[], b: readonly string[]): number | undefined {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const limit = Math.min(a.length + b.length, maxDifferences);
  // How far each diagonal has come, the one in the middle at `limit + 1`.
  const furthest = new Int32Array(2 * limit + 3);
  for (let edits = 0; edits <= limit; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = furthest[limit + 1 + diagonal + 1] ?? 0;
      const right = furthest[limit + 1 + diagonal - 1] ?? 0;
      let x = diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest[limit + 1 + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return edits;
    }
  }
  return undefined;
}

function countMissing(lines: readonly string[], from: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of from) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  }).length;
}
