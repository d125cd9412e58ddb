import { disallowDefaultServiceAccount } from "../best-practices/disallow-default-service-account.ts";
import { disallowLatestTag } from "../best-practices/disallow-latest-tag.ts";
import { disallowNakedPods } from "../best-practices/disallow-naked-pods.ts";
import { disallowTolerateEverything } from "../best-practices/disallow-tolerate-everything.ts";
import { distinguishProbes } from "../best-practices/distinguish-probes.ts";
import { forbidOverlappingCronJobs } from "../best-practices/forbid-overlapping-cron-jobs.ts";
import { limitRevisionHistory } from "../best-practices/limit-revision-history.ts";
import { limitTerminationGrace } from "../best-practices/limit-termination-grace.ts";
import { requireJobCleanup } from "../best-practices/require-job-cleanup.ts";
import { requirePodProbes } from "../best-practices/require-pod-probes.ts";
import { requireReadOnlyRootFilesystem } from "../best-practices/require-read-only-root-filesystem.ts";
import { requireReplicas } from "../best-practices/require-replicas.ts";
import { requireTopologySpread } from "../best-practices/require-topology-spread.ts";
import { restrictServiceAccountToken } from "../best-practices/restrict-service-account-token.ts";
import { requireLabels } from "../compliance/require-labels.ts";
import { requireOwner } from "../compliance/require-owner.ts";
import { requirePodSecurityLevel } from "../compliance/require-pod-security-level.ts";
import { disallowExternalIps } from "../networking/disallow-external-ips.ts";
import { disallowIngressSnippets } from "../networking/disallow-ingress-snippets.ts";
import { disallowNodePorts } from "../networking/disallow-node-ports.ts";
import { requireIngressTls } from "../networking/require-ingress-tls.ts";
import { restrictExternalNames } from "../networking/restrict-external-names.ts";
import { restrictIngressHosts, restrictRouteHosts } from "../networking/restrict-hosts.ts";
import { restrictLoadBalancers } from "../networking/restrict-load-balancers.ts";
import { podSecurityPolicies } from "../pod-security/pod-security-policies.ts";
import { disallowClusterAdminBindings, disallowClusterAdminInNamespaces } from "../rbac/disallow-cluster-admin.ts";
import { disallowEscalationInClusterRoles, disallowEscalationInRoles } from "../rbac/disallow-escalation.ts";
import { disallowEverybodyInClusterRoleBindings, disallowEverybodyInRoleBindings } from "../rbac/disallow-everybody.ts";
import { disallowWildcardsInClusterRoles, disallowWildcardsInRoles } from "../rbac/disallow-wildcards.ts";
import { restrictSecretAccess } from "../rbac/restrict-secret-access.ts";
import { checkAutoscalerBounds } from "../resources/check-autoscaler-bounds.ts";
import { checkDisruptionBudgets } from "../resources/check-disruption-budgets.ts";
import { limitMemoryOvercommit } from "../resources/limit-memory-overcommit.ts";
import { limitScratchSpace } from "../resources/limit-scratch-space.ts";
import { requireEphemeralStorage } from "../resources/require-ephemeral-storage.ts";
import { requireRequestsLimits } from "../resources/require-requests-limits.ts";
import { restrictStorageClasses } from "../resources/restrict-storage-classes.ts";
import { disallowCredentialsInConfigMaps } from "../secrets/disallow-credentials-in-config-maps.ts";
import { disallowCredentialsInEnvironment } from "../secrets/disallow-credentials-in-environment.ts";
import { disallowTokenSecrets } from "../secrets/disallow-token-secrets.ts";
import { preferSecretVolumes } from "../secrets/prefer-secret-volumes.ts";
import { requireImageDigest } from "../supply-chain/require-image-digest.ts";
import { requirePullAlwaysOrDigest } from "../supply-chain/require-pull-always-or-digest.ts";
import { requireVersionTags } from "../supply-chain/require-version-tags.ts";
import { restrictImageRegistries } from "../supply-chain/restrict-image-registries.ts";
import type { AnyPolicy } from "./policy.ts";

/** Every policy: what is rendered, judged and documented. */
export const policyCatalog: readonly AnyPolicy[] = [
  checkAutoscalerBounds,
  checkDisruptionBudgets,
  disallowClusterAdminBindings,
  disallowClusterAdminInNamespaces,
  disallowCredentialsInConfigMaps,
  disallowCredentialsInEnvironment,
  disallowDefaultServiceAccount,
  disallowEscalationInClusterRoles,
  disallowEscalationInRoles,
  disallowEverybodyInClusterRoleBindings,
  disallowEverybodyInRoleBindings,
  disallowExternalIps,
  disallowIngressSnippets,
  disallowLatestTag,
  disallowNakedPods,
  disallowNodePorts,
  disallowTokenSecrets,
  disallowTolerateEverything,
  disallowWildcardsInClusterRoles,
  disallowWildcardsInRoles,
  distinguishProbes,
  forbidOverlappingCronJobs,
  limitMemoryOvercommit,
  limitRevisionHistory,
  limitScratchSpace,
  limitTerminationGrace,
  ...podSecurityPolicies,
  preferSecretVolumes,
  requireEphemeralStorage,
  requireImageDigest,
  requireIngressTls,
  requireJobCleanup,
  requireLabels,
  requireOwner,
  requirePodProbes,
  requirePodSecurityLevel,
  requirePullAlwaysOrDigest,
  requireReadOnlyRootFilesystem,
  requireReplicas,
  requireRequestsLimits,
  requireTopologySpread,
  requireVersionTags,
  restrictExternalNames,
  restrictImageRegistries,
  restrictIngressHosts,
  restrictLoadBalancers,
  restrictRouteHosts,
  restrictSecretAccess,
  restrictServiceAccountToken,
  restrictStorageClasses,
];
