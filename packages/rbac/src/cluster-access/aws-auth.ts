import { buildResource, type Environment, emitYaml, type Platform, type Resource } from "@plinth/core";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { roleArn, withoutPath } from "../workload-identity/role-arn.ts";
import { groupsIn, roleOfGroup } from "./groups-in.ts";

/**
 * The older map of IAM roles to groups, whole: nodes keep their place in it. Role ARNs stand without their path, because the authenticator compares with
 * what STS says, which has none. The session's name is part of the user's, so that the audit log tells people apart; the role's name before it keeps one
 * role from posing as another's user.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting_iam.html
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const configMap = awsAuth(platform, environmentNamed(platform, "production"));
 */
export function awsAuth(platform: Platform, environment: Environment): Resource {
  const arnOf = (role: string): string => roleArn(withoutPath(role), environment.cluster);
  const byRole = Map.groupBy(groupsIn(platform, environment), (group) => withoutPath(roleOfGroup(environment, group)));
  const mapRoles = [
    ...[...new Set(environment.access.authentication.nodeRoles)].sort().map((role) => ({
      rolearn: arnOf(role),
      username: "system:node:{{EC2PrivateDNSName}}",
      groups: ["system:bootstrappers", "system:nodes"],
    })),
    ...[...byRole]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([role, groups]) => ({ rolearn: arnOf(role), username: `${role}:{{SessionName}}`, groups })),
  ];
  return buildResource(ConfigMap, {
    metadata: { name: "aws-auth", namespace: "kube-system" },
    data: { mapRoles: emitYaml(mapRoles) },
  });
}
