/** Somebody who asks, as the API server knows them once they are authenticated. Nothing is added: who means everybody who is logged in says `system:authenticated`. */
export interface Subject {
  /** User name; empty for somebody who is known by groups alone. */
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * Somebody of whom only the groups matter.
 *
 * @example
 * const subject: Subject = memberOf("backend-developers", "system:authenticated");
 */
export function memberOf(...groups: readonly string[]): Subject {
  return { user: "", groups };
}

/**
 * A pod's identity, with the groups that every ServiceAccount is in.
 *
 * @example
 * const subject: Subject = serviceAccountNamed("checkout", "team-backend");
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export function serviceAccountNamed(name: string, namespace: string): Subject {
  return {
    user: serviceAccountUser(name, namespace),
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
  };
}

/** The user name of a ServiceAccount. */
export function serviceAccountUser(name: string, namespace: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}
