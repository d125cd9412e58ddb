import {
  type ApplicationComponent,
  buildResource,
  type Environment,
  type Finding,
  namespaceOf,
  type Platform,
  type Resource,
  type Service,
} from "@plinth/core";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { isRoleName, roleArn } from "./role-arn.ts";

/** Who each service is: to the API server, and to the cloud. One ServiceAccount per service, named after it. */
export const workloadIdentity: ApplicationComponent = {
  name: "workload-identity",
  layer: "application",
  perService: (platform, environment, service) => [serviceAccount(platform, environment, service)],
  check: cloudRoleNames,
};

/**
 * The ServiceAccount of a service. Its token is mounted only where the service calls the API server. A cloud role needs none: EKS mounts a token of its
 * own for it. With Pod Identity the role is said in the cloud, by an association with this ServiceAccount: an annotation beside it would choose between two.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
function serviceAccount(platform: Platform, { cluster }: Environment, service: Service): Resource {
  const annotations =
    service.cloudRole === undefined || cluster.workloadIdentity === "pod-identity"
      ? undefined
      : { "eks.amazonaws.com/role-arn": roleArn(service.cloudRole, cluster) };
  return buildResource(ServiceAccount, {
    metadata: {
      name: service.name,
      namespace: namespaceOf(platform, service),
      ...(annotations === undefined ? {} : { annotations }),
    },
    automountServiceAccountToken: service.kubernetesApi !== undefined,
  });
}

function cloudRoleNames({ services }: Platform): Finding[] {
  return services.flatMap(({ name, cloudRole, source }): Finding[] => {
    if (cloudRole === undefined || isRoleName(cloudRole)) return [];
    return [
      {
        code: "invalid-field",
        severity: "error",
        ...(source === undefined ? {} : { source }),
        path: `services[${name}].cloudRole`,
        message: `${JSON.stringify(cloudRole)} is not the name of an IAM role`,
        expected:
          "at most 64 letters, digits and + = , . @ _ -, with a path before it or without; the account comes from the environment",
        example: JSON.stringify(`shop-${name}`),
      },
    ];
  });
}
