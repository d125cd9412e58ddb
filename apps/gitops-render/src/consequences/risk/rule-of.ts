import type { ConsequenceRule } from "../rules/consequence-rule.ts";
import { type ConsequenceRuleName, consequenceRules } from "../rules/consequence-rules.ts";

/** What is said of all consequences of a kind. */
export function ruleOf(name: ConsequenceRuleName): ConsequenceRule {
  return consequenceRules[name];
}
