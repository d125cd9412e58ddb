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
export type { Api, ApiInput, ApiKind } from "./model/api.ts";
export type { BreakGlass, BreakGlassInput } from "./model/break-glass.ts";
export { type BuildPlatformOptions, type BuiltPlatform, buildPlatform } from "./model/build-platform.ts";
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
  type NamedPort,
  namespaceOf,
  needsIn,
  placementIn,
  portsOf,
  runsIn,
  serviceNamed,
  servicesIn,
  teamNamed,
} from "./model/dependencies.ts";
export { applicationName, podLabelsOf } from "./model/derived-names.ts";
export type {
  Admission,
  Cluster,
  Delivery,
  Environment,
  EnvironmentInput,
  Paging,
  PagingChannel,
  SyncWindow,
  Telemetry,
  WorkloadIdentityKind,
} from "./model/environment.ts";
export { jsonSchemaOf, type ModelKind, modelKinds } from "./model/json-schema.ts";
export type {
  KubernetesApiUse,
  KubernetesApiUseInput,
  ReadableKind,
  ReadableObjects,
} from "./model/kubernetes-api-use.ts";
export type { AdditionalPolicy, Mesh, Network, NetworkInput, NetworkPlugin } from "./model/network.ts";
export type { Platform, PlatformGroups, PlatformInput, Repository } from "./model/platform.ts";
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
  LatencyPromise,
  LatencyPromiseInput,
  PromiseAlerts,
  ServicePromise,
  ServicePromiseInput,
} from "./model/promise.ts";
export type { Quota, QuotaInput } from "./model/quota.ts";
export type {
  Call,
  ExternalHost,
  Language,
  Lifecycle,
  PortProtocol,
  Service,
  ServiceInput,
  ServicePort,
  TopicReference,
} from "./model/service.ts";
export type { Needs, ServiceNeeds, ServiceNeedsInput } from "./model/service-needs.ts";
export { declareSource, parseFrame, relativeFile } from "./model/source.ts";
export type { Contact, Team, TeamInput } from "./model/team.ts";
export type { AdditionalBinding, Allowed, Cordon, Tenancy, TenancyInput } from "./model/tenancy.ts";
export { type Tier, tiers } from "./model/tier.ts";
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
export {
  attachFindings,
  describeResource,
  groupOf,
  identityOf,
  type Resource,
  type ResourceMetadata,
  resourceFindings,
} from "./resource/resource.ts";
export { emitYaml, type YamlProblem, yamlProblems } from "./yaml/emit.ts";
export { inspectSignature } from "./yaml/signed-file.ts";
