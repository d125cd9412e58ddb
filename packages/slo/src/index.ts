export { indicatorOf } from "./objectives/indicator.ts";
export { objectivesOf } from "./objectives/objectives-of.ts";
export type { BurnAlert, BurnAlerts, Indicator, ServiceLevelObjective } from "./objectives/service-level-objective.ts";
export { type AvailabilityOptions, availability } from "./promises/availability.ts";
export { type LatencyOptions, latency } from "./promises/latency.ts";
export { promisesOf, tierPromises } from "./promises/tier-promises.ts";
export { type ServiceLevelOptions, serviceLevels, sloComponents } from "./service-levels.ts";
export { type AlertWindow, type AlertWindowPair, type AlertWindows, alertWindows } from "./sloth/alert-windows.ts";
export { burnRateFactor } from "./sloth/burn-rate.ts";
export type { RuleOrigin } from "./sloth/metadata-rules.ts";
export {
  type PrometheusServiceLevelSpec,
  prometheusServiceLevel,
  prometheusServiceLevelSpec,
  renderedRulesLabel,
  type SlothAlert,
  type SlothAlerting,
  type SlothIndicator,
  type SlothObjective,
  type SlothPlugins,
} from "./sloth/prometheus-service-level.ts";
export type { AlertingRule, RecordingRule, RuleGroup } from "./sloth/rule.ts";
export { plinthOrigin, type SlothRuleOptions, slothRuleGroups } from "./sloth/rule-groups.ts";
export { serviceLevelFindings } from "./sloth/specification-findings.ts";
