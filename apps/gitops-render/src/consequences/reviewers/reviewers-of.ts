import type { Consequence } from "../consequence.ts";
import { ruleOf } from "../risk/rule-of.ts";
import type { Reviewer } from "../rules/consequence-rule.ts";

/** Who owns what no team owns, and who answers for security, as a report calls them. */
export const platformOwners = "platform";
export const securityOwners = "security";

const named: Readonly<Record<Reviewer, (consequence: Consequence) => readonly string[]>> = {
  owner: ({ team }) => [team ?? platformOwners],
  concerned: ({ concerns = [] }) => concerns,
  platform: () => [platformOwners],
  security: () => [securityOwners],
};

/**
 * Who should look at consequences: team names, `platform` and `security`; each once, those whom the rule names first at the front. What no team owns is
 * the platform's.
 */
export function reviewersOf(consequences: readonly Consequence[]): readonly string[] {
  const [first] = consequences;
  if (first === undefined) return [];
  const asked = (reviewers: readonly Reviewer[]): readonly string[] => [
    ...new Set(
      reviewers.flatMap((reviewer) =>
        consequences.flatMap((consequence) => [...named[reviewer](consequence)]).toSorted(),
      ),
    ),
  ];
  const reviewers = asked(ruleOf(first.rule).reviewers);
  // A rule may ask those concerned, and a change concern nobody by name.
  return reviewers.length > 0 ? reviewers : asked(["owner"]);
}
