import { type LabelSet, labelValue } from "../labels/label-set.ts";
import type { AlertmanagerConfig, InhibitRule } from "./alertmanager-config.ts";
import { allMatch } from "./matcher.ts";

/** A firing alert that keeps another from being sent, and the rule that says so. */
export interface Inhibition {
  readonly source: LabelSet;
  readonly rule: InhibitRule;
}

/**
 * Which of the firing alerts keep an alert from being sent. None: it is sent.
 *
 * An alert that matches both sides of a rule is not held back by another one that does, and so never by itself. A label of `equal` that
 * neither has is equal. Follows `Inhibitor.Mutes` of Alertmanager.
 *
 * @param firing Labels of the alerts that fire, the alert itself or not.
 * @throws RangeError for a matcher that `parseMatcher` refuses.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#inhibition-related-settings
 * @example
 * const config: AlertmanagerConfig = {
 *   route: { receiver: "platform" },
 *   receivers: [{ name: "platform" }],
 *   inhibit_rules: [{ source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: ["alertname"] }],
 * };
 * inhibitionsOf(config, { alertname: "DiskFull", severity: "warning" }, [{ alertname: "DiskFull", severity: "critical" }]).length; // 1
 */
export function inhibitionsOf(
  config: AlertmanagerConfig,
  alert: LabelSet,
  firing: readonly LabelSet[],
): readonly Inhibition[] {
  if (firing.length === 0) return [];
  return (config.inhibit_rules ?? []).flatMap((rule) => {
    if (!allMatch(rule.target_matchers, alert)) return [];
    const twoSided = allMatch(rule.source_matchers, alert);
    return firing
      .filter((source) => allMatch(rule.source_matchers, source))
      .filter((source) => (rule.equal ?? []).every((label) => labelValue(source, label) === labelValue(alert, label)))
      .filter((source) => !(twoSided && allMatch(rule.target_matchers, source)))
      .map((source) => ({ source, rule }));
  });
}
