import {
  type Component,
  componentResources,
  type Environment,
  groupOf,
  namespaceOf,
  type Platform,
  type Resource,
  servicesIn,
} from "@plinth/core";
import type { WorkloadServiceAccount } from "../analysis/escalation/cluster-facts.ts";
import { roleArn } from "../workload-identity/role-arn.ts";

/** What one cluster is given about who may do what. */
export interface RenderedAccess {
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  /** The name of the component that makes a resource. */
  readonly componentOf: ReadonlyMap<Resource, string>;
  /** ServiceAccounts that pods of services run with, and the cloud roles that they are. */
  readonly running: readonly WorkloadServiceAccount[];
}

/**
 * The RBAC objects, ServiceAccounts and Namespaces that components make in an environment, before they are labelled.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const resources = rbacResources(platform, environmentNamed(platform, "production"), rbacComponents);
 * canI(resources, memberOf("backend-developers"), { verb: "create", resource: "pods/exec", namespace: "team-backend" }); // { allowed: false }
 */
export function rbacResources(
  platform: Platform,
  environment: Environment,
  components: readonly Component[],
): readonly Resource[] {
  return renderedAccess(platform, [environment], components)[0]?.resources ?? [];
}

/** The same for several environments: what is shared is made once. */
export function renderedAccess(
  platform: Platform,
  environments: readonly Environment[],
  components: readonly Component[],
): RenderedAccess[] {
  const shared = components.map((component) => ({
    component,
    resources: component.layer === "foundation" ? about(component.shared?.(platform)) : [],
  }));
  return environments.map((environment) => {
    const componentOf = new Map<Resource, string>();
    const running: WorkloadServiceAccount[] = [];
    const cloudRoles = cloudRolesIn(platform, environment);
    for (const { component, resources } of shared) {
      for (const resource of [...resources, ...about(componentResources(component, platform, environment))]) {
        componentOf.set(resource, component.name);
        const { name, namespace = "default" } = resource.metadata;
        if (component.layer === "application" && resource.kind === "ServiceAccount")
          running.push({ kind: "ServiceAccount", name, namespace, ...cloudRoles.get(`${namespace}/${name}`) });
      }
    }
    return { environment, resources: [...componentOf.keys()], componentOf, running };
  });
}

/** Cloud roles of services by `team-backend/checkout`: an annotation in one environment, an association in another. */
function cloudRolesIn(
  platform: Platform,
  environment: Environment,
): ReadonlyMap<string, { readonly cloudRole: string }> {
  return new Map(
    servicesIn(platform, environment).flatMap((service) =>
      service.cloudRole === undefined
        ? []
        : [
            [
              `${namespaceOf(platform, service)}/${service.name}`,
              { cloudRole: roleArn(service.cloudRole, environment.cluster) },
            ] as const,
          ],
    ),
  );
}

const coreKinds: ReadonlySet<string> = new Set(["Namespace", "Secret", "ServiceAccount"]);

function about(resources: readonly Resource[] = []): readonly Resource[] {
  return resources.filter((resource) => {
    const group = groupOf(resource);
    return group === "rbac.authorization.k8s.io" || (group === "" && coreKinds.has(resource.kind));
  });
}
