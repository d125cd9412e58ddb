import { type Environment, namespaceOf, type Platform, servicesIn } from "@plinth/core";
import { roleArn } from "../workload-identity/role-arn.ts";
import { groupsIn, roleOfGroup } from "./groups-in.ts";

/** A cluster as eksctl takes it, with who gets in and which ServiceAccounts are roles of the cloud. */
export interface ClusterConfig {
  readonly apiVersion: "eksctl.io/v1alpha5";
  readonly kind: "ClusterConfig";
  readonly metadata: { readonly name: string; readonly region: string };
  readonly accessConfig?: {
    /** No way back: EKS does not leave this mode again. */
    readonly authenticationMode: "API";
    readonly accessEntries: readonly AccessEntry[];
  };
  readonly iam?: { readonly podIdentityAssociations: readonly PodIdentityAssociation[] };
}

/** An IAM role that gets into the cluster: as members of groups, or as a node. */
export type AccessEntry =
  | { readonly principalARN: string; readonly type: "STANDARD"; readonly kubernetesGroups: readonly string[] }
  | { readonly principalARN: string; readonly type: "EC2_LINUX" };

/** The IAM role that pods with a ServiceAccount take. */
export interface PodIdentityAssociation {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly roleARN: string;
}

/**
 * What an environment's cluster has to be told in the cloud: access entries where people get in by them, associations where services take roles by Pod
 * Identity. `undefined` where neither is so. A role keeps its path here.
 *
 * `eksctl create accessentry -f` and `eksctl create podidentityassociation -f` take it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/access-entries.html
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const config: ClusterConfig | undefined = clusterConfig(platform, environmentNamed(platform, "production"));
 */
export function clusterConfig(platform: Platform, environment: Environment): ClusterConfig | undefined {
  const { cluster, access } = environment;
  const entries = access.authentication.by === "access-entries" ? accessEntries(platform, environment) : [];
  const associations = podIdentityAssociations(platform, environment);
  if (entries.length === 0 && associations.length === 0) return undefined;
  return {
    apiVersion: "eksctl.io/v1alpha5",
    kind: "ClusterConfig",
    metadata: { name: cluster.name, region: cluster.region },
    ...(entries.length === 0 ? {} : { accessConfig: { authenticationMode: "API", accessEntries: entries } }),
    ...(associations.length === 0 ? {} : { iam: { podIdentityAssociations: associations } }),
  };
}

/** One entry for each IAM role, as EKS wants it: of a role that stands for two groups, one entry with both. */
function accessEntries(platform: Platform, environment: Environment): AccessEntry[] {
  const { cluster, access } = environment;
  const byRole = Map.groupBy(groupsIn(platform, environment), (group) => roleOfGroup(environment, group));
  return [
    ...[...byRole].map(
      ([role, groups]): AccessEntry => ({
        principalARN: roleArn(role, cluster),
        type: "STANDARD",
        kubernetesGroups: groups,
      }),
    ),
    // Managed node groups have an entry of their own; these are for nodes that come from elsewhere, Karpenter's for example.
    ...access.authentication.nodeRoles.map(
      (role): AccessEntry => ({ principalARN: roleArn(role, cluster), type: "EC2_LINUX" }),
    ),
  ].sort((a, b) => (a.principalARN < b.principalARN ? -1 : 1));
}

function podIdentityAssociations(platform: Platform, environment: Environment): PodIdentityAssociation[] {
  const { cluster } = environment;
  if (cluster.workloadIdentity !== "pod-identity") return [];
  return servicesIn(platform, environment).flatMap((service) =>
    service.cloudRole === undefined
      ? []
      : [
          {
            namespace: namespaceOf(platform, service),
            serviceAccountName: service.name,
            roleARN: roleArn(service.cloudRole, cluster),
          },
        ],
  );
}
