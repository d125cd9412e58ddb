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
export { type Directions, networkPolicy, type PodSelection } from "./network/network-policy.ts";
export { type BlockPeer, block, type Peer, type PodsPeer, podsIn } from "./network/peer.ts";
export {
  allow,
  allowEveryPort,
  type Rule,
  type RulePorts,
  type TransportPort,
  type TransportProtocol,
  tcp,
  udp,
} from "./network/rule.ts";
export { serviceNetwork } from "./network/service-network.ts";
export { disallowHostNamespaces } from "./pod-security/disallow-host-namespaces.ts";
export { disallowHostPath } from "./pod-security/disallow-host-path.ts";
export { disallowPrivilegedContainers } from "./pod-security/disallow-privileged-containers.ts";
export { readAnalyzerReport } from "./reachability/analyzer-report.ts";
export type { Cluster, ClusterNamespace, Workload, WorkloadPort } from "./reachability/cluster.ts";
export { clusterOf } from "./reachability/cluster-of.ts";
export { type Connection, describeConnection, type Endpoint } from "./reachability/connection.ts";
export { type ConnectionChanges, canonicalConnections, compareConnections } from "./reachability/connection-set.ts";
export { connections } from "./reachability/connections.ts";
export { declaredConnections } from "./reachability/declared-connections.ts";
export { workloadResources } from "./reachability/workload-resources.ts";
export { requireRequestsLimits } from "./resources/require-requests-limits.ts";
