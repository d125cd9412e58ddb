import type { RuleGroup } from "@plinth/metrics";
import type { ObjectiveExtras, ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { prometheusServiceLevelSpec } from "../sloth/prometheus-service-level.ts";
import { ruleContext } from "../sloth/rule-context.ts";
import { type SlothRuleOptions, slothRuleGroups } from "../sloth/rule-groups.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { additionalRules } from "./additional-rules.ts";
import { changedRules } from "./changed-rules.ts";

/** Whose rules: Sloth's own to the last digit, or Plinth's, which are Sloth's and the extras of each objective. */
export type RuleMode = "sloth" | "plinth";

/** How the rules of objectives are made. */
export interface ObjectiveRuleOptions extends Pick<SlothRuleOptions, "origin"> {
  /** @default "plinth" */
  readonly mode?: RuleMode;
}

/**
 * The rules of one objective: three groups, as Sloth makes them. With extras that Sloth has no words for, a group that differs from Sloth's is named
 * `plinth-slo-…` instead of `sloth-slo-…`, and what is added stands in the group `plinth-slo-additions-<id>`. A plugin has none: only Sloth can run it.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const [objective] = objectivesOf(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout"));
 * const groups = objective && objectiveRules(objective);
 */
export function objectiveRules(
  objective: ServiceLevelObjective,
  { mode = "plinth", origin }: ObjectiveRuleOptions = {},
): readonly RuleGroup[] {
  if (objective.indicator.kind === "plugin") return [];
  const windows = windowsFor(objective.period ?? "30d");
  const spec = prometheusServiceLevelSpec(objective.service, [objective]);
  const groups = slothRuleGroups(spec, { windows, ...(origin === undefined ? {} : { origin }) });
  const [slo] = spec.slos;
  if (mode === "sloth" || objective.extras === undefined || slo === undefined) return groups;
  const context = ruleContext(spec, slo, windows);
  const additions = additionalRules(objective, context);
  return [
    ...groups.map((group) => changedGroup(group, changedRules(group.rules, objective, context))),
    ...(additions.length === 0 ? [] : [{ name: `plinth-slo-additions-${context.id}`, rules: additions }]),
  ];
}

function changedGroup(group: RuleGroup, rules: RuleGroup["rules"]): RuleGroup {
  return rules.every((rule, index) => rule === group.rules[index])
    ? group
    : { ...group, name: group.name.replace(/^sloth-/, "plinth-"), rules };
}

/** The extras that change Sloth's own rules: where one is set, Sloth cannot make these rules. */
export const changingExtras: readonly (keyof ObjectiveExtras)[] = [
  "distinctNames",
  "for",
  "minimumEvents",
  "exactPeriod",
];
