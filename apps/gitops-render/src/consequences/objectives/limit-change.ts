import { lineOf } from "../alerts/expression-change.ts";
import { limitText } from "../alerts/limit-text.ts";

/** A limit within an indicator that moved, and nothing else. */
export interface LimitChange {
  readonly before: string;
  readonly after: string;
  /** For the later side: `loosened` where less is bad. */
  readonly kind: "loosened" | "tightened";
}

const bucket = /\ble="([0-9.e+-]+)"/g;
const comparison = /(>=?|<=?)\s*bool\s+([0-9.e+-]+)/g;

/** The limit that two indicators differ in: the bucket of a histogram, or what a value is compared with. `undefined` where they differ in more. */
export function limitChange(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): LimitChange | undefined {
  const [was, is] = [printed(before), printed(after)];
  return bucketChange(was, is) ?? comparisonChange(was, is);
}

function printed(queries: Readonly<Record<string, string>>): string {
  return Object.entries(queries)
    .map(([word, query]) => `${word}: ${lineOf(query)}`)
    .sort()
    .join("\n");
}

/** A request is good when it is in the bucket: a larger bucket promises less. */
function bucketChange(before: string, after: string): LimitChange | undefined {
  if (before.replaceAll(bucket, "le") !== after.replaceAll(bucket, "le")) return undefined;
  const [was, is] = [onlyNumber(before, bucket, 1), onlyNumber(after, bucket, 1)];
  if (was === undefined || is === undefined || was === is) return undefined;
  return {
    before: limitText(was, "seconds"),
    after: limitText(is, "seconds"),
    kind: is > was ? "loosened" : "tightened",
  };
}

/** What is measured is bad when the comparison holds. */
function comparisonChange(before: string, after: string): LimitChange | undefined {
  if (before.replaceAll(comparison, "$1") !== after.replaceAll(comparison, "$1")) return undefined;
  const [was, is] = [onlyNumber(before, comparison, 2), onlyNumber(after, comparison, 2)];
  if (was === undefined || is === undefined || was === is) return undefined;
  const badAbove = /(>=?|<=?)\s*bool/.exec(after)?.[1]?.startsWith(">") === true;
  return {
    before: limitText(was, undefined),
    after: limitText(is, undefined),
    kind: is > was === badAbove ? "loosened" : "tightened",
  };
}

function onlyNumber(text: string, pattern: RegExp, group: number): number | undefined {
  const numbers = new Set([...text.matchAll(pattern)].map((match) => match[group]));
  const [number] = numbers;
  return numbers.size === 1 && number !== undefined ? Number(number) : undefined;
}
