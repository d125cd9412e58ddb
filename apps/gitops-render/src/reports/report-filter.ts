import type { ObjectChange } from "../comparison/tree-comparison.ts";
import type { RatedConsequence } from "../consequences/folding/fold-consequences.ts";
import { isAtLeast } from "../consequences/risk/consequence-risk.ts";
import { ruleOf } from "../consequences/risk/rule-of.ts";
import type { ConsequenceDomain, ConsequenceRisk } from "../consequences/rules/consequence-rule.ts";

/** What a report is about. Empty lists mean all. */
export interface ReportFilter {
  readonly environments: readonly string[];
  /** Those who own it, and those whom it concerns. */
  readonly teams: readonly string[];
  readonly domains: readonly ConsequenceDomain[];
  /** This risk and worse. Objects of which no rule speaks have none, and are left out. */
  readonly risk?: ConsequenceRisk;
}

export const noFilter: ReportFilter = { environments: [], teams: [], domains: [] };

/** True for what somebody asked for, whatever its risk. */
export function isAskedFor(filter: ReportFilter, consequence: RatedConsequence): boolean {
  const { team, concerns = [] } = consequence;
  return (
    has(filter.environments, [consequence.environment]) &&
    has(filter.teams, team === undefined ? concerns : [team, ...concerns]) &&
    has(filter.domains, [ruleOf(consequence.rule).domain])
  );
}

/** True for what is bad enough to be shown. */
export function isShown({ risk = "none" }: ReportFilter, consequence: RatedConsequence): boolean {
  return isAtLeast(consequence.risk, risk);
}

/** True for an object of an environment and a team that were asked for. */
export function isObjectShown(filter: ReportFilter, { environment, before, after }: ObjectChange): boolean {
  const team = (after ?? before)?.entry.team;
  return (
    filter.risk === undefined &&
    filter.domains.length === 0 &&
    (environment === undefined || has(filter.environments, [environment])) &&
    has(filter.teams, team === undefined ? [] : [team])
  );
}

/** The filter as it was typed. */
export function describeFilter({ environments, teams, domains, risk }: ReportFilter): readonly string[] {
  return [
    ...environments.map((name) => `--environment ${name}`),
    ...teams.map((name) => `--team ${name}`),
    ...domains.map((name) => `--domain ${name}`),
    ...(risk === undefined ? [] : [`--risk ${risk}`]),
  ];
}

function has(wanted: readonly string[], values: readonly string[]): boolean {
  return wanted.length === 0 || values.some((value) => wanted.includes(value));
}
