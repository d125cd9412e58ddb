import type { Resource } from "@plinth/core";
import type { PolicyRule } from "../roles/policy-rule.ts";
import type { AccessRequest } from "./access-request.ts";
import { bindingsFor, indexRbac, means } from "./rbac-index.ts";
import { ruleAllows } from "./rule-matching.ts";
import type { Subject } from "./subject.ts";

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
 * The subject says who asks (`memberOf`, `serviceAccountNamed`, `subjectOf`); the request says verb, resource, and, where they matter, API group, namespace and name.
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
  const index = indexRbac(resources);
  return (subject, request) => {
    if (subject.groups.includes("system:masters")) return { allowed: true, because: "system:masters" };
    // A path belongs to no namespace, so a RoleBinding never grants one.
    for (const { binding, role, subjects } of bindingsFor(index, "path" in request ? "" : (request.namespace ?? ""))) {
      if (role === undefined || !subjects.some((name) => means(name, subject))) continue;
      const rule = role.rules.find((candidate) => ruleAllows(candidate, request));
      if (rule !== undefined) return { allowed: true, because: { binding, role: role.resource, rule } };
    }
    return { allowed: false };
  };
}
