import { formatDecimal } from "../promql/number.ts";

/** A sample of a series: its value, `"stale"` where the series ends, or none. */
export type SeriesSample = number | "stale" | undefined;

const decimal = String.raw`(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
// promtool reads no repetition after Inf and NaN: `Infx1` is a word to it.
const item = new RegExp(
  String.raw`^(?:(?<gap>_)(?:x(?<gaps>\d+))?|(?<stale>stale)|(?<value>[+-]?${decimal})(?:(?<step>[+-]${decimal})?x(?<count>\d+))?|(?<endless>[+-]?(?:[Ii]nf|[Nn]a[Nn])))$`,
);

// More than a year of samples, one a minute: a slip of the hand, and more memory than a test should want.
const MOST_SAMPLES = 1_000_000;

/**
 * Reads samples in promtool's notation: `1 2 3`, `0+60x3` (0 60 120 180), `1x3` (1 1 1 1), `_x2` (none, twice), `stale`.
 *
 * @throws TypeError with the item that is none.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 * @example
 * parseSamples("0+60x2 _ stale"); // [0, 60, 120, undefined, "stale"]
 */
export function parseSamples(text: string): readonly SeriesSample[] {
  const samples: SeriesSample[] = [];
  for (const written of text.split(/\s+/)) {
    if (written === "") continue;
    const { gap, gaps, stale, value, step, count, endless } = item.exec(written)?.groups ?? {};
    const times = Number(count ?? gaps ?? 0);
    if (samples.length + times > MOST_SAMPLES) refuse(text, written);
    if (gap !== undefined) for (let n = 0; n < (gaps === undefined ? 1 : times); n++) samples.push(undefined);
    else if (stale !== undefined) samples.push("stale");
    else if (value !== undefined) {
      const growth = Number(step ?? 0);
      // Added up one by one, as promtool does: 0+0.1x3 ends with 0.30000000000000004.
      let current = Number(value);
      for (let n = 0; n <= times; n++, current += growth) samples.push(current);
    } else if (endless !== undefined) samples.push(endlessNumber(endless));
    else refuse(text, written);
  }
  return samples;
}

/**
 * Writes samples in promtool's notation, what repeats or grows evenly as one item. `parseSamples` gives them back.
 *
 * @example
 * printSamples([0, 60, 120, undefined, undefined, 1]); // "0+60x2 _x2 1"
 */
export function printSamples(samples: readonly SeriesSample[]): string {
  const items: string[] = [];
  for (let at = 0; at < samples.length; ) {
    const value = samples[at];
    if (value === "stale") {
      items.push("stale");
      at++;
      continue;
    }
    const { length, step } = stretchAt(samples, at);
    if (value === undefined) items.push(length === 1 ? "_" : `_x${length}`);
    else if (length === 1) items.push(formatDecimal(value));
    else items.push(`${formatDecimal(value)}${step === 0 ? "" : signed(step)}x${length - 1}`);
    at += length;
  }
  return items.join(" ");
}

/** How many samples from here on are the same, or grow by the same number each. */
function stretchAt(samples: readonly SeriesSample[], from: number): { readonly length: number; readonly step: number } {
  const first = samples[from];
  const second = samples[from + 1];
  const whileEqual = (expected: (before: number) => number): number => {
    let end = from + 1;
    for (let current = Number(first); end < samples.length; end++) {
      current = expected(current);
      if (!Object.is(samples[end], current)) break;
    }
    return end - from;
  };
  if (first === undefined) {
    let end = from + 1;
    while (end < samples.length && samples[end] === undefined) end++;
    return { length: end - from, step: 0 };
  }
  if (typeof first !== "number" || typeof second !== "number" || !Number.isFinite(first)) return { length: 1, step: 0 };
  if (Object.is(first, second)) return { length: whileEqual((before) => before), step: 0 };
  const step = second - first;
  if (!Number.isFinite(step) || step === 0) return { length: 1, step: 0 };
  // Two that differ are written as two: 1 5, and not 1+4x1.
  const length = whileEqual((before) => before + step);
  return length < 3 ? { length: 1, step: 0 } : { length, step };
}

function signed(step: number): string {
  return step < 0 ? formatDecimal(step) : `+${formatDecimal(step)}`;
}

function endlessNumber(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN;
  return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function refuse(text: string, written: string): never {
  throw new TypeError(
    `${JSON.stringify(written)} in ${JSON.stringify(text)} is no sample. Expected numbers, "_" for none and "stale", repeated with "x": "0+60x120", "1x5 _x3 stale".`,
  );
}
