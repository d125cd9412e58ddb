import type { LintRule, LintRuleName } from "./lint-rule.ts";
import { dashboardRules } from "./rules/dashboard-rules.ts";
import { panelRules } from "./rules/panel-rules.ts";
import { targetRules } from "./rules/target-rules.ts";
import { templateRules } from "./rules/template-rules.ts";

/** Every rule: the 17 of grafana/dashboard-linter 0.2.0, and those that it lacks. */
export const lintRules: readonly LintRule[] = [...dashboardRules, ...templateRules, ...panelRules, ...targetRules];

/** What a rule asks for, and who made it. */
export interface LintRuleDescription {
  readonly name: LintRuleName;
  /** Who made the rule: grafana/dashboard-linter, or Plinth. */
  readonly origin: LintRule["origin"];
  readonly description: string;
}

/** Every rule of `lintDashboard`. */
export const lintRuleDescriptions: readonly LintRuleDescription[] = lintRules.map(({ name, origin, description }) => ({
  name,
  origin,
  description,
}));
