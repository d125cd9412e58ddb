import { groupOf, listAt, type Resource, textAt, textsAt } from "@plinth/core";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { type LabelSelector, readLabelSelector } from "./label-selector.ts";

/** A Role or ClusterRole, read. */
export interface RoleObject {
  readonly resource: Resource;
  readonly rules: readonly PolicyRule[];
  /** Whose rules it is made of, when it is an aggregated ClusterRole. */
  readonly aggregates?: readonly LabelSelector[];
}

/** A RoleBinding or ClusterRoleBinding, read. */
export interface BindingObject {
  readonly resource: Resource;
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly SubjectReference[];
}

/** Somebody whom a binding names. */
export interface SubjectReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** The RBAC objects among resources, by what they are looked up by. */
export interface RbacObjects {
  readonly clusterRoles: ReadonlyMap<string, RoleObject>;
  /** By namespace, then by name. */
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, RoleObject>>;
  /** Sorted by name. */
  readonly clusterRoleBindings: readonly BindingObject[];
  /** By namespace; sorted by name. */
  readonly roleBindings: ReadonlyMap<string, readonly BindingObject[]>;
}

/** Reads RBAC objects of any version out of resources. Other kinds are passed over; a field of the wrong type is read as empty, which grants nothing. */
export function readRbacObjects(resources: Iterable<Resource>): RbacObjects {
  const clusterRoles = new Map<string, RoleObject>();
  const roles = new Map<string, Map<string, RoleObject>>();
  const clusterRoleBindings: BindingObject[] = [];
  const roleBindings = new Map<string, BindingObject[]>();
  const sorted = [...resources]
    .filter((resource) => groupOf(resource) === "rbac.authorization.k8s.io")
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0));
  for (const resource of sorted) {
    const { name, namespace = "default" } = resource.metadata;
    switch (resource.kind) {
      case "ClusterRole":
        clusterRoles.set(name, readRole(resource));
        break;
      case "Role":
        roles.set(namespace, (roles.get(namespace) ?? new Map<string, RoleObject>()).set(name, readRole(resource)));
        break;
      case "ClusterRoleBinding":
        clusterRoleBindings.push(readBinding(resource));
        break;
      case "RoleBinding":
        append(roleBindings, namespace, readBinding(resource));
        break;
    }
  }
  return { clusterRoles, roles, clusterRoleBindings, roleBindings };
}

function append<Key, Member>(lists: Map<Key, Member[]>, key: Key, member: Member): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [member]);
  else list.push(member);
}

// A resource is not changed once it is built: what is read of it is kept as long as it is.
const knownRoles = new WeakMap<Resource, RoleObject>();

function readRole(resource: Resource): RoleObject {
  const role = knownRoles.get(resource) ?? parseRole(resource);
  knownRoles.set(resource, role);
  return role;
}

function parseRole(resource: Resource): RoleObject {
  const aggregation = resource["aggregationRule"];
  const rules = listAt(resource, "rules").map(
    (rule): PolicyRule => ({
      apiGroups: textsAt(rule, "apiGroups"),
      resources: textsAt(rule, "resources"),
      resourceNames: textsAt(rule, "resourceNames"),
      nonResourceURLs: textsAt(rule, "nonResourceURLs"),
      verbs: textsAt(rule, "verbs"),
    }),
  );
  if (resource.kind !== "ClusterRole" || typeof aggregation !== "object" || aggregation === null)
    return { resource, rules };
  return { resource, rules, aggregates: listAt(aggregation, "clusterRoleSelectors").map(readLabelSelector) };
}

function readBinding(resource: Resource): BindingObject {
  const roleRef = resource["roleRef"];
  return {
    resource,
    roleRef: { kind: textAt(roleRef, "kind"), name: textAt(roleRef, "name") },
    subjects: listAt(resource, "subjects").map((subject) => ({
      kind: textAt(subject, "kind"),
      name: textAt(subject, "name"),
      namespace: textAt(subject, "namespace"),
    })),
  };
}
