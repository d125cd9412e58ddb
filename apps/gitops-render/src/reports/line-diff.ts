import type { ReportedField } from "./diff-report.ts";

// What is compared line against line: enough for any text that a person wrote; beyond it the lines between the first and the last difference are told whole.
const largest = 250_000;
const context = 2;

/** A field as the lines of a unified diff: `- before`, `+ after`, and of long texts what is around a difference. */
export function fieldDiff({ path, before, after, order }: ReportedField): readonly string[] {
  const head = `@@ ${path}${order === true ? " (order)" : ""} @@`;
  if (before === undefined) return [head, ...linesOf(after ?? "").map((line) => `+ ${line}`)];
  if (after === undefined) return [head, ...linesOf(before).map((line) => `- ${line}`)];
  return [head, ...lineDiff(linesOf(before), linesOf(after))];
}

function linesOf(text: string): readonly string[] {
  return text.split("\n");
}

/** Two texts line by line; equal lines only near a difference. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  const lines = [
    ...before.slice(0, start).map((line) => `  ${line}`),
    ...(removed.length * added.length > largest ? wholly(removed, added) : shortest(removed, added)),
    ...before.slice(before.length - end).map((line) => `  ${line}`),
  ];
  return nearDifferences(lines);
}

function wholly(removed: readonly string[], added: readonly string[]): readonly string[] {
  return [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}

/** By the longest common subsequence. */
function shortest(before: readonly string[], after: readonly string[]): readonly string[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(`  ${before[i]}`);
      i++;
      j++;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${before[i++]}`);
    else lines.push(`+ ${after[j++]}`);
  }
  return lines;
}

function nearDifferences(lines: readonly string[]): readonly string[] {
  const near = new Set<number>();
  for (const [place, line] of lines.entries()) {
    if (line.startsWith("  ")) continue;
    for (let each = place - context; each <= place + context; each++) near.add(each);
  }
  const told: string[] = [];
  let left = 0;
  const tellLeft = (): void => {
    if (left > 0) told.push(`  … ${left} equal ${left === 1 ? "line" : "lines"}`);
    left = 0;
  };
  for (const [place, line] of lines.entries()) {
    if (!near.has(place)) left++;
    else {
      tellLeft();
      told.push(line);
    }
  }
  tellLeft();
  return told;
}
