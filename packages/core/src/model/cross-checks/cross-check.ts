import type { Finding, SourceLocation } from "../../finding.ts";
import { nearestName } from "../../names/names.ts";
import type { Platform } from "../platform.ts";

/** What a rule is given: the entries that are well-formed alone, and the names of all, so that one mistake is reported once. */
export interface CrossCheckContext {
  readonly platform: Platform;
  /** Every name that was written, of well-formed and of malformed entries, by list. */
  readonly names: Readonly<Record<NamedList, ReadonlySet<string>>>;
  report(finding: Omit<Finding, "severity"> & { severity?: Finding["severity"] }): void;
}

export type NamedList =
  | "environments"
  | "teams"
  | "services"
  | "dataStores"
  | "apis"
  | "components"
  | "breakGlass"
  | "acceptedRisks"
  | "policyRollouts"
  | "policyExceptions"
  | "alertOverrides";

/** A rule about how entries of the platform fit together. It reports; it never throws. */
export type CrossCheck = (context: CrossCheckContext) => void;

/** The singular that a sentence uses for an entry of a list. */
export const nouns: Readonly<Record<NamedList, string>> = {
  environments: "environment",
  teams: "team",
  services: "service",
  dataStores: "data store",
  apis: "API",
  components: "platform component",
  breakGlass: "break-glass permission",
  acceptedRisks: "accepted risk",
  policyRollouts: "policy rollout",
  policyExceptions: "policy exception",
  alertOverrides: "alert override",
};

/** `services[checkout]`: how a finding names an entry. */
export function entryPath(list: NamedList, name: string): string {
  return `${list}[${name}]`;
}

/** A finding's `source`, left out when it is not known. */
export function at(entry: { source?: SourceLocation }): { source?: SourceLocation } {
  return entry.source === undefined ? {} : { source: entry.source };
}

/** Reports a name that refers to nothing in `list`, with the nearest that does. */
export function reportUnknown(
  context: CrossCheckContext,
  list: NamedList,
  name: string,
  where: { source?: SourceLocation; path: string },
): void {
  const known = [...context.names[list]].sort();
  const nearest = nearestName(name, known);
  context.report({
    ...where,
    code: "unknown-reference",
    message: `there is no ${nouns[list]} ${JSON.stringify(name)}`,
    expected: known.length === 0 ? `a ${nouns[list]}; none is defined yet` : `one of ${known.join(", ")}`,
    ...(known[0] === undefined ? {} : { example: JSON.stringify(nearest ?? known[0]) }),
    ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
  });
}

/** Each of several names that refers to nothing, at its place in the list. */
export function reportUnknownNames(
  context: CrossCheckContext,
  list: NamedList,
  names: readonly string[] = [],
  where: Parameters<typeof reportUnknown>[3],
): void {
  names.forEach((name, index) => {
    if (!context.names[list].has(name))
      reportUnknown(context, list, name, { ...where, path: `${where.path}[${index}]` });
  });
}
