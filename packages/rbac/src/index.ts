export { comparePermissions, type PermissionChange, type PermissionSet } from "./analysis/compare-permissions.ts";
export { type ContainmentOptions, containmentFindings, type RolePair } from "./analysis/containment-findings.ts";
export { describeRule } from "./analysis/describe-rule.ts";
export type { WorkloadServiceAccount } from "./analysis/escalation/cluster-facts.ts";
export {
  describePath,
  type EscalationPath,
  escalationPaths,
  type PathEnd,
} from "./analysis/escalation/escalation-paths.ts";
export type { GainedRules } from "./analysis/escalation/gains.ts";
export {
  type BoundRole,
  type CloudRole,
  describeIdentity,
  type Identity,
  type NamespaceOwner,
  type Nodes,
} from "./analysis/escalation/identity.ts";
export type { Holding, Power } from "./analysis/escalation/powers.ts";
export type { Step } from "./analysis/escalation/techniques.ts";
export { permissionsOf } from "./analysis/permissions-of.ts";
export { type AllowedSubject, whoCan } from "./analysis/who-can.ts";
export type { AccessRequest, PathRequest, ResourceRequest } from "./authorizer/access-request.ts";
export { type Authorizer, authorizerOf, canI, type Decision, type Reason } from "./authorizer/authorizer.ts";
export { uncoveredRules } from "./authorizer/coverage.ts";
export type { HeldRule } from "./authorizer/rbac-index.ts";
export {
  describeSubject,
  memberOf,
  type Subject,
  type SubjectName,
  serviceAccountNamed,
  subjectOf,
} from "./authorizer/subject.ts";
export { breakGlassAccess } from "./bindings/break-glass.ts";
export { bindInCluster, bindInNamespace, bindingOf, type GroupBinding } from "./bindings/group-binding.ts";
export { platformAccess } from "./bindings/platform-access.ts";
export { teamAccess } from "./bindings/team-access.ts";
export {
  type AccessEntry,
  type ClusterConfig,
  clusterConfig,
  type PodIdentityAssociation,
} from "./cluster-access/access-entries.ts";
export { awsAuth } from "./cluster-access/aws-auth.ts";
export { clusterAccess } from "./cluster-access/cluster-access.ts";
export { rbacComponents } from "./components.ts";
export { ownProject, renderedProject, rootProject } from "./delivery/app-project.ts";
export {
  deliveryNamespace,
  inCluster,
  ownProjectName,
  renderedProjectName,
  rootProjectName,
} from "./delivery/conventions.ts";
export { type DeliveredKind, deliveryKinds, ownKinds, platformKinds } from "./delivery/delivered-kinds.ts";
export { deliveryAccess } from "./delivery/delivery-access.ts";
export { applicationDelivery, namespaceDelivery, platformDelivery } from "./delivery/delivery-roles.ts";
export { type SyncWave, syncWaves } from "./delivery/sync-waves.ts";
export { platformNamespaces } from "./platform-namespaces/platform-namespaces.ts";
export { accessReview } from "./risks/access-review.ts";
export { rbacResources } from "./risks/rbac-resources.ts";
export type { Risk, RiskPattern, RiskSeverity } from "./risks/risk.ts";
export { riskFindings } from "./risks/risk-findings.ts";
export { type RiskHit, type RiskyBinding, riskHits } from "./risks/risk-hits.ts";
export { risks } from "./risks/risks.ts";
export { type StandardAcceptance, standardAcceptances } from "./risks/standard-acceptances.ts";
export {
  admissionPolicies,
  classes,
  clusterAnalysis,
  clusterPermissions,
  clusterReports,
  clusterSources,
  definitions,
  delivery,
  gateways,
  monitoringStack,
  namespaces,
  nodes,
  nodeUsage,
  roles,
  secrets,
  volumes,
  webhooks,
} from "./roles/cluster-resource-groups.ts";
export { type Condition, execIsOpen, peopleWrite } from "./roles/condition.ts";
export {
  clusterRole,
  defineRole,
  differsByEnvironment,
  type RoleDefinition,
  type RoleInput,
  rulesOf,
} from "./roles/define-role.ts";
export { developerBase } from "./roles/developer-base.ts";
export {
  bind,
  change,
  cordon,
  debug,
  escalate,
  exec,
  forwardPorts,
  type Grant,
  type Intention,
  manage,
  promote,
  read,
  readLogs,
  renew,
  restart,
  scale,
  where,
} from "./roles/intention.ts";
export { namespaceAdmin } from "./roles/namespace-admin.ts";
export { namespaceDeveloper } from "./roles/namespace-developer.ts";
export { namespaceRescuer } from "./roles/namespace-rescuer.ts";
export { namespaceRoles, type Persona, rolesByPersona } from "./roles/namespace-roles.ts";
export { namespaceViewer } from "./roles/namespace-viewer.ts";
export { platformAdmin } from "./roles/platform-admin.ts";
export { platformOperator } from "./roles/platform-operator.ts";
export { platformViewer } from "./roles/platform-viewer.ts";
export { type ApiResources, type Permission, type PolicyRule, policyRules } from "./roles/policy-rule.ts";
export {
  analysis,
  availability,
  certificates,
  collectors,
  configuration,
  events,
  externalSecrets,
  identities,
  issuers,
  monitors,
  namespacePolicies,
  networking,
  permissions,
  pods,
  policyReports,
  promises,
  type ResourceGroup,
  revisions,
  rollouts,
  storage,
  tenancyLimits,
  trafficRules,
  usage,
  workloads,
} from "./roles/resource-groups.ts";
export { type ContainerLimits, containerLimits, limitRange } from "./tenancy/limit-range.ts";
export { type NamespaceInput, namespace } from "./tenancy/namespace.ts";
export { type PodSecurityLevels, podSecurityLabels } from "./tenancy/pod-security.ts";
export { priorityClasses, priorityClassOf } from "./tenancy/priority-classes.ts";
export { quotaFindings } from "./tenancy/quota-findings.ts";
export { resourceQuota } from "./tenancy/resource-quota.ts";
export { tenancy } from "./tenancy/tenancy.ts";
export { appRuntime, runtimeRules } from "./workload-identity/app-runtime.ts";
export { roleArn } from "./workload-identity/role-arn.ts";
export { workloadIdentity } from "./workload-identity/workload-identity.ts";
