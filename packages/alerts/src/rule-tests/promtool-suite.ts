import type { Environment, Platform } from "@plinth/core";
import { alertGroups } from "../alert-groups.ts";
import { type AlertingOptions, ruleNamespace } from "../alerting.ts";
import { platformOwner } from "../routing/owner.ts";
import { alertingRule } from "../rules/alert-rule.ts";
import { ruleFilePath, type ToolFile } from "../rules/rule-files.ts";
import { printRuleTests, ruleTests } from "./rule-tests.ts";

/**
 * The unit tests of an environment's alerts for `promtool test rules`: one file for each PrometheusRule, to lie beside the rule files that
 * `ruleFilesOf` makes of the rendered resources. Each alert fires on its firing series at the end of `for` and not an evaluation before, and
 * stays quiet on its quiet series.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * alertTestFiles(platform, environmentNamed(platform, "production")).map(({ path }) => path);
 */
export function alertTestFiles(
  platform: Platform,
  environment: Environment,
  options: AlertingOptions = {},
): readonly ToolFile[] {
  const namespace = ruleNamespace(platform);
  if (namespace === undefined) return [];
  return alertGroups(platform, environment, options).map((group) => {
    const owner = platformOwner(platform, options.platformTeam);
    const tests = group.alerts.flatMap((alert) => ruleTests(alert, alertingRule(platform, owner, alert)));
    return {
      path: `${namespace}.${group.name}.tests.yaml`,
      text: printRuleTests(ruleFilePath(namespace, group.name), tests),
    };
  });
}
