import type { Resource } from "@plinth/core";
import { type HeldRule, heldBy, indexRbac } from "../authorizer/rbac-index.ts";
import type { Subject } from "../authorizer/subject.ts";

/**
 * The rules that a subject holds, each with the binding and the role that give it: those that hold in a namespace and cluster-wide, or, without a namespace,
 * all that hold anywhere. A rule without `namespace` holds in the whole cluster. Of `system:masters`, which is asked for no rule, only what is bound to it.
 *
 * @example
 * const resources = [clusterRole(namespaceViewer), bindInNamespace(namespaceViewer, "backend-viewers", "team-backend")];
 * const held: HeldRule[] = permissionsOf(resources, memberOf("backend-viewers"), "team-backend");
 */
export function permissionsOf(resources: Iterable<Resource>, subject: Subject, namespace?: string): HeldRule[] {
  const held = heldBy(indexRbac(resources), subject);
  return namespace === undefined
    ? held
    : held.filter((rule) => rule.namespace === undefined || rule.namespace === namespace);
}
