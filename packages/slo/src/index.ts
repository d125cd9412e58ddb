export { defineService, type ServiceDefinition } from "./definition/define-service.ts";
export { type StandaloneLevels, type StandaloneOptions, serviceLevelsOf } from "./definition/service-levels-of.ts";
export type {
  OpenSloAlertCondition,
  OpenSloAlertNotificationTarget,
  OpenSloAlertPolicy,
  OpenSloDataSource,
  OpenSloMetadata,
  OpenSloMetric,
  OpenSloObject,
  OpenSloRatio,
  OpenSloService,
  OpenSloSlo,
} from "./formats/openslo/objects.ts";
export { type OpenSloOptions, openSlo, type WrittenOpenSlo } from "./formats/openslo/write.ts";
export { promisesFrom, type ReadPromises } from "./formats/promises-from.ts";
export { type ReadServiceLevels, readServiceLevels } from "./formats/read-service-levels.ts";
export type { ServiceLevelDocument, ServiceLevelFormat } from "./formats/service-level-document.ts";
export { type ExpandedPlugin, expandIndicatorPlugin } from "./indicator-plugins/expand-plugin.ts";
export type {
  IndicatorPlugin,
  PluginOption,
  PluginOptionKind,
  PluginValues,
} from "./indicator-plugins/indicator-plugin.ts";
export { slothLibrary } from "./indicator-plugins/sloth-library.ts";
export { type ExpandedSpecification, withPluginsExpanded } from "./indicator-plugins/with-plugins-expanded.ts";
export { meaningText } from "./meaning/meaning-text.ts";
export {
  type AlertDelay,
  type AlertMeaning,
  type ConditionMeaning,
  type ErrorBudget,
  type MeaningOptions,
  meaningOf,
  type ObjectiveMeaning,
} from "./meaning/objective-meaning.ts";
export { defaultBudgetPolicy } from "./objectives/extras-of.ts";
export { identityFindings, type ObjectiveName, objectiveId } from "./objectives/identities.ts";
export { objectivesOf } from "./objectives/objectives-of.ts";
export type {
  BudgetAlert,
  BurnAlert,
  BurnAlerts,
  EventsIndicator,
  Indicator,
  ObjectiveExtras,
  PluginIndicator,
  RatioIndicator,
  ServiceLevelObjective,
} from "./objectives/service-level-objective.ts";
export { platformObjectives } from "./platform/platform-objectives.ts";
export { type PlatformPromises, type PlatformSubject, platformPromises } from "./platform/platform-promises.ts";
export { type AvailabilityOptions, availability } from "./promises/availability.ts";
export { counter } from "./promises/counter.ts";
export { type EventQuery, type EventsOptions, type EventTerms, events } from "./promises/events.ts";
export { type FreshnessOptions, freshness } from "./promises/freshness.ts";
export { type LatencyOptions, latency } from "./promises/latency.ts";
export { type PluginOptions, plugin } from "./promises/plugin.ts";
export { type RawOptions, raw } from "./promises/raw.ts";
export { type SaturationOptions, saturation } from "./promises/saturation.ts";
export { type ThroughputOptions, throughput } from "./promises/throughput.ts";
export { window } from "./promises/window.ts";
export { type ObjectiveRuleOptions, objectiveRules, type RuleMode } from "./rules/objective-rules.ts";
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
export { plinthOrigin, type SlothRuleOptions, slothRuleGroups } from "./sloth/rule-groups.ts";
export { serviceLevelFindings } from "./sloth/specification-findings.ts";
export { windowsFor } from "./windows/windows-for.ts";
