export type { AccessRequest, PathRequest, ResourceRequest } from "./authorizer/access-request.ts";
export { type Authorizer, authorizerOf, canI, type Decision, type Reason } from "./authorizer/authorizer.ts";
export { uncoveredRules } from "./authorizer/coverage.ts";
export { memberOf, type Subject, serviceAccountNamed } from "./authorizer/subject.ts";
export { bindInCluster, bindInNamespace } from "./bindings/group-binding.ts";
export { platformAccess } from "./bindings/platform-access.ts";
export { teamAccess } from "./bindings/team-access.ts";
export { rbacComponents } from "./components.ts";
export { platformNamespaces } from "./platform-namespaces/platform-namespaces.ts";
export { type Condition, execIsOpen, peopleWrite } from "./roles/condition.ts";
export {
  clusterRole,
  defineRole,
  differsByEnvironment,
  type RoleDefinition,
  type RoleInput,
  rulesOf,
} from "./roles/define-role.ts";
export {
  change,
  exec,
  forwardPorts,
  type Grant,
  type Intention,
  promote,
  read,
  readLogs,
  restart,
  scale,
  where,
} from "./roles/intention.ts";
export { namespaceAdmin } from "./roles/namespace-admin.ts";
export { namespaceDeveloper } from "./roles/namespace-developer.ts";
export { namespaceRoles, type Persona, rolesByPersona } from "./roles/namespace-roles.ts";
export { namespaceViewer } from "./roles/namespace-viewer.ts";
export { platformViewer } from "./roles/platform-viewer.ts";
export { type ApiResources, type Permission, type PolicyRule, policyRules } from "./roles/policy-rule.ts";
export {
  availability,
  certificates,
  clusterState,
  configuration,
  events,
  externalSecrets,
  identities,
  networking,
  permissions,
  pods,
  policyReports,
  promises,
  type ResourceGroup,
  revisions,
  storage,
  telemetry,
  tenancyLimits,
  trafficRules,
  usage,
  workloads,
} from "./roles/resource-groups.ts";
export { type ContainerLimits, containerLimits, limitRange } from "./tenancy/limit-range.ts";
export { type NamespaceInput, namespace } from "./tenancy/namespace.ts";
export { type PodSecurityLevels, podSecurityLabels } from "./tenancy/pod-security.ts";
export { resourceQuota } from "./tenancy/resource-quota.ts";
export { tenancy } from "./tenancy/tenancy.ts";
export { roleArn } from "./workload-identity/role-arn.ts";
export { workloadIdentity } from "./workload-identity/workload-identity.ts";
