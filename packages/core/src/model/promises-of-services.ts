import type { Finding, SourceLocation } from "../finding.ts";
import { nearestName } from "../names/names.ts";
import { isRecord } from "../plain-data.ts";
import { entryPath } from "./cross-checks/cross-check.ts";
import type { ServicePromiseInput } from "./promise.ts";
import { declareSource, sourceOf } from "./source.ts";

/** What a file of objectives says about one service. */
export interface PromisesOfService {
  readonly service: string;
  readonly promises: readonly ServicePromiseInput[];
  readonly source: SourceLocation;
}

/**
 * Services with the promises that files of objectives make for them. A service says what it promises in one place: here or there. The entries keep their own source,
 * which is where everything else about them stands.
 */
export function withPromises(
  entries: readonly unknown[],
  given: readonly PromisesOfService[],
  root: string,
  findings: Finding[],
): readonly unknown[] {
  if (given.length === 0) return entries;
  const nameOf = (entry: unknown): unknown => (isRecord(entry) ? entry["name"] : undefined);
  const names = entries.map(nameOf).filter((name) => typeof name === "string");
  for (const { service, source } of given) {
    if (names.includes(service)) continue;
    const meant = nearestName(service, names);
    findings.push({
      code: "unknown-reference",
      severity: "error",
      source,
      path: "service",
      message: `there is no service ${JSON.stringify(service)}`,
      expected: "objectives of a service of the platform",
      ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
    });
  }
  return entries.map((entry) => {
    const own = given.filter(({ service }) => service === nameOf(entry));
    const [first] = own;
    if (first === undefined || !isRecord(entry)) return entry;
    if (entry["promises"] !== undefined) {
      findings.push({
        code: "conflicting-fields",
        severity: "error",
        source: first.source,
        path: `${entryPath("services", first.service)}.promises`,
        message: "are said by the service itself, and by this file",
        expected: "one place in which a service says what it promises",
      });
      return entry;
    }
    const source = sourceOf(entry, root);
    const complete = { ...entry, promises: own.flatMap(({ promises }) => promises) };
    return source === undefined ? complete : declareSource(complete, source);
  });
}
