import type { Consequence } from "../consequence.ts";
import { compareRisks, riskOf, worstOf } from "../risk/consequence-risk.ts";
import { domains } from "../risk/domains.ts";
import { ruleOf } from "../risk/rule-of.ts";
import type { ConsequenceRisk } from "../rules/consequence-rule.ts";
import type { ConsequenceRuleName } from "../rules/consequence-rules.ts";
import { groupByPlaces } from "./group-by-places.ts";
import { withNames, withoutOwnNames } from "./own-names.ts";

/** A consequence with the risk that it has in its environment. */
export interface RatedConsequence extends Consequence {
  readonly risk: ConsequenceRisk;
}

/** What is told in one line: the same in several environments, and of several services. */
export interface FoldedConsequence {
  readonly rule: ConsequenceRuleName;
  /** The worst of its members. */
  readonly risk: ConsequenceRisk;
  /** In the order of the trees. */
  readonly environments: readonly string[];
  /** With ‹service›, ‹team› and ‹environment› where its members differ in those names. */
  readonly subject: string;
  readonly text: string;
  readonly details: readonly string[];
  /** Everything that went in, as it was. */
  readonly members: readonly RatedConsequence[];
}

/** Each consequence with its risk where it happens. */
export function rate(consequences: readonly Consequence[], guarded: ReadonlySet<string>): readonly RatedConsequence[] {
  return consequences.map((consequence) => ({
    ...consequence,
    risk: riskOf(ruleOf(consequence.rule), guarded.has(consequence.environment)),
  }));
}

/**
 * Consequences that differ in nothing but the environment, the service or the team become one, the worst first. None is lost: the members of all are what went in.
 *
 * Services are told together only where they have a consequence in the same environments: "12 services, in all environments" means each of them in each.
 */
export function foldConsequences(
  consequences: readonly RatedConsequence[],
  environments: readonly string[],
): readonly FoldedConsequence[] {
  const alike = Map.groupBy(consequences, (consequence) =>
    [
      consequence.rule,
      withoutOwnNames(consequence.subject, consequence),
      withoutOwnNames(consequence.text, consequence),
    ].join("\u0000"),
  );
  const folded = [...alike.values()].flatMap((members) =>
    groupByPlaces(members, environments).map((together) => fold(together, environments)),
  );
  function fold(members: readonly RatedConsequence[], order: readonly string[]): FoldedConsequence {
    const [first] = members;
    if (first === undefined) throw new RangeError("a group has at least one member");
    // What is told alone is told in its own words.
    if (members.length === 1) {
      const { rule, risk, environment, subject, text, details } = first;
      return { rule, risk, environments: [environment], subject, text, details, members };
    }
    const present = new Set(members.map(({ environment }) => environment));
    return {
      rule: first.rule,
      risk: worstOf(members.map(({ risk }) => risk)),
      environments: [...new Set([...order, ...present])].filter((environment) => present.has(environment)),
      subject: withNames(withoutOwnNames(first.subject, first), members),
      text: withNames(withoutOwnNames(first.text, first), members),
      details: detailsOf(members),
      members,
    };
  }
  function detailsOf(members: readonly RatedConsequence[]): readonly string[] {
    const alikeDetails = Map.groupBy(members, (member) =>
      member.details.map((detail) => withoutOwnNames(detail, member)).join("\u0000"),
    );
    const [only = ""] = alikeDetails.keys();
    if (alikeDetails.size === 1)
      return only === "" ? [] : only.split("\u0000").map((detail) => withNames(detail, members));
    return members.flatMap((member) => member.details.map((detail) => `${placeOf(member)}: ${detail}`));
  }
  return folded.toSorted(inOrder);
}

function placeOf({ environment, team, service }: RatedConsequence): string {
  return [environment, service ?? team].filter((part) => part !== undefined).join(", ");
}

function inOrder(a: FoldedConsequence, b: FoldedConsequence): number {
  return (
    compareRisks(a.risk, b.risk) ||
    domains.indexOf(ruleOf(a.rule).domain) - domains.indexOf(ruleOf(b.rule).domain) ||
    compare(a.subject, b.subject) ||
    compare(a.text, b.text) ||
    compare(a.environments.join(), b.environments.join())
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
