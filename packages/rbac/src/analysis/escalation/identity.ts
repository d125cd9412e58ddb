import { describeSubject, type SubjectName, subjectKey } from "../../authorizer/subject.ts";

/** Somebody, or something, that an escalation path leads to. */
export type Identity = SubjectName | CloudRole | Nodes | NamespaceOwner | BoundRole;

/** A role of the cloud that a ServiceAccount is annotated with. */
export interface CloudRole {
  readonly kind: "CloudRole";
  /** Its ARN. */
  readonly name: string;
}

/** Root on nodes: every pod that runs there. */
export interface Nodes {
  readonly kind: "Nodes";
}

/** Whoever has given themselves everything in one namespace. */
export interface NamespaceOwner {
  readonly kind: "NamespaceOwner";
  readonly namespace: string;
}

/** Whoever has bound a role to themselves. */
export interface BoundRole {
  readonly kind: "BoundRole";
  readonly role: { readonly kind: string; readonly name: string };
  /** In the whole cluster when left out. */
  readonly namespace?: string;
}

/** The group that is asked nothing. */
export const masters: SubjectName = { kind: "Group", name: "system:masters" };

/** True for somebody whom a binding can name. */
export function isSubject(identity: Identity): identity is SubjectName {
  return identity.kind === "Group" || identity.kind === "User" || identity.kind === "ServiceAccount";
}

/** Tells identities apart. */
export function identityKey(identity: Identity): string {
  switch (identity.kind) {
    case "CloudRole":
      return `CloudRole ${identity.name}`;
    case "Nodes":
      return "Nodes";
    case "NamespaceOwner":
      return `NamespaceOwner ${identity.namespace}`;
    case "BoundRole":
      return `BoundRole ${identity.namespace ?? ""}/${identity.role.kind}/${identity.role.name}`;
    default:
      return subjectKey(identity);
  }
}

/**
 * An identity in words: `the service account team-backend/checkout`, `the cloud role arn:aws:iam::111122223333:role/checkout`.
 *
 * @example
 * describeIdentity({ kind: "NamespaceOwner", namespace: "team-backend" });
 * // "an owner of the namespace team-backend"
 */
export function describeIdentity(identity: Identity): string {
  switch (identity.kind) {
    case "CloudRole":
      return `the cloud role ${identity.name}`;
    case "Nodes":
      return "root on nodes";
    case "NamespaceOwner":
      return `an owner of the namespace ${identity.namespace}`;
    case "BoundRole":
      return `a holder of the role ${identity.role.name}${identity.namespace === undefined ? "" : ` in ${identity.namespace}`}`;
    default:
      return describeSubject(identity);
  }
}
