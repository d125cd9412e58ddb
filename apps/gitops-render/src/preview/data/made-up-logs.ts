import type { SeriesLabels } from "@plinth/metrics/evaluation";
import { fractionOf, hexOf, oneOf } from "./random.ts";

/** A line that nobody logged. */
export interface MadeUpLine {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly level: Level;
  readonly text: string;
  readonly trace: string;
}

const levels = ["error", "warn", "info", "debug"] as const;
export type Level = (typeof levels)[number];

const usualRate: Readonly<Record<Level, number>> = { error: 2, warn: 6, info: 120, debug: 30 };

const words: Readonly<Record<Level, readonly string[]>> = {
  error: [
    "request failed: context deadline exceeded",
    "could not reach the data store: connection refused",
    "upstream answered with 503 Service Unavailable",
    "message could not be published: broker not available",
  ],
  warn: ["slow answer, took 1.8 s", "retrying, attempt 2 of 3", "connection pool is nearly used up"],
  info: ["request handled", "connection accepted", "message taken", "configuration read"],
  debug: ["cache hit", "cache miss", "span exported"],
};

/** The newest lines that a LogQL query could find, the newest first: about what it selects, of the levels that it names. */
export function madeUpLines(query: string, now: number, count = 24): readonly MadeUpLine[] {
  const allowed = levelsIn(query);
  return Array.from({ length: count }, (_, index) => {
    const whose = `${query} ${index}`;
    const level = oneOf(allowed, `level ${whose}`) ?? "info";
    return {
      time: now - 7 - index * 53 - Math.floor(fractionOf(whose) * 40),
      level,
      text: oneOf(words[level], `text ${whose}`) ?? "",
      trace: hexOf(whose, 32),
    };
  });
}

/** How many lines there are over the time, as a LogQL query that counts could say: a series for each level where it groups by level, else one. */
export function madeUpCounts(
  query: string,
  legend: string,
  moments: readonly number[],
): readonly { readonly name: string; readonly labels: SeriesLabels; readonly values: readonly number[] }[] {
  const [, list = ""] = /\bby\s*\(([^)]*)\)/.exec(query) ?? [];
  const label = list.split(",")[0]?.trim() ?? "";
  const parts: readonly Level[] = /level/.test(label) ? levelsIn(query) : ["warn"];
  return parts.map((level) => ({
    name: /level/.test(label) ? level : legend.replaceAll(/\{\{.*?\}\}/g, "").trim() || "lines",
    labels: label === "" ? {} : { [label]: level },
    values: moments.map((time) => Math.round(usualRate[level] * (0.7 + 0.6 * fractionOf(`${query} ${level} ${time}`)))),
  }));
}

function levelsIn(query: string): readonly Level[] {
  const [, said = ""] = /level\s*=~?\s*["`]([^"`]*)["`]/.exec(query) ?? [];
  const named = levels.filter((level) => said.toLowerCase().includes(level));
  return named.length === 0 ? levels : named;
}
