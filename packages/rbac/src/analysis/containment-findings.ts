import { describeResource, type Finding, nearestName, type Resource } from "@plinth/core";
import { uncoveredAtoms } from "../authorizer/coverage.ts";
import { joinAtoms } from "../authorizer/join-atoms.ts";
import { selects } from "../authorizer/label-selector.ts";
import { type BoundRole, indexRbac, type RbacIndex } from "../authorizer/rbac-index.ts";
import { readRbacObjects } from "../authorizer/rbac-objects.ts";
import { describeSubject } from "../authorizer/subject.ts";
import { describeRule, inWords } from "./describe-rule.ts";

/** Two ClusterRoles by name: whoever holds the greater may everything that the lesser allows. */
export type RolePair = readonly [lesser: string, greater: string];

/** What is wrong with how roles and bindings fit together. */
export interface ContainmentOptions {
  /** Roles that each hold all of another's. A pair of which one is not there is passed over. @default none */
  readonly contained?: readonly RolePair[];
  /** Names of roles that are there to be bound later, as break-glass gives them. @default none */
  readonly boundOnDemand?: readonly string[];
  /** Namespaces into which somebody else installs ServiceAccounts too: none is missed there. @default none */
  readonly shared?: readonly string[];
}

/**
 * What does not fit: a lesser role that may something that the greater may not; a binding of a role that is not there, to nobody, or to a ServiceAccount
 * that its namespace does not have; a role that no binding gives. Kubernetes' own roles are taken to be there. A ServiceAccount is missed only in a
 * namespace of which the resources hold others.
 *
 * @example
 * const resources = [clusterRole(namespaceViewer), clusterRole(namespaceAdmin)];
 * const findings = containmentFindings(resources, { contained: [["namespace-viewer", "namespace-admin"]] });
 * // the two roles are contained, and bound nowhere
 */
export function containmentFindings(
  resources: Iterable<Resource>,
  { contained = [], boundOnDemand = [], shared = [] }: ContainmentOptions = {},
): Finding[] {
  const given = [...resources];
  const index = indexRbac(given);
  const accounts = accountsByNamespace(given, shared);
  return [
    ...contained.flatMap((pair) => pairFinding(index, pair)),
    ...index.bindings.flatMap((bound) => [
      ...missingRole(index, bound),
      ...nobody(bound),
      ...missingAccounts(accounts, bound),
    ]),
    ...unboundRoles(given, index, new Set(boundOnDemand)),
  ];
}

function pairFinding({ roles }: RbacIndex, [lesser, greater]: RolePair): Finding[] {
  const named = (name: string): (typeof roles)[number] | undefined =>
    roles.find(({ resource }) => resource.kind === "ClusterRole" && resource.metadata.name === name);
  const small = named(lesser);
  const large = named(greater);
  if (small === undefined || large === undefined) return [];
  const more = uncoveredAtoms(large.rules, small.rules);
  if (more.length === 0) return [];
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      resource: describeResource(small.resource),
      path: "rules",
      message: `${lesser} may something that ${greater} may not: ${inWords(joinAtoms(more).map(describeRule), 3)}`,
      expected: `a role that ${greater} holds all of`,
    },
  ];
}

// ClusterRoles of the API server: plugin/pkg/auth/authorizer/rbac/bootstrappolicy of k8s.io/kubernetes. All others of its own begin with system:.
const userFacingRoles: ReadonlySet<string> = new Set(["admin", "cluster-admin", "edit", "view"]);

function missingRole({ roles }: RbacIndex, { binding, namespace, role, roleRef }: BoundRole): Finding[] {
  const { kind, name } = roleRef;
  if (role !== undefined) return [];
  if (kind === "ClusterRole" && (userFacingRoles.has(name) || name.startsWith("system:"))) return [];
  const candidates = roles.flatMap(({ resource }) =>
    resource.kind === kind && (kind === "ClusterRole" || resource.metadata.namespace === namespace)
      ? [resource.metadata.name]
      : [],
  );
  const nearest = nearestName(name, candidates);
  return [
    {
      code: "unknown-reference",
      severity: "error",
      resource: describeResource(binding),
      path: "roleRef.name",
      message: `there is no ${kind} ${JSON.stringify(name)}${kind === "Role" ? ` in ${namespace}` : ""}: the binding gives nothing`,
      expected: candidates.length === 0 ? `a ${kind}; none is there` : `one of ${inWords(candidates, 12)}`,
      ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
    },
  ];
}

function nobody({ binding, subjects }: BoundRole): Finding[] {
  return subjects.length > 0
    ? []
    : [
        {
          code: "without-effect",
          severity: "error",
          resource: describeResource(binding),
          path: "subjects",
          message: "the binding names nobody",
          expected: "a group, or a ServiceAccount with its namespace",
        },
      ];
}

/** Names of the ServiceAccounts of each namespace that has some, without those into which others install theirs. */
function accountsByNamespace(
  given: readonly Resource[],
  shared: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { apiVersion, kind, metadata } of given) {
    const { name, namespace = "default" } = metadata;
    if (apiVersion !== "v1" || kind !== "ServiceAccount" || shared.includes(namespace)) continue;
    names.set(namespace, [...(names.get(namespace) ?? []), name]);
  }
  return names;
}

function missingAccounts(
  accounts: ReadonlyMap<string, readonly string[]>,
  { binding, subjects }: BoundRole,
): Finding[] {
  return subjects.flatMap((subject): Finding[] => {
    if (subject.kind !== "ServiceAccount") return [];
    // Namespaces of which no ServiceAccount is there belong to somebody else: operators bring their own.
    const there = accounts.get(subject.namespace ?? "");
    if (there === undefined || there.includes(subject.name)) return [];
    const nearest = nearestName(subject.name, there);
    return [
      {
        code: "unknown-reference",
        severity: "error",
        resource: describeResource(binding),
        path: "subjects",
        message: `${describeSubject(subject)} does not exist`,
        expected: `one of ${inWords(there, 12)}`,
        ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
      },
    ];
  });
}

function unboundRoles(
  given: readonly Resource[],
  { bindings, roles }: RbacIndex,
  boundOnDemand: ReadonlySet<string>,
): Finding[] {
  const bound = new Set(bindings.map(({ role }) => role));
  const selectors = [...readRbacObjects(given).clusterRoles.values()].flatMap(({ aggregates = [] }) => aggregates);
  return roles
    .filter((role) => {
      const { labels = {}, name } = role.resource.metadata;
      if (bound.has(role) || boundOnDemand.has(name)) return false;
      // A part of another role is bound with it.
      return !(
        role.resource.kind === "ClusterRole" &&
        (Object.keys(labels).some((key) => /(^|\/)aggregate-to-/.test(key)) ||
          selectors.some((selector) => selects(selector, labels)))
      );
    })
    .map(({ resource }) => ({
      code: "without-effect",
      severity: "error",
      resource: describeResource(resource),
      message: "no binding gives this role to anybody",
      expected: "a binding, or no role",
    }));
}
