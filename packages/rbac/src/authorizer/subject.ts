/** Somebody who asks, as the API server knows them once they are authenticated. Nothing is added: who means everybody who is logged in says `system:authenticated`. */
export interface Subject {
  /** User name; empty for somebody who is known by groups alone. */
  readonly user: string;
  readonly groups: readonly string[];
}

/** Somebody as a binding names them. */
export interface SubjectName {
  readonly kind: "Group" | "User" | "ServiceAccount";
  readonly name: string;
  /** Of a ServiceAccount. */
  readonly namespace?: string;
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

/**
 * Somebody whom a binding names, as the API server knows them: a ServiceAccount with its groups, the others with nothing added.
 *
 * @example
 * const subject: Subject = subjectOf({ kind: "Group", name: "backend-developers" });
 */
export function subjectOf({ kind, name, namespace = "" }: SubjectName): Subject {
  switch (kind) {
    case "Group":
      return memberOf(name);
    case "User":
      return { user: name, groups: [] };
    case "ServiceAccount":
      return serviceAccountNamed(name, namespace);
  }
}

/**
 * Somebody in words: `the group backend-developers`, `the service account team-backend/checkout`.
 *
 * @example
 * describeSubject({ kind: "ServiceAccount", name: "checkout", namespace: "team-backend" });
 * // "the service account team-backend/checkout"
 */
export function describeSubject({ kind, name, namespace = "" }: SubjectName): string {
  switch (kind) {
    case "Group":
      return `the group ${name}`;
    case "User":
      return `the user ${name}`;
    case "ServiceAccount":
      return `the service account ${namespace}/${name}`;
  }
}

/** Tells subjects apart, and sorts them: users and groups first, then ServiceAccounts by namespace. */
export function subjectKey({ kind, name, namespace = "" }: SubjectName): string {
  return kind === "ServiceAccount" ? `ServiceAccount ${namespace}/${name}` : `${kind} ${name}`;
}
