import { labelPattern } from "../promql/re2.ts";

const remembered = new Map<string, RegExp>();

/**
 * A regular expression that must match a whole text, with its groups.
 *
 * @throws TypeError when Prometheus refuses it, or JavaScript says it otherwise.
 */
export function wholePattern(source: string): RegExp {
  const known = remembered.get(source);
  if (known !== undefined) return known;
  const { problem } = labelPattern(source);
  if (problem !== undefined) throw new TypeError(`${JSON.stringify(source)} is no RE2: ${problem}.`);
  const pattern = compiled(`^(?:${source.replaceAll("(?P<", "(?<")})$`);
  if (pattern === undefined)
    throw new TypeError(`The regular expression ${JSON.stringify(source)} cannot be evaluated here.`);
  remembered.set(source, pattern);
  return pattern;
}

function compiled(source: string): RegExp | undefined {
  for (const flags of ["su", "s"]) {
    try {
      return new RegExp(source, flags);
    } catch {
      // JavaScript refuses with `u` what RE2 takes: an escaped blank.
    }
  }
  return undefined;
}
