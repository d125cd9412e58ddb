import { isRecord } from "../plain-data.ts";

/**
 * The promises that a catalog entry makes: as a text (`availability 99.9, latency 95 below 200ms`), as a number (the availability), as a map
 * (`availability: 99.9`, `latency: { percentile: 95, below: 200ms }`) or as the list that a platform's own files have. What cannot be read stays as it is: the
 * service's schema says what is wrong with it.
 */
export function promisesFromCatalog(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return [{ kind: "availability", objective: value }];
  if (typeof value === "string")
    return value
      .split(/[,;\n]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "")
      .map(promiseFromText);
  if (Array.isArray(value)) return value;
  if (isRecord(value)) return Object.entries(value).map(([kind, terms]) => promiseFromTerms(kind, terms));
  return [value];
}

const latency = /^latency\s+(?<percentile>\d+(?:\.\d+)?)\s*%?\s*(?:below|<)\s*(?<below>\S+)$/;
const share = /^(?<kind>[a-z-]+)\s+(?<objective>\d+(?:\.\d+)?)\s*%?$/;

function promiseFromText(entry: string): unknown {
  const slow = latency.exec(entry)?.groups;
  if (slow !== undefined) return { kind: "latency", objective: Number(slow["percentile"]), below: slow["below"] };
  const counted = share.exec(entry)?.groups;
  return counted === undefined ? entry : { kind: counted["kind"], objective: Number(counted["objective"]) };
}

function promiseFromTerms(kind: string, terms: unknown): unknown {
  if (!isRecord(terms)) return { kind, objective: terms };
  const { percentile, ...rest } = terms;
  return { kind, ...(percentile === undefined ? {} : { objective: percentile }), ...rest };
}
