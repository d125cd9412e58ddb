import { buildResource, type Environment, type Resource } from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import type { Grant, Intention } from "./intention.ts";
import { type PolicyRule, policyRules } from "./policy-rule.ts";

/** A role in words: what it is for, and what its holders mean to do. */
export interface RoleDefinition {
  readonly name: string;
  /** One sentence: who holds it, and what for. */
  readonly title: string;
  /** Everything that the role may, with that of the roles that it includes. */
  readonly grants: readonly Grant[];
}

/** What `defineRole` takes. */
export interface RoleInput {
  /** One sentence: who holds it, and what for. */
  title: string;
  /** Roles whose holders may no more than this one's. @default none */
  includes?: readonly RoleDefinition[];
  /** What holders may do, besides what the included roles may. */
  may: readonly Intention[];
}

/**
 * Describes a role by what its holders mean to do. Nothing is granted that no intention says: no wildcards, no aggregation.
 *
 * @example
 * const onCall: RoleDefinition = defineRole("on-call", {
 *   title: "Keeps the team's services running at night.",
 *   includes: [namespaceViewer],
 *   may: [readLogs(pods), restart(pods), scale(workloads), where(execIsOpen, exec(pods))],
 * });
 */
export function defineRole(name: string, { title, includes = [], may }: RoleInput): RoleDefinition {
  return { name, title, grants: [...includes.flatMap(({ grants }) => grants), ...may.flat()] };
}

/** True when a condition decides about a part of the role, so that environments may differ in it. */
export function differsByEnvironment(role: RoleDefinition): boolean {
  return role.grants.some(({ conditions }) => conditions.length > 0);
}

/**
 * The rules of a role in an environment: the fewest, sorted. Without an environment, those that hold in every one.
 *
 * @example
 * const rules: PolicyRule[] = rulesOf(namespaceViewer);
 */
export function rulesOf(role: RoleDefinition, environment?: Environment): PolicyRule[] {
  return policyRules(
    role.grants.filter(({ conditions }) =>
      conditions.every((condition) => environment !== undefined && condition.holds(environment)),
    ),
  );
}

/**
 * The ClusterRole of a role in an environment; bound in a namespace, it holds there alone.
 *
 * @example
 * const resource = clusterRole(namespaceViewer);
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
 */
export function clusterRole(role: RoleDefinition, environment?: Environment): Resource {
  return buildResource(ClusterRole, {
    // https://kubernetes.io/docs/reference/labels-annotations-taints/#description
    metadata: { name: role.name, annotations: { "kubernetes.io/description": role.title } },
    rules: rulesOf(role, environment).map(mutableRule),
  });
}

/** The rule as the models want it: arrays of its own. */
function mutableRule({ apiGroups = [], resources = [], verbs }: PolicyRule): {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
} {
  return { apiGroups: [...apiGroups], resources: [...resources], verbs: [...verbs] };
}
