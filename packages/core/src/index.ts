export { type ImportedCatalog, importCatalog } from "./catalog/import-catalog.ts";
export type {
  ApplicationComponent,
  ApplicationFolder,
  ArgoCdComponent,
  Component,
  Document,
  FoundationComponent,
  Layer,
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
export type { Api, ApiInput, ApiKind } from "./model/api.ts";
export { type BuildPlatformOptions, type BuiltPlatform, buildPlatform } from "./model/build-platform.ts";
export {
  type DataStore,
  type DataStoreEngine,
  type DataStoreInput,
  type Placement,
  queueEngines,
} from "./model/data-store.ts";
export {
  defineApi,
  defineDataStore,
  defineEnvironment,
  definePlatform,
  definePlatformComponent,
  defineService,
  defineTeam,
  isPlatformDefinition,
  type PlatformDefinition,
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
  placementIn,
  portsOf,
  runsIn,
  serviceNamed,
  servicesIn,
  teamNamed,
} from "./model/dependencies.ts";
export { applicationName, podLabelsOf } from "./model/derived-names.ts";
export type {
  Access,
  Admission,
  Cluster,
  Delivery,
  Environment,
  EnvironmentInput,
  Network,
  Paging,
  PagingChannel,
  PodSecurityLevel,
  SyncWindow,
  Telemetry,
} from "./model/environment.ts";
export { jsonSchemaOf, type ModelKind, modelKinds } from "./model/json-schema.ts";
export type { Platform, PlatformGroups, PlatformInput, Repository } from "./model/platform.ts";
export type { PlatformComponent, PlatformComponentInput, PlatformRole } from "./model/platform-component.ts";
export type {
  AvailabilityPromise,
  AvailabilityPromiseInput,
  LatencyPromise,
  LatencyPromiseInput,
  PromiseAlerts,
  ServicePromise,
  ServicePromiseInput,
} from "./model/promise.ts";
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
export { declareSource, parseFrame, relativeFile } from "./model/source.ts";
export type { Contact, Quota, Team, TeamInput } from "./model/team.ts";
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
export { assemble, type OutputFile } from "./plan/assemble.ts";
export { annotationKeys, labelKeys } from "./plan/labels.ts";
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
