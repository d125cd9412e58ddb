import type { Resource } from "@plinth/core";
import type { PolicyRule } from "../roles/policy-rule.ts";
import type { AccessRequest } from "./access-request.ts";
import { aggregatedRules } from "./aggregation.ts";
import { type BindingObject, type RoleObject, readRbacObjects, type SubjectReference } from "./rbac-objects.ts";
import { ruleAllows } from "./rule-matching.ts";
import { type Subject, serviceAccountUser } from "./subject.ts";

/** What RBAC says of a request, and what says so. */
export type Decision = { readonly allowed: false } | { readonly allowed: true; readonly because: Reason };

/** What allows a request: a rule of a role that a binding gives to the subject, or the group that is asked nothing. */
export type Reason =
  | { readonly binding: Resource; readonly role: Resource; readonly rule: PolicyRule }
  | "system:masters";

/** Answers requests from one set of RBAC objects. */
export type Authorizer = (subject: Subject, request: AccessRequest) => Decision;

/**
 * Whether a subject may do something, by the Roles, ClusterRoles and their bindings among the resources, as the API server's RBAC authorizer decides it:
 * groups, wildcards, subresources, `resourceNames`, paths, aggregation, and `system:masters`, which passes before RBAC is asked. Other authorizers (Node,
 * webhooks, EKS access policies) and the API server's own default roles are not in it.
 *
 * @example
 * const resources = [clusterRole(namespaceViewer), bindInNamespace(namespaceViewer, "backend-viewers", "team-backend")];
 * const decision = canI(resources, memberOf("backend-viewers"), { verb: "list", resource: "pods", namespace: "team-backend" });
 * const refused = canI(resources, memberOf("backend-viewers"), { verb: "get", resource: "secrets", namespace: "team-backend" });
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function canI(resources: Iterable<Resource>, subject: Subject, request: AccessRequest): Decision {
  return authorizerOf(resources)(subject, request);
}

/**
 * The same, for many requests: the resources are read once.
 *
 * @example
 * const authorize: Authorizer = authorizerOf([clusterRole(platformViewer), bindInCluster(platformViewer, "platform-viewers")]);
 * const decision: Decision = authorize(memberOf("platform-viewers"), { verb: "get", resource: "nodes", name: "ip-10-30-1-7" });
 */
export function authorizerOf(resources: Iterable<Resource>): Authorizer {
  const { clusterRoles, roles, clusterRoleBindings, roleBindings } = readRbacObjects(resources);
  const rules = new Map<RoleObject, readonly PolicyRule[]>();
  const rulesOf = (role: RoleObject): readonly PolicyRule[] => {
    const known = rules.get(role) ?? aggregatedRules(role, clusterRoles);
    rules.set(role, known);
    return known;
  };
  const roleOf = ({ kind, name }: BindingObject["roleRef"], namespace: string): RoleObject | undefined => {
    if (kind === "ClusterRole") return clusterRoles.get(name);
    return kind === "Role" ? roles.get(namespace)?.get(name) : undefined;
  };
  const allowedBy = (
    bindings: readonly BindingObject[],
    namespace: string,
    subject: Subject,
    request: AccessRequest,
  ): Decision | undefined => {
    for (const binding of bindings) {
      if (!binding.subjects.some((reference) => means(reference, namespace, subject))) continue;
      const role = roleOf(binding.roleRef, namespace);
      const rule = role === undefined ? undefined : rulesOf(role).find((candidate) => ruleAllows(candidate, request));
      if (role !== undefined && rule !== undefined)
        return { allowed: true, because: { binding: binding.resource, role: role.resource, rule } };
    }
    return undefined;
  };
  return (subject, request) => {
    if (subject.groups.includes("system:masters")) return { allowed: true, because: "system:masters" };
    // A path belongs to no namespace, so a RoleBinding never grants one.
    const namespace = "path" in request ? "" : (request.namespace ?? "");
    return (
      allowedBy(clusterRoleBindings, "", subject, request) ??
      allowedBy(roleBindings.get(namespace) ?? [], namespace, subject, request) ?? { allowed: false }
    );
  };
}

/** True when a binding in a namespace (`""`: in the cluster) names the subject. */
function means(
  { kind, name, namespace: stated }: SubjectReference,
  namespace: string,
  { user, groups }: Subject,
): boolean {
  switch (kind) {
    case "User":
      return name === user;
    case "Group":
      return groups.includes(name);
    case "ServiceAccount": {
      const home = stated === "" ? namespace : stated;
      return home !== "" && serviceAccountUser(name, home) === user;
    }
    default:
      return false;
  }
}
