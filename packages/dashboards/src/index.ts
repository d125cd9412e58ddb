export { type CustomDashboardOptions, customDashboard } from "./custom/custom-dashboard.ts";
export {
  type CustomDashboards,
  type CustomDashboardsOptions,
  customDashboards,
  customMetrics,
} from "./custom/custom-dashboards.ts";
export { type DashboardFindingsOptions, dashboardFindings } from "./custom/dashboard-findings.ts";
export { dashboardComponents } from "./dashboard-components.ts";
export { type Correlation, type DataSource, dataSourceUids } from "./data-sources/data-source.ts";
export { dataSourcesOf } from "./data-sources/data-sources-of.ts";
export { secretVariable } from "./data-sources/provisioning-config-map.ts";
export { type DashboardFolder, teamDashboardFolder } from "./folders/dashboard-folder.ts";
export { teamFolderUid } from "./folders/team-folder-uid.ts";
export { dashboardJson } from "./grafana/dashboard-json.ts";
export { filledQuery } from "./grafana/filled-query.ts";
export { type LogqlOptions, logqlFindings } from "./lint/languages/logql-findings.ts";
export { lokiLabels } from "./lint/languages/loki-labels.ts";
export type { QueryFinding } from "./lint/languages/query-finding.ts";
export { traceqlFindings } from "./lint/languages/traceql-findings.ts";
export { type LintOptions, lintDashboard } from "./lint/lint-dashboard.ts";
export { type DashboardFile, lintDashboards } from "./lint/lint-dashboards.ts";
export type { DashboardLinterRuleName, LintExclusion, LintRuleName, PlinthRuleName } from "./lint/lint-rule.ts";
export { type LintRuleDescription, lintRuleDescriptions } from "./lint/lint-rules.ts";
export { type AnnotationOptions, annotation } from "./model/annotation.ts";
export type {
  AlertListPanel,
  Annotation,
  BarGaugePanel,
  ChoiceVariable,
  Dashboard,
  DataSourceType,
  DataSourceVariable,
  HeatmapPanel,
  LabelVariable,
  Link,
  LogsPanel,
  LokiQuery,
  NamedState,
  Panel,
  PrometheusQuery,
  Query,
  Row,
  ServiceMapPanel,
  StateTimelinePanel,
  StatPanel,
  TableColumn,
  TablePanel,
  TagLink,
  TempoQuery,
  TextPanel,
  TimeseriesPanel,
  TracesPanel,
  UrlLink,
  Variable,
} from "./model/dashboard.ts";
export { dashboardLink, link, logsLink, taggedDashboards, tracesLink } from "./model/link.ts";
export { stat, type TimeseriesOptions, timeseries } from "./model/panel.ts";
export { type HeatmapOptions, heatmap } from "./model/panel-heatmap.ts";
export { barGauge } from "./model/panel-league.ts";
export type { AnyPanelOptions, PanelOptions } from "./model/panel-options.ts";
export { type StateTimelineOptions, stateTimeline } from "./model/panel-state-timeline.ts";
export { type ColumnOptions, column, type TableOptions, table } from "./model/panel-table.ts";
export {
  logs,
  type ServiceMapOptions,
  serviceMap,
  type TracesOptions,
  traces,
} from "./model/panel-telemetry.ts";
export { alertList, text } from "./model/panel-words.ts";
export { logQuery, query, queryText, traceQuery } from "./model/query.ts";
export { type RowOptions, row } from "./model/row.ts";
export { badAbove, badBelow, type State, type ThresholdStep, type Thresholds } from "./model/thresholds.ts";
export type { Unit } from "./model/units.ts";
export { choice, dataSource, labelVariable } from "./model/variable.ts";
export { type DashboardResourceOptions, dashboardResource } from "./outputs/dashboard-resource.ts";
export { type DeliveredDashboard, dashboardKinds, dashboardsIn } from "./outputs/dashboards-in.ts";
export type { AlertPanel } from "./platform/alert-panel.ts";
export { type AnyAlertPanel, type PromisePanel, platformDashboard } from "./platform/platform-dashboard.ts";
export {
  type PlatformDashboardsOptions,
  platformDashboards,
  platformDashboardsOf,
} from "./platform/platform-dashboards.ts";
export type { QueryAlertPanel } from "./platform/query-alert-panel.ts";
export type { OverviewPanel, Topic } from "./platform/topic.ts";
export { platformTopics } from "./platform/topics/all-topics.ts";
export { consumerRow } from "./service/consumer-row.ts";
export { dependencyRow } from "./service/dependency-row.ts";
export { healthRow } from "./service/health-row.ts";
export { redRow } from "./service/red-row.ts";
export { resourceRow } from "./service/resource-row.ts";
export { runtimeRow } from "./service/runtime-row.ts";
export { serviceAnnotations } from "./service/service-annotations.ts";
export { standardRows } from "./service/service-dashboard.ts";
export type { ServiceRow, ServiceView } from "./service/service-row.ts";
export { sloRow } from "./service/slo-row.ts";
export { logsRow, tracesRow } from "./service/telemetry-rows.ts";
export { sloDetailDashboard } from "./slo/slo-detail.ts";
export { sloOverviewDashboard } from "./slo/slo-overview.ts";
export {
  chosenEnvironment,
  type DescribedService,
  type DescribedServiceOptions,
} from "./standalone/described-service.ts";
export { serviceDashboard } from "./standalone/service-dashboard.ts";
export { teamCostRow } from "./team/cost-row.ts";
export { teamDeliveryRow } from "./team/delivery-row.ts";
export { teamPolicyRow } from "./team/policy-row.ts";
export { teamPromisesRow } from "./team/promises-row.ts";
export { teamResourcesRow } from "./team/resources-row.ts";
export { teamServicesRow } from "./team/services-row.ts";
export { teamDashboard, teamRows } from "./team/team-dashboard.ts";
export type { TeamRow, TeamView } from "./team/team-row.ts";
