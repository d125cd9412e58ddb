import {
  buildResource,
  type Finding,
  type FoundationComponent,
  type KubernetesApiUse,
  namespaceOf,
  type Platform,
  type ReadableKind,
  type Resource,
  type Service,
} from "@plinth/core";
import { Role } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { PolicyRule } from "../roles/policy-rule.ts";

const rbacGroup = "rbac.authorization.k8s.io";
const reading = ["get", "list", "watch"];

/**
 * What a service may ask of the API server: a Role of its own, only where it says that it asks for something. In the foundation layer, and not beside the
 * ServiceAccount: no project of Argo CD may deliver roles, so that no repository of a team can write one.
 */
export const appRuntime: FoundationComponent = {
  name: "app-runtime",
  layer: "foundation",
  perService: (platform, _environment, service) => {
    const rules = runtimeRules(service);
    return rules.length === 0 ? [] : [runtimeRole(platform, service, rules), runtimeBinding(platform, service)];
  },
  check: tokensForNothing,
};

/**
 * The rules of a service's own Role; none where it asks for nothing.
 *
 * @example
 * import type { Service } from "@plinth/core";
 * declare const service: Service;
 * const rules: PolicyRule[] = runtimeRules(service);
 */
export function runtimeRules({ name, kubernetesApi }: Pick<Service, "name" | "kubernetesApi">): PolicyRule[] {
  if (kubernetesApi === undefined) return [];
  return [...readRules(kubernetesApi), ...(kubernetesApi.leaderElection ? leaseRules(name) : [])];
}

const groupOfKind: Readonly<Record<ReadableKind, string>> = {
  configmaps: "",
  endpointslices: "discovery.k8s.io",
  pods: "",
  secrets: "",
  services: "",
};

/**
 * One rule for each kind. With names, a list or watch is allowed where it selects one of them by `metadata.name`, as clients that follow one object do.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
function readRules({ reads }: KubernetesApiUse): PolicyRule[] {
  return [...Map.groupBy(reads, ({ kind }) => kind)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, objects]): PolicyRule => {
      const rule = { apiGroups: [groupOfKind[kind]], resources: [kind], verbs: reading };
      const names = objects.flatMap(({ name }) => (name === undefined ? [] : [name]));
      return names.length < objects.length ? rule : { ...rule, resourceNames: [...new Set(names)].sort() };
    });
}

/** The API server does not know the name of an object that is yet to be created, so `create` stands alone; everything else is for one Lease. */
function leaseRules(name: string): PolicyRule[] {
  const lease = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };
  return [
    { ...lease, verbs: ["create"] },
    { ...lease, verbs: ["get", "patch", "update"], resourceNames: [name] },
  ];
}

function runtimeRole(platform: Platform, service: Service, rules: readonly PolicyRule[]): Resource {
  return buildResource(Role, {
    metadata: {
      name: service.name,
      namespace: namespaceOf(platform, service),
      annotations: { "kubernetes.io/description": `What ${service.name} asks of the API server.` },
    },
    rules: rules.map(({ apiGroups = [], resources = [], resourceNames, verbs }) => ({
      apiGroups: [...apiGroups],
      resources: [...resources],
      ...(resourceNames === undefined ? {} : { resourceNames: [...resourceNames] }),
      verbs: [...verbs],
    })),
  });
}

function runtimeBinding(platform: Platform, service: Service): Resource {
  const { name } = service;
  const namespace = namespaceOf(platform, service);
  return buildResource(RoleBinding, {
    metadata: { name, namespace },
    roleRef: { apiGroup: rbacGroup, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
}

function tokensForNothing({ services }: Platform): Finding[] {
  return services
    .filter((service) => service.kubernetesApi !== undefined && runtimeRules(service).length === 0)
    .map(({ name, source }) => ({
      code: "without-effect",
      severity: "warning",
      ...(source === undefined ? {} : { source }),
      path: `services[${name}].kubernetesApi`,
      message: "mounts a token of the API server and asks for nothing there",
      expected: "what it reads, or leaderElection; nothing at all where it never calls the API server",
      example: '{ reads: ["configmaps/feature-flags"] }',
    }));
}
