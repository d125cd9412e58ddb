import { type CelExpression, cel } from "../admission/cel.ts";

/** Who sends a request, by the names that the API server's authentication gave them. */
export interface Requesters {
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

/** Kubernetes itself. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles */
export const controlPlane: readonly string[] = [
  "system:apiserver",
  "system:kube-controller-manager",
  "system:kube-scheduler",
];

/** The controllers that empty a namespace that is being deleted, and remove what belongs to nothing any more. */
export const cleaningControllers: readonly string[] = ["namespace-controller", "generic-garbage-collector"].map(
  (name) => `system:serviceaccount:kube-system:${name}`,
);

/**
 * True for a request of one of them.
 *
 * @example
 * isRequestedBy({ groups: ["platform-admins"], users: [] }).expression; // request.userInfo.groups.exists(group, group in ['platform-admins'])
 */
export function isRequestedBy({ groups, users }: Requesters): CelExpression {
  const inGroup = cel`request.userInfo.groups.exists(group, group in ${groups})`;
  const isUser = cel`request.userInfo.username in ${users}`;
  if (users.length === 0) return inGroup;
  return groups.length === 0 ? isUser : cel`${inGroup} || ${isUser}`;
}
