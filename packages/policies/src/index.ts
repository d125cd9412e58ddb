export { type AdmissionOptions, admissionPolicies, createAdmissionPolicies } from "./admission/admission-policies.ts";
export { autogenText, type PodController } from "./admission/autogen.ts";
export { policyCatalog } from "./admission/catalog.ts";
export { type CelExpression, type CelLiteral, cel, celLiteral } from "./admission/cel.ts";
export { type CelMutant, celMutants } from "./admission/cel-mutants.ts";
export { type CelEntry, type CelNode, type ParsedCel, parseCel } from "./admission/cel-syntax.ts";
export type { CelLiteralType, CelPlace } from "./admission/cel-tokens.ts";
export { type CisControl, cis, describeControl, type NsaControl, nsa } from "./admission/control.ts";
export { fieldFindings } from "./admission/field-findings.ts";
export { type Fixture, placedFixture } from "./admission/fixture.ts";
export {
  type ObjectsMatch,
  type Operation,
  objects,
  type PodsMatch,
  type PolicyMatch,
  pods,
} from "./admission/match.ts";
export { type MetadataFixture, type ObjectFixture, object, untypedObject } from "./admission/object-fixture.ts";
export type { ObjectKindName } from "./admission/object-kinds.ts";
export type { Parameter, ParameterValue, ParameterValues } from "./admission/parameter.ts";
export {
  type ParameterizedPolicy,
  type ParameterizedPolicyInput,
  parameterizedPolicy,
} from "./admission/parameterized-policy.ts";
export {
  type ContainerFixture,
  type PodFixture,
  type PodFixtureInput,
  pod,
  type ResourcesFixture,
  type VolumeFixture,
} from "./admission/pod-fixture.ts";
export {
  type AnyPolicy,
  controlsOf,
  definePolicy,
  messageOf,
  type PodSecurityControl,
  type Policy,
  type PolicyCategory,
  type PolicyControl,
  type PolicyInput,
  type PolicySeverity,
  policyIn,
  type Violation,
  violation,
} from "./admission/policy.ts";
export { policyFindings } from "./admission/policy-findings.ts";
export { policyPages } from "./admission/policy-pages.ts";
export {
  actionIn,
  actionOf,
  actionsIn,
  type ClusterRollout,
  namespacesIn,
  type PolicyAction,
  type Rollout,
  rolloutOf,
} from "./admission/rollout.ts";
export { policyObjectName, validatingPolicies } from "./admission/validating-policy.ts";
export { disallowDefaultServiceAccount } from "./best-practices/disallow-default-service-account.ts";
export { disallowLatestTag } from "./best-practices/disallow-latest-tag.ts";
export { disallowNakedPods } from "./best-practices/disallow-naked-pods.ts";
export { disallowTolerateEverything } from "./best-practices/disallow-tolerate-everything.ts";
export { distinguishProbes } from "./best-practices/distinguish-probes.ts";
export { forbidOverlappingCronJobs } from "./best-practices/forbid-overlapping-cron-jobs.ts";
export { limitRevisionHistory } from "./best-practices/limit-revision-history.ts";
export { limitTerminationGrace } from "./best-practices/limit-termination-grace.ts";
export { requireJobCleanup } from "./best-practices/require-job-cleanup.ts";
export { requirePodProbes } from "./best-practices/require-pod-probes.ts";
export { requireReadOnlyRootFilesystem } from "./best-practices/require-read-only-root-filesystem.ts";
export { requireReplicas } from "./best-practices/require-replicas.ts";
export { requireTopologySpread } from "./best-practices/require-topology-spread.ts";
export { restrictServiceAccountToken } from "./best-practices/restrict-service-account-token.ts";
export type { AdmissionRequest } from "./cel-evaluation/admission-request.ts";
export {
  type AdmissionEvaluator,
  type AdmissionVerdict,
  admissionEvaluator,
  admissionVerdicts,
  evaluatePolicy,
} from "./cel-evaluation/evaluate-policy.ts";
export { expressionFindings } from "./cel-evaluation/expression-findings.ts";
export { type PolicyEvaluator, type PolicyVerdict, policyEvaluator } from "./cel-evaluation/policy-evaluator.ts";
export { type PolicyDisagreement, type PolicyTrial, policyDisagreements } from "./cel-evaluation/policy-trials.ts";
export type { CleanUp, CleanUpIn, CleanUpTrials, HoursAgo } from "./clean-up/clean-up.ts";
export { cleanUp, cleanUpCatalog, cleanUpsIn } from "./clean-up/clean-up-component.ts";
export { deleteExpiredPreviews } from "./clean-up/delete-expired-previews.ts";
export { deleteFinishedJobs } from "./clean-up/delete-finished-jobs.ts";
export { deleteFinishedPods } from "./clean-up/delete-finished-pods.ts";
export { deletingPolicy } from "./clean-up/deleting-policy.ts";
export { requireLabels } from "./compliance/require-labels.ts";
export { requireOwner } from "./compliance/require-owner.ts";
export { requirePodSecurityLevel } from "./compliance/require-pod-security-level.ts";
export { policyComponents } from "./components.ts";
export { exceptionCases } from "./exceptions/exception-case.ts";
export { exceptionsNamespace, policyExceptions } from "./exceptions/policy-exceptions.ts";
export { disruptionBudgetLabel, disruptionBudgets } from "./generators/disruption-budgets.ts";
export { generatingPolicy } from "./generators/generating-policy.ts";
export type { Generation, GenerationTrial } from "./generators/generation.ts";
export {
  createGenerators,
  type GeneratorPolicies,
  generatorPolicies,
  generators,
  type PreviewOptions,
} from "./generators/generators.ts";
export type { PreviewQuota } from "./generators/preview-contents.ts";
export { previewGeneration } from "./generators/preview-generation.ts";
export { expiryLabel, isPreview, previewLabel, previewPrefix } from "./generators/preview-namespace.ts";
export { type ActingIdentity, actorsOf } from "./guard-rails/actors.ts";
export type { Actor, Attempt, AttemptRequest } from "./guard-rails/attempt.ts";
export { type GuardRail, guardRailPolicy } from "./guard-rails/guard-rail.ts";
export { createGuardRails, guardRails, guardRailsIn } from "./guard-rails/guard-rails.ts";
export { type Guarded, type GuardRailOptions, guardedOf } from "./guard-rails/guarded.ts";
export { kyvernoApply } from "./kyverno-cli/apply.ts";
export { type ExpectedResult, type KyvernoCase, kyvernoCase, placementCase } from "./kyverno-cli/case.ts";
export { kyvernoCases } from "./kyverno-cli/judged-cases.ts";
export {
  type MutantCase,
  mutantCase,
  type PolicyMutant,
  policyMutants,
  survivorFinding,
  survivors,
} from "./kyverno-cli/mutant-case.ts";
export { kyvernoReportFindings, type ReportedResult, readKyvernoReport } from "./kyverno-cli/report.ts";
export { kyvernoValues } from "./kyverno-cli/values.ts";
export { defaultJobTtl } from "./mutations/default-job-ttl.ts";
export { defaultPriorityClass } from "./mutations/default-priority-class.ts";
export { defaultSecurityContext } from "./mutations/default-security-context.ts";
export { defaultTopologySpread } from "./mutations/default-topology-spread.ts";
export { injectInstrumentation } from "./mutations/inject-instrumentation.ts";
export { type MutationScope, mutatingPolicy } from "./mutations/mutating-policy.ts";
export { type Change, type Mutation, mutationIn, type SelectedKind } from "./mutations/mutation.ts";
export { mutationCatalog } from "./mutations/mutation-catalog.ts";
export { createMutations, mutations } from "./mutations/mutations.ts";
export { dataStoreNetwork } from "./network/data-store-network.ts";
export { networkBaseline } from "./network/network-baseline.ts";
export { networkComponents } from "./network/network-components.ts";
export { type Directions, networkPolicy, type PodSelection } from "./network/network-policy.ts";
export {
  type BlockPeer,
  block,
  everyPodIn,
  type NamespacesPeer,
  type Peer,
  type PodsPeer,
  podsIn,
} from "./network/peer.ts";
export {
  type AnyoneRule,
  allow,
  allowAnyone,
  allowEveryPort,
  type PeersRule,
  type Rule,
  type RulePorts,
  type TransportPort,
  type TransportProtocol,
  tcp,
  udp,
} from "./network/rule.ts";
export { serviceNetwork } from "./network/service-network.ts";
export type { NetworkLint } from "./network-lints/lint.ts";
export type { NetworkFacts } from "./network-lints/lint-context.ts";
export { type NetworkLintOptions, networkLintCatalog, networkLints } from "./network-lints/network-lints.ts";
export { networkReview } from "./network-lints/network-review.ts";
export { remembered } from "./network-lints/remembered.ts";
export { type MatrixInput, networkMatrix } from "./network-matrix/network-matrix.ts";
export { disallowExternalIps } from "./networking/disallow-external-ips.ts";
export { disallowIngressSnippets } from "./networking/disallow-ingress-snippets.ts";
export { disallowNodePorts } from "./networking/disallow-node-ports.ts";
export { requireIngressTls } from "./networking/require-ingress-tls.ts";
export { restrictExternalNames } from "./networking/restrict-external-names.ts";
export { restrictIngressHosts, restrictRouteHosts } from "./networking/restrict-hosts.ts";
export { restrictLoadBalancers } from "./networking/restrict-load-balancers.ts";
export { softwareCatalogue, softwareOf } from "./platform-network/catalogue.ts";
export { platformNetwork } from "./platform-network/platform-network.ts";
export { platformTier } from "./platform-network/platform-tier.ts";
export { protectedNamespaces } from "./platform-network/protected-namespaces.ts";
export type { Destination, ListeningPort, Software, Visitor } from "./platform-network/software.ts";
export { type PodSecurityCheck, type PodSecurityCheckId, podSecurityChecks } from "./pod-security/checks.ts";
export { disallowCapabilities } from "./pod-security/disallow-capabilities.ts";
export { disallowCapabilitiesStrict } from "./pod-security/disallow-capabilities-strict.ts";
export { disallowHostNamespaces } from "./pod-security/disallow-host-namespaces.ts";
export { disallowHostPath } from "./pod-security/disallow-host-path.ts";
export { disallowHostPorts } from "./pod-security/disallow-host-ports.ts";
export { disallowHostProbes } from "./pod-security/disallow-host-probes.ts";
export { disallowHostProcess } from "./pod-security/disallow-host-process.ts";
export { disallowPrivilegeEscalation } from "./pod-security/disallow-privilege-escalation.ts";
export { disallowPrivilegedContainers } from "./pod-security/disallow-privileged-containers.ts";
export { disallowProcMount } from "./pod-security/disallow-proc-mount.ts";
export { disallowProcMountStrict } from "./pod-security/disallow-proc-mount-strict.ts";
export { disallowSelinux } from "./pod-security/disallow-selinux.ts";
export { podSecurityPolicies } from "./pod-security/pod-security-policies.ts";
export type { PodSecurityPolicy } from "./pod-security/pod-security-policy.ts";
export { requireRunAsNonRootUser } from "./pod-security/require-run-as-non-root-user.ts";
export { requireRunAsNonroot } from "./pod-security/require-run-as-nonroot.ts";
export { restrictAppArmorProfiles } from "./pod-security/restrict-apparmor-profiles.ts";
export { restrictSeccomp } from "./pod-security/restrict-seccomp.ts";
export { restrictSeccompStrict } from "./pod-security/restrict-seccomp-strict.ts";
export { restrictSysctls } from "./pod-security/restrict-sysctls.ts";
export { restrictVolumeTypes } from "./pod-security/restrict-volume-types.ts";
export { type ExpressionMutant, type MutantReport, mutantReport } from "./policy-mutants/policy-mutants.ts";
export { disallowClusterAdminBindings, disallowClusterAdminInNamespaces } from "./rbac/disallow-cluster-admin.ts";
export { disallowEscalationInClusterRoles, disallowEscalationInRoles } from "./rbac/disallow-escalation.ts";
export { disallowEverybodyInClusterRoleBindings, disallowEverybodyInRoleBindings } from "./rbac/disallow-everybody.ts";
export { disallowWildcardsInClusterRoles, disallowWildcardsInRoles } from "./rbac/disallow-wildcards.ts";
export { restrictSecretAccess } from "./rbac/restrict-secret-access.ts";
export { readAnalyzerPorts, readAnalyzerReport } from "./reachability/analyzer-report.ts";
export type { Cluster, ClusterNamespace, Workload, WorkloadPort } from "./reachability/cluster.ts";
export { clusterOf } from "./reachability/cluster-of.ts";
export {
  compareReachability,
  describeChange,
  type ExplainedConnection,
  type ReachabilityChanges,
  type ReachabilityState,
} from "./reachability/compare-reachability.ts";
export { type Connection, describeConnection, type Endpoint } from "./reachability/connection.ts";
export { type ConnectionChanges, canonicalConnections, compareConnections } from "./reachability/connection-set.ts";
export { connections } from "./reachability/connections.ts";
export { declaredConnections } from "./reachability/declared-connections.ts";
export { describeExplanation } from "./reachability/describe-explanation.ts";
export { type ConnectionQuestion, explainConnection } from "./reachability/explain-connection.ts";
export type { ConnectionExplanation, DirectionVerdict, NearRule, RuleReference } from "./reachability/explanation.ts";
export { type Isolation, isolationOf } from "./reachability/isolation.ts";
export { judgedBy } from "./reachability/judged-connections.ts";
export { endpointNamed } from "./reachability/named-endpoint.ts";
export type { PortRange } from "./reachability/port-set.ts";
export { workloadResources } from "./reachability/workload-resources.ts";
export { checkAutoscalerBounds } from "./resources/check-autoscaler-bounds.ts";
export { checkDisruptionBudgets } from "./resources/check-disruption-budgets.ts";
export { limitMemoryOvercommit } from "./resources/limit-memory-overcommit.ts";
export { limitScratchSpace } from "./resources/limit-scratch-space.ts";
export { requireEphemeralStorage } from "./resources/require-ephemeral-storage.ts";
export { requireRequestsLimits } from "./resources/require-requests-limits.ts";
export { restrictStorageClasses } from "./resources/restrict-storage-classes.ts";
export { groupsOf } from "./rollout/policy-group.ts";
export { rolloutPage } from "./rollout/rollout-page.ts";
export { stateIn } from "./rollout/rollout-state.ts";
export { disallowCredentialsInConfigMaps } from "./secrets/disallow-credentials-in-config-maps.ts";
export { disallowCredentialsInEnvironment } from "./secrets/disallow-credentials-in-environment.ts";
export { disallowTokenSecrets } from "./secrets/disallow-token-secrets.ts";
export { preferSecretVolumes } from "./secrets/prefer-secret-volumes.ts";
export {
  type Attestation,
  type ImageVerification,
  imageVerificationFindings,
  imageVerificationPolicies,
  type Signer,
} from "./supply-chain/image-verification.ts";
export { imageVerificationCase } from "./supply-chain/image-verification-case.fixture.ts";
export { requireImageDigest } from "./supply-chain/require-image-digest.ts";
export { requirePullAlwaysOrDigest } from "./supply-chain/require-pull-always-or-digest.ts";
export { requireVersionTags } from "./supply-chain/require-version-tags.ts";
export { restrictImageRegistries } from "./supply-chain/restrict-image-registries.ts";
export { tenancyAdmission } from "./tenancy/tenancy-admission.ts";
