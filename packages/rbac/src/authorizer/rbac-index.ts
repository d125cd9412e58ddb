import type { Resource } from "@plinth/core";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { aggregatedRules } from "./aggregation.ts";
import {
  type BindingObject,
  type RbacObjects,
  type RoleObject,
  readRbacObjects,
  type SubjectReference,
} from "./rbac-objects.ts";
import { type Subject, type SubjectName, serviceAccountUser, subjectKey } from "./subject.ts";

/** A Role or ClusterRole with the rules that it has in a cluster: an aggregated one, those of the roles that it is made of. */
export interface EffectiveRole {
  readonly resource: Resource;
  readonly rules: readonly PolicyRule[];
}

/** A binding with what it gives, where, and to whom. */
export interface BoundRole {
  readonly binding: Resource;
  /** Where it holds: `""` is the whole cluster. */
  readonly namespace: string;
  readonly roleRef: { readonly kind: string; readonly name: string };
  /** Left out when there is no such role: the binding gives nothing. */
  readonly role?: EffectiveRole;
  /** References that mean somebody; the others grant nothing. */
  readonly subjects: readonly SubjectName[];
}

/** A rule that somebody holds, and what gives it. */
export interface HeldRule {
  readonly rule: PolicyRule;
  readonly role: Resource;
  readonly binding: Resource;
  /** Where it holds; in the whole cluster when left out. */
  readonly namespace?: string;
}

/** The RBAC objects among resources, read once for many questions. */
export interface RbacIndex {
  /** Sorted by name; a ClusterRole before a Role. */
  readonly roles: readonly EffectiveRole[];
  /** Of the cluster first, sorted by name; then by namespace and name. */
  readonly bindings: readonly BoundRole[];
  readonly inCluster: readonly BoundRole[];
  readonly inNamespace: ReadonlyMap<string, readonly BoundRole[]>;
  /** Everybody whom a binding names, once each, sorted. */
  readonly subjects: readonly SubjectName[];
}

/** Reads the RBAC objects among resources. */
export function indexRbac(resources: Iterable<Resource>): RbacIndex {
  const objects = readRbacObjects(resources);
  const effective = new Map<RoleObject, EffectiveRole>();
  const effectiveOf = (role: RoleObject): EffectiveRole => {
    const known = effective.get(role) ?? {
      resource: role.resource,
      rules: aggregatedRules(role, objects.clusterRoles),
    };
    effective.set(role, known);
    return known;
  };
  const bind = (binding: BindingObject, namespace: string): BoundRole => {
    const role = roleOf(objects, binding.roleRef, namespace);
    return {
      binding: binding.resource,
      namespace,
      roleRef: binding.roleRef,
      ...(role === undefined ? {} : { role: effectiveOf(role) }),
      subjects: binding.subjects.flatMap((reference) => subjectNames(reference, namespace)),
    };
  };
  const inCluster = objects.clusterRoleBindings.map((binding) => bind(binding, ""));
  const inNamespace = new Map(
    [...objects.roleBindings]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([namespace, bindings]) => [namespace, bindings.map((binding) => bind(binding, namespace))] as const),
  );
  const bindings = [...inCluster, ...[...inNamespace.values()].flat()];
  const roles = [
    ...objects.clusterRoles.values(),
    ...[...objects.roles.values()].flatMap((named) => [...named.values()]),
  ];
  return { roles: roles.map(effectiveOf), bindings, inCluster, inNamespace, subjects: distinctSubjects(bindings) };
}

/** The bindings that are asked for a request in a namespace (`""`: of the cluster), in the order in which they are. */
export function bindingsFor({ inCluster, inNamespace }: RbacIndex, namespace: string): readonly BoundRole[] {
  return namespace === "" ? inCluster : [...inCluster, ...(inNamespace.get(namespace) ?? [])];
}

/** True when a name means the subject. */
export function means({ kind, name, namespace = "" }: SubjectName, { user, groups }: Subject): boolean {
  switch (kind) {
    case "Group":
      return groups.includes(name);
    case "User":
      return user === name;
    case "ServiceAccount":
      return user === serviceAccountUser(name, namespace);
  }
}

/** Every rule that a subject holds, anywhere. */
export function heldBy(index: RbacIndex, subject: Subject): HeldRule[] {
  return bindingsNaming(index, subject).flatMap(({ binding, namespace, role }) =>
    role === undefined
      ? []
      : role.rules.map((rule) => ({
          rule,
          role: role.resource,
          binding,
          ...(namespace === "" ? {} : { namespace }),
        })),
  );
}

/** Bindings by the users and groups that they name, with their places among all. */
type Naming = ReadonlyMap<string, readonly number[]>;

const knownNamings = new WeakMap<RbacIndex, Naming>();

/** The bindings that name a subject, in their order: `means` asked of all of them, without asking all of them. */
function bindingsNaming(index: RbacIndex, { user, groups }: Subject): readonly BoundRole[] {
  const naming = knownNamings.get(index) ?? namingOf(index);
  knownNamings.set(index, naming);
  const places = new Set(
    [`User ${user}`, ...groups.map((group) => `Group ${group}`)].flatMap((key) => naming.get(key) ?? []),
  );
  return [...places].sort((a, b) => a - b).flatMap((place) => index.bindings[place] ?? []);
}

function namingOf({ bindings }: RbacIndex): Naming {
  const naming = new Map<string, number[]>();
  for (const [place, { subjects }] of bindings.entries()) {
    for (const { kind, name, namespace = "" } of subjects) {
      const key = kind === "ServiceAccount" ? `User ${serviceAccountUser(name, namespace)}` : `${kind} ${name}`;
      const places = naming.get(key);
      if (places === undefined) naming.set(key, [place]);
      else places.push(place);
    }
  }
  return naming;
}

function roleOf(
  { clusterRoles, roles }: RbacObjects,
  { kind, name }: BindingObject["roleRef"],
  namespace: string,
): RoleObject | undefined {
  if (kind === "ClusterRole") return clusterRoles.get(name);
  return kind === "Role" ? roles.get(namespace)?.get(name) : undefined;
}

const serviceAccountPattern = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** Whom a reference in a binding means: a ServiceAccount by its user name is that ServiceAccount, and one without a namespace is of the binding's. */
function subjectNames({ kind, name, namespace: stated }: SubjectReference, bindingNamespace: string): SubjectName[] {
  if (name === "") return [];
  if (kind === "Group") return [{ kind, name }];
  if (kind === "User") {
    const [, namespace, account] = serviceAccountPattern.exec(name) ?? [];
    return namespace === undefined || account === undefined
      ? [{ kind, name }]
      : [{ kind: "ServiceAccount", name: account, namespace }];
  }
  const namespace = stated === "" ? bindingNamespace : stated;
  return kind === "ServiceAccount" && namespace !== "" ? [{ kind, name, namespace }] : [];
}

function distinctSubjects(bindings: readonly BoundRole[]): SubjectName[] {
  const distinct = new Map(
    bindings.flatMap(({ subjects }) => subjects.map((subject) => [subjectKey(subject), subject] as const)),
  );
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject);
}
