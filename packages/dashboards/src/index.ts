export { dashboardComponents } from "./dashboard-components.ts";
export { dashboardJson } from "./grafana/dashboard-json.ts";
export { type DashboardResourceOptions, dashboardResource } from "./grafana-operator/dashboard-resource.ts";
export { teamFolderUid } from "./grafana-operator/team-folder.ts";
export { type LintOptions, lintDashboard } from "./lint/lint-dashboard.ts";
export { type DashboardFile, lintDashboards } from "./lint/lint-dashboards.ts";
export type { DashboardLinterRuleName, LintExclusion, LintRuleName, PlinthRuleName } from "./lint/lint-rule.ts";
export { type LintRuleDescription, lintRuleDescriptions } from "./lint/lint-rules.ts";
export type {
  Dashboard,
  DataSourceType,
  DataSourceVariable,
  LabelVariable,
  Link,
  Panel,
  Query,
  Row,
  StatPanel,
  TagLink,
  TimeseriesPanel,
  UrlLink,
  Variable,
} from "./model/dashboard.ts";
export { dashboardLink, link, logsLink, taggedDashboards, tracesLink } from "./model/link.ts";
export { type PanelOptions, query, stat, type TimeseriesOptions, timeseries } from "./model/panel.ts";
export { type RowOptions, row } from "./model/row.ts";
export { badAbove, badBelow, type State, type ThresholdStep, type Thresholds } from "./model/thresholds.ts";
export type { Unit } from "./model/units.ts";
export { dataSource, labelVariable } from "./model/variable.ts";
export type { AlertPanel } from "./platform/alert-panel.ts";
export { type PromisePanel, platformDashboard } from "./platform/platform-dashboard.ts";
export {
  type PlatformDashboardsOptions,
  platformDashboards,
  platformDashboardsOf,
} from "./platform/platform-dashboards.ts";
export type { OverviewPanel, Topic } from "./platform/topic.ts";
export { platformTopics } from "./platform/topics/all-topics.ts";
export { consumerRow } from "./service/consumer-row.ts";
export { dependencyRow } from "./service/dependency-row.ts";
export { redRow } from "./service/red-row.ts";
export { resourceRow } from "./service/resource-row.ts";
export { serviceDashboard, standardRows } from "./service/service-dashboard.ts";
export type { ServiceRow, ServiceView } from "./service/service-row.ts";
export { sloRow } from "./service/slo-row.ts";
