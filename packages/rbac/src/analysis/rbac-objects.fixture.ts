import { buildUntypedResource, type Resource } from "@plinth/core";
import fc from "fast-check";
import type { AccessRequest } from "../authorizer/access-request.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";

// RBAC objects as tests write them, and random sets of them.

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

export interface SubjectFields {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export const group = (name: string): SubjectFields => ({ kind: "Group", name });
export const user = (name: string): SubjectFields => ({ kind: "User", name });
export const serviceAccount = (name: string, namespace: string): SubjectFields => ({
  kind: "ServiceAccount",
  name,
  namespace,
});

/** A rule from verbs, resources and a group: `rule("get list", "pods pods/log")`. */
export const rule = (verbs: string, resources: string, inGroup = "", ...resourceNames: string[]): PolicyRule => ({
  apiGroups: [inGroup],
  resources: resources.split(" "),
  ...(resourceNames.length === 0 ? {} : { resourceNames }),
  verbs: verbs.split(" "),
});

export const clusterRole = (name: string, ...rules: PolicyRule[]): Resource =>
  buildUntypedResource({ apiVersion, kind: "ClusterRole", metadata: { name }, rules });

export const role = (namespace: string, name: string, ...rules: PolicyRule[]): Resource =>
  buildUntypedResource({ apiVersion, kind: "Role", metadata: { name, namespace }, rules });

export const clusterRoleBinding = (roleName: string, ...subjects: SubjectFields[]): Resource =>
  buildUntypedResource({
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: roleName },
    roleRef: { apiGroup, kind: "ClusterRole", name: roleName },
    subjects,
  });

export const roleBinding = (
  namespace: string,
  kind: "Role" | "ClusterRole",
  roleName: string,
  ...subjects: SubjectFields[]
): Resource =>
  buildUntypedResource({
    apiVersion,
    kind: "RoleBinding",
    metadata: { name: `${kind.toLowerCase()}-${roleName}`, namespace },
    roleRef: { apiGroup, kind, name: roleName },
    subjects,
  });

export const serviceAccountObject = (
  namespace: string,
  name: string,
  fields: Readonly<Record<string, unknown>> = {},
  annotations: Readonly<Record<string, string>> = {},
): Resource =>
  buildUntypedResource({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace, annotations },
    ...fields,
  });

export const namespaceObject = (name: string, enforce?: string): Resource =>
  buildUntypedResource({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: enforce === undefined ? {} : { "pod-security.kubernetes.io/enforce": enforce } },
  });

const namespaces = fc.constantFrom("shop", "bank");
const names = fc.constantFrom("a", "b", "c");

const resourceRules: fc.Arbitrary<PolicyRule> = fc.record({
  apiGroups: fc.subarray(["", "apps", "*"], { minLength: 1 }),
  resources: fc.subarray(["pods", "pods/log", "deployments", "*/log", "*"], { minLength: 1, maxLength: 3 }),
  resourceNames: fc.subarray(["web", "api"]),
  verbs: fc.subarray(["get", "list", "create", "*"], { minLength: 1, maxLength: 3 }),
});
const pathRules: fc.Arbitrary<PolicyRule> = fc.record({
  nonResourceURLs: fc.subarray(["/healthz", "/healthz/*", "/logs/*", "*"], { minLength: 1 }),
  verbs: fc.subarray(["get", "*"], { minLength: 1 }),
});

const arbitrarySubjects: fc.Arbitrary<SubjectFields[]> = fc.array(
  fc.oneof(
    fc.constantFrom(
      group("team"),
      group("others"),
      group("system:authenticated"),
      group("system:serviceaccounts:shop"),
    ),
    fc.constantFrom(user("anne"), user("system:serviceaccount:shop:web")),
    fc.constantFrom(serviceAccount("web", "shop"), serviceAccount("api", "bank")),
  ),
  { maxLength: 3 },
);

/** Sets of RBAC objects over few names, so that they meet: with wildcards, names, paths, subresources, aggregation and bindings to roles that are not there. */
export function rbacObjects(
  rules: fc.Arbitrary<PolicyRule> = fc.oneof(resourceRules, pathRules),
): fc.Arbitrary<Resource[]> {
  const someRules = fc.array(rules, { maxLength: 3 });
  return fc.uniqueArray(
    fc.oneof(
      { arbitrary: fc.tuple(names, someRules).map(([name, given]) => clusterRole(name, ...given)), weight: 3 },
      {
        arbitrary: fc.tuple(names, someRules).map(
          ([name, given]): Resource => ({
            ...clusterRole(`part-${name}`, ...given),
            metadata: { name: `part-${name}`, labels: { part: name } },
          }),
        ),
        weight: 1,
      },
      {
        arbitrary: names.map(
          (name): Resource => ({
            ...clusterRole(name),
            aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: name } }] },
          }),
        ),
        weight: 1,
      },
      {
        arbitrary: fc.tuple(namespaces, names, someRules).map(([home, name, given]) => role(home, name, ...given)),
        weight: 2,
      },
      {
        arbitrary: fc.tuple(names, arbitrarySubjects).map(([name, given]) => clusterRoleBinding(name, ...given)),
        weight: 2,
      },
      {
        arbitrary: fc
          .tuple(namespaces, fc.constantFrom("Role" as const, "ClusterRole" as const), names, arbitrarySubjects)
          .map(([home, kind, name, given]) => roleBinding(home, kind, name, ...given)),
        weight: 3,
      },
    ),
    { maxLength: 12, selector: ({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}` },
  );
}

/** Requests about the same names. */
export const accessRequests: fc.Arbitrary<AccessRequest> = fc.oneof(
  fc.record(
    {
      verb: fc.constantFrom("get", "list", "create", "delete"),
      apiGroup: fc.constantFrom("", "apps", "batch"),
      resource: fc.constantFrom("pods", "pods/log", "deployments", "deployments/log", "jobs"),
      namespace: fc.constantFrom("shop", "bank", "other"),
      name: fc.constantFrom("web", "api", "db"),
    },
    { requiredKeys: ["verb", "resource"] },
  ),
  fc.record({
    verb: fc.constantFrom("get", "post"),
    path: fc.constantFrom("/healthz", "/healthz/etcd", "/logs/x", "/x"),
  }),
);
