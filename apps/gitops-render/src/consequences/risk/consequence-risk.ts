import type { ConsequenceRisk, ConsequenceRule } from "../rules/consequence-rule.ts";

/** From the worst to nothing. */
export const risks: readonly ConsequenceRisk[] = ["critical", "high", "medium", "low", "none"];

/** Negative where `a` is worse than `b`. */
export function compareRisks(a: ConsequenceRisk, b: ConsequenceRisk): number {
  return risks.indexOf(a) - risks.indexOf(b);
}

/** True where `risk` is `limit` or worse. */
export function isAtLeast(risk: ConsequenceRisk, limit: ConsequenceRisk): boolean {
  return compareRisks(risk, limit) <= 0;
}

/** The worst of several; `none` of nothing. */
export function worstOf(several: readonly ConsequenceRisk[]): ConsequenceRisk {
  return several.reduce<ConsequenceRisk>((worst, risk) => (compareRisks(risk, worst) < 0 ? risk : worst), "none");
}

/**
 * The risk of what a rule speaks of: whole in an environment that a person delivers to, and elsewhere what the rule says for there; without a word one step
 * less, but never less than low.
 */
export function riskOf(rule: ConsequenceRule, guarded: boolean): ConsequenceRisk {
  return guarded ? rule.risk : (rule.elsewhere ?? oneLess[rule.risk]);
}

const oneLess: Readonly<Record<ConsequenceRisk, ConsequenceRisk>> = {
  critical: "high",
  high: "medium",
  medium: "low",
  low: "low",
  none: "none",
};
