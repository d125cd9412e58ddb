export type {
  Alert,
  AlertCategory,
  AlertOwner,
  AlertSeverity,
  AlertThreshold,
  FirstQueries,
  Runbook,
  RunbookStep,
} from "./alert/alert.ts";
export { alertFindings } from "./alert/alert-findings.ts";
export { alertTopic } from "./alert/dashboard-link.ts";
export { type AlertDefinition, type AlertText, defineAlert, defineTunableAlert } from "./alert/define-alert.ts";
export {
  type FiringScenario,
  growing,
  type InputSeries,
  missing,
  type SampleStretch,
  type Samples,
  type Scenario,
  series,
  steady,
} from "./alert/scenario.ts";
export type { AlertValue } from "./alert/template.ts";
export { type AlertGroup, type AlertSelection, alertGroups, platformGroups } from "./alert-groups.ts";
export { type AlertingOptions, alertComponents, alerting } from "./alerting.ts";
export { platformAlerts, serviceAlerts } from "./catalogue.ts";
export { nodeFilesystemAlmostFull } from "./cluster/node-filesystem-almost-full.ts";
export { nodeNotReady } from "./cluster/node-not-ready.ts";
export { type GrafanaAlertOptions, grafanaAlertRuleGroup } from "./grafana/alert-rule-group.ts";
export { type GrafanaAlertsOptions, grafanaQueryAlerts } from "./grafana/grafana-alerts.ts";
export { type QueryAlert, queryAlertTopic } from "./grafana/query-alert.ts";
export { queryAlerts } from "./grafana/query-alerts.ts";
export type { LabelSet } from "./labels/label-set.ts";
export type {
  AlertmanagerConfig,
  AlertmanagerGlobal,
  AlertmanagerRoute,
  EmailConfig,
  InhibitRule,
  NamedTimeInterval,
  PagerDutyConfig,
  Receiver,
  SlackConfig,
  TimeInterval,
  WebhookConfig,
} from "./routing/alertmanager-config.ts";
export { compareRouting, type RoutingChange } from "./routing/compare-routing.ts";
export { alertmanagerFindings } from "./routing/config-findings.ts";
export {
  alertingExternalSecrets,
  type SecretStoreOptions,
  type SecretStoreReference,
} from "./routing/external-secrets.ts";
export { type Inhibition, inhibitionsOf } from "./routing/inhibition.ts";
export { clusterWideAlerts } from "./routing/inhibition-rules.ts";
export { type Matcher, type MatcherOperator, matches, parseMatcher, printMatcher } from "./routing/matcher.ts";
export { type PlatformOwner, platformOwner } from "./routing/owner.ts";
export { alertmanagerConfig, type RoutingOptions } from "./routing/platform-routing.ts";
export { nullReceiver } from "./routing/receivers.ts";
export {
  type Delivery,
  deliveriesOf,
  matchingRoutes,
  type RouteMatch,
  type RoutingSituation,
  receiversOf,
} from "./routing/receivers-of.ts";
export { receiversOfAlert } from "./routing/receivers-of-alert.ts";
export { type SecretFile, secretFilesOf } from "./routing/secret-files.ts";
export { type DividedRouting, dividedRouting } from "./routing/team-configs.ts";
export { watchdogAlert } from "./routing/watchdog-alert.ts";
export { type AlertMutant, mutantsOf } from "./rule-tests/mutants.ts";
export { alertTestFiles } from "./rule-tests/promtool-suite.ts";
export {
  type AlertTest,
  type ExpectedAlert,
  evaluationInterval,
  printRuleTests,
  type RuleTest,
  ruleTests,
} from "./rule-tests/rule-tests.ts";
export { alertingRule } from "./rules/alert-rule.ts";
export { prometheusRule } from "./rules/prometheus-rule.ts";
export { defineRecording, type Recording, recordingFindings } from "./rules/recording.ts";
export { ruleFilesOf, type ToolFile } from "./rules/rule-files.ts";
export { type AlertOccurrence, runbookPage } from "./runbooks/runbook-page.ts";
export { certificateExpiry } from "./security/certificate-expiry.ts";
export { kyvernoPolicyViolation } from "./security/kyverno-policy-violation.ts";
export { dependencyFailing, dependencyLimits } from "./services/dependency-failing.ts";
export { errorRateLimits, highErrorRate } from "./services/high-error-rate.ts";
export { highLatency, latencyLimits } from "./services/high-latency.ts";
export type { ServiceAlert } from "./services/service-alert.ts";
export { noTraffic, trafficDrop, trafficDropLimits, trafficSpike, trafficSpikeLimits } from "./services/traffic.ts";
export { persistentVolumeFillingUp } from "./storage/persistent-volume-filling-up.ts";
export { telemetryDataLoss } from "./telemetry/telemetry-data-loss.ts";
export { watchdog } from "./telemetry/watchdog.ts";
export { deploymentReplicasUnavailable } from "./workloads/deployment-replicas-unavailable.ts";
export { podCrashLooping } from "./workloads/pod-crash-looping.ts";
