export { admissionPolicies } from "./admission/admission-policies.ts";
export { autogenText, type PodController } from "./admission/autogen.ts";
export { policyCatalog } from "./admission/catalog.ts";
export { type CelExpression, type CelLiteral, cel, celLiteral } from "./admission/cel.ts";
export { type PodsMatch, type PolicyMatch, pods } from "./admission/match.ts";
export {
  type ContainerFixture,
  type PodFixture,
  type PodFixtureInput,
  pod,
  type ResourcesFixture,
  type VolumeFixture,
} from "./admission/pod-fixture.ts";
export {
  definePolicy,
  messageOf,
  type PodSecurityControl,
  type Policy,
  type PolicyCategory,
  type PolicyControl,
  type PolicyInput,
  type PolicySeverity,
  type Violation,
  violation,
} from "./admission/policy.ts";
export { policyFindings } from "./admission/policy-findings.ts";
export { actionOf, type PolicyAction, type Rollout, rolloutOf } from "./admission/rollout.ts";
export { policyObjectName, validatingPolicies } from "./admission/validating-policy.ts";
export { disallowLatestTag } from "./best-practices/disallow-latest-tag.ts";
export { requireLabels } from "./compliance/require-labels.ts";
export { policyComponents } from "./components.ts";
export { type ExpectedResult, type KyvernoCase, kyvernoCase } from "./kyverno-cli/case.ts";
export { kyvernoReportFindings } from "./kyverno-cli/report.ts";
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
export { softwareCatalogue, softwareOf } from "./platform-network/catalogue.ts";
export { platformNetwork } from "./platform-network/platform-network.ts";
export { platformTier } from "./platform-network/platform-tier.ts";
export { protectedNamespaces } from "./platform-network/protected-namespaces.ts";
export type { Destination, ListeningPort, Software, Visitor } from "./platform-network/software.ts";
export { disallowHostNamespaces } from "./pod-security/disallow-host-namespaces.ts";
export { disallowHostPath } from "./pod-security/disallow-host-path.ts";
export { disallowPrivilegedContainers } from "./pod-security/disallow-privileged-containers.ts";
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
export { requireRequestsLimits } from "./resources/require-requests-limits.ts";
export { tenancyAdmission } from "./tenancy/tenancy-admission.ts";
