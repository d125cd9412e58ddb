import type { LintRule, LintRuleName } from "./lint-rule.ts";
import { annotationRules } from "./rules/annotation-rules.ts";
import { colourRules } from "./rules/colour-rules.ts";
import { dashboardRules } from "./rules/dashboard-rules.ts";
import { languageRules } from "./rules/language-rules.ts";
import { linkRules } from "./rules/link-rules.ts";
import { openingRules } from "./rules/opening-rules.ts";
import { panelRules } from "./rules/panel-rules.ts";
import { placingRules } from "./rules/placing-rules.ts";
import { readingRules } from "./rules/reading-rules.ts";
import { tableRules } from "./rules/table-rules.ts";
import { targetRules } from "./rules/target-rules.ts";
import { templateRules } from "./rules/template-rules.ts";
import { valueRules } from "./rules/value-rules.ts";
import { variableRules } from "./rules/variable-rules.ts";

/** Every rule: the 17 of grafana/dashboard-linter 0.2.0, and those that it lacks. */
export const lintRules: readonly LintRule[] = [
  ...dashboardRules,
  ...openingRules,
  ...templateRules,
  ...variableRules,
  ...linkRules,
  ...annotationRules,
  ...panelRules,
  ...placingRules,
  ...readingRules,
  ...valueRules,
  ...colourRules,
  ...tableRules,
  ...targetRules,
  ...languageRules,
];

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
