export { dayAfter, daysBetween, moreDays } from "./calendar/calendar.ts";
export { type ImportedCatalog, importCatalog } from "./catalog/import-catalog.ts";
export type {
  ApplicationComponent,
  ApplicationFolder,
  ArgoCdComponent,
  Component,
  Document,
  FoundationComponent,
  Layer,
  Moment,
} from "./component.ts";
export { parseDuration, printDuration } from "./duration/duration.ts";
export {
  type Finding,
  type FindingCode,
  findingCodes,
  formatFinding,
  hasErrors,
  type Severity,
  type SourceLocation,
  sortFindings,
} from "./finding.ts";
export { markdownTable } from "./markdown/markdown-table.ts";
export { once } from "./memory/once.ts";
export type { AcceptedRisk, AcceptedRiskInput } from "./model/accepted-risk.ts";
export type { Access, AccessInput, Authentication } from "./model/access.ts";
export type { AlertOverride, AlertOverrideInput } from "./model/alert-override.ts";
export type { Api, ApiInput, ApiKind } from "./model/api.ts";
export type { BreakGlass, BreakGlassInput } from "./model/break-glass.ts";
export { type BuildPlatformOptions, type BuiltPlatform, buildPlatform } from "./model/build-platform.ts";
export { buildPromises } from "./model/build-promises.ts";
export type {
  DashboardDelivery,
  DataSourceAddress,
  DataSourceAddressInput,
  DataSources,
  EnvironmentDashboards,
  EnvironmentDashboardsInput,
  PlatformDashboards,
  PlatformDashboardsInput,
} from "./model/dashboards.ts";
export {
  type DataStore,
  type DataStoreEngine,
  type DataStoreInput,
  type Placement,
  queueEngines,
} from "./model/data-store.ts";
export {
  audit,
  defineAcceptedRisk,
  defineApi,
  defineBreakGlass,
  defineDataStore,
  defineEnvironment,
  definePlatform,
  definePlatformComponent,
  definePolicyException,
  definePolicyRollout,
  defineService,
  defineTeam,
  type ExceptionOptions,
  enforce,
  except,
  isPlatformDefinition,
  type OverrideOptions,
  override,
  type PlatformDefinition,
  type RolloutOptions,
  warn,
} from "./model/define.ts";
export {
  type Caller,
  callersOf,
  clientsOf,
  componentsWithRole,
  type Dependency,
  dataStoreNamed,
  dependenciesOf,
  environmentNamed,
  metricsEndpointsOf,
  type NamedPort,
  namespaceOf,
  needsIn,
  placementIn,
  portsOf,
  runsIn,
  runsSoftware,
  scrapedPortsOf,
  serviceNamed,
  servicesIn,
  teamNamed,
  trafficIn,
} from "./model/dependencies.ts";
export { applicationName, podLabelsOf } from "./model/derived-names.ts";
export type {
  Admission,
  Cluster,
  Delivery,
  Environment,
  EnvironmentInput,
  SyncWindow,
  WorkloadIdentityKind,
} from "./model/environment.ts";
export {
  agentOf,
  type InjectedAgent,
  type Injection,
  injectionOf,
  instrumentationNamespace,
  podAnnotationsOf,
} from "./model/injection.ts";
export {
  type CLibrary,
  defaultInstrumentation,
  type Instrumentation,
  type InstrumentationInput,
  type InstrumentationMode,
  type OtlpProtocol,
} from "./model/instrumentation.ts";
export { jsonSchemaOf, type ModelKind, modelKinds } from "./model/json-schema.ts";
export type {
  KubernetesApiUse,
  KubernetesApiUseInput,
  ReadableKind,
  ReadableObjects,
} from "./model/kubernetes-api-use.ts";
export { type Language, languages } from "./model/language.ts";
export type {
  MetricsEndpoint,
  MetricsEndpointInput,
  NumberedMetricsEndpoint,
  NumberedMetricsEndpointInput,
  Scrape,
  ScrapeInput,
} from "./model/metrics-endpoint.ts";
export type { AdditionalPolicy, Mesh, Network, NetworkInput, NetworkPlugin } from "./model/network.ts";
export {
  type Contact,
  type Maintenance,
  type MaintenanceInput,
  type OnCall,
  type OnCallInput,
  type PagedSeverity,
  type Paging,
  type PagingChannel,
  type PagingInput,
  pagedSeverities,
  type Weekday,
  type WorkingHours,
  type WorkingHoursInput,
  weekdays,
} from "./model/paging.ts";
export type {
  DeliveryBy,
  Platform,
  PlatformDelivery,
  PlatformGroups,
  PlatformInput,
  Repository,
} from "./model/platform.ts";
export type {
  ComponentConnection,
  PlatformComponent,
  PlatformComponentInput,
  PlatformRole,
} from "./model/platform-component.ts";
export type { PodSecurityLevel } from "./model/pod-security-level.ts";
export type {
  ExceptedResource,
  ExceptionScope,
  PolicyException,
  PolicyExceptionInput,
} from "./model/policy-exception.ts";
export {
  type PlannedAction,
  type PolicyAction,
  type PolicyRollout,
  type PolicyRolloutInput,
  policyActions,
} from "./model/policy-rollout.ts";
export type {
  AvailabilityPromise,
  AvailabilityPromiseInput,
  EventsPromise,
  EventsPromiseInput,
  FreshnessPromise,
  FreshnessPromiseInput,
  LatencyPromise,
  LatencyPromiseInput,
  NamedPromise,
  PluginPromise,
  PluginPromiseInput,
  RawPromise,
  RawPromiseInput,
  RequestSeries,
  RequestSource,
  SaturatedResource,
  SaturationPromise,
  SaturationPromiseInput,
  ServicePromise,
  ServicePromiseInput,
  ThroughputPromise,
  ThroughputPromiseInput,
  WellKnownRequestSource,
} from "./model/promise.ts";
export type {
  BudgetStep,
  CalendarWindow,
  PromiseAlerts,
  PromiseTerms,
  PromiseTermsInput,
} from "./model/promise-terms.ts";
export { answersRequests, promisesOf, tierPromises } from "./model/promises-of.ts";
export type { PromisesOfService } from "./model/promises-of-services.ts";
export type { Quota, QuotaInput } from "./model/quota.ts";
export type {
  Call,
  ExternalHost,
  Lifecycle,
  PortProtocol,
  Service,
  ServiceInput,
  ServicePort,
  TopicReference,
} from "./model/service.ts";
export type { Needs, ServiceNeeds, ServiceNeedsInput } from "./model/service-needs.ts";
export type { ServiceTraffic, ServiceTrafficInput, Traffic } from "./model/service-traffic.ts";
export { declareSource, parseFrame, relativeFile, rememberSource, sourceOf } from "./model/source.ts";
export type { Team, TeamInput } from "./model/team.ts";
export {
  type AllowedByRedaction,
  type FormerProtocol,
  type FormerProtocolPort,
  formerProtocolPorts,
  type KeptTraces,
  type Redaction,
  type ScrapedTargets,
  type Telemetry,
  type TelemetryInput,
} from "./model/telemetry.ts";
export {
  type BackendHeaders,
  type BackendHeadersInput,
  backendsOf,
  type CloudBackend,
  type CloudWatchLogsBackend,
  type CloudWatchMetricsBackend,
  isCloudBackend,
  type LogBackend,
  type LogBackendInput,
  type ManagedPrometheusBackend,
  type MetricBackend,
  type MetricBackendInput,
  type OtlpGrpcBackend,
  type OtlpHttpBackend,
  type PlacedBackend,
  type RemoteWriteBackend,
  type SecretValue,
  type TelemetryBackends,
  type TelemetryBackendsInput,
  type TraceBackend,
  type TraceBackendInput,
  type XRayBackend,
} from "./model/telemetry-backends.ts";
export type { AdditionalBinding, Allowed, Cordon, Tenancy, TenancyInput } from "./model/tenancy.ts";
export { type Tier, tiers } from "./model/tier.ts";
export { nameFindings } from "./names/name-findings.ts";
export {
  type DnsLabel,
  type DnsSubdomain,
  isDnsLabel,
  isDnsSubdomain,
  isLabelKey,
  isLabelValue,
  type LabelKey,
  type LabelValue,
  nearestName,
} from "./names/names.ts";
export { cidrContains, cidrProblem, cidrsOverlap } from "./network/cidr.ts";
export { fieldAt, isRecord, listAt, textAt, textMapAt, textsAt } from "./plain-data.ts";
export { assemble, type OutputFile } from "./plan/assemble.ts";
export { componentResources } from "./plan/component-resources.ts";
export { annotationKeys, labelKeys } from "./plan/labels.ts";
export { isObjectPath } from "./plan/paths.ts";
export { plan } from "./plan/plan.ts";
export type { Plan, PlannedFile } from "./plan/planned-file.ts";
export { type GuardedKind, guardedKinds } from "./plan/prune-safety.ts";
export { type IndexEntry, indexPath, parseIndex, printIndex, type RenderedIndex } from "./plan/rendered-index.ts";
export {
  addQuantities,
  compareQuantities,
  parseQuantity,
  printQuantity,
  type Quantity as ResourceQuantity,
  type QuantityFormat,
} from "./quantity/quantity.ts";
export {
  buildResource,
  buildUntypedResource,
  type ResourceBody,
  type ResourceModel,
} from "./resource/build-resource.ts";
export { isResource } from "./resource/is-resource.ts";
export {
  attachFindings,
  describeResource,
  groupOf,
  identityOf,
  type Resource,
  type ResourceMetadata,
  resourceFindings,
} from "./resource/resource.ts";
export { emitYaml } from "./yaml/emit.ts";
export { readYamlDocuments, type YamlDocuments } from "./yaml/read-documents.ts";
export { type FileOrigin, inspectSignature, signYaml } from "./yaml/signed-file.ts";
export { type YamlProblem, yamlProblems } from "./yaml/yaml-problems.ts";
