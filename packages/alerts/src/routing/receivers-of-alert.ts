import type { Environment, Platform } from "@plinth/core";
import type { AlertingRule } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { alertingRule } from "../rules/alert-rule.ts";
import { platformOwner } from "./owner.ts";
import { alertmanagerConfig, type RoutingOptions } from "./platform-routing.ts";
import { receiversOf } from "./receivers-of.ts";

/**
 * Who is told of an alert in an environment, by the routing that is rendered for it.
 *
 * @param labels What the alert is about: the labels that its expression gives.
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * receiversOfAlert(platform, environmentNamed(platform, "production"), podCrashLooping, { namespace: "team-backend" }); // ["backend-chat"]
 */
export function receiversOfAlert(
  platform: Platform,
  environment: Environment,
  alert: Alert,
  labels: LabelSet,
  options: RoutingOptions = {},
): readonly string[] {
  const rule = alertingRule(platform, platformOwner(platform, options.platformTeam), alert);
  return receiversOf(alertmanagerConfig(platform, environment, options), labelsAtAlertmanager(rule, labels));
}

/** The labels that arrive at Alertmanager: those of the series, over them those of the rule, and the alert's name. */
export function labelsAtAlertmanager(rule: AlertingRule, labels: LabelSet): LabelSet {
  return { ...labels, ...rule.labels, alertname: rule.alert };
}
