import type { Resource } from "@plinth/core";
import type { AccessRequest } from "../authorizer/access-request.ts";
import { bindingsFor, type HeldRule, indexRbac, means } from "../authorizer/rbac-index.ts";
import { ruleAllows } from "../authorizer/rule-matching.ts";
import { type SubjectName, subjectOf } from "../authorizer/subject.ts";

/** Somebody who may do something, and what says so. */
export interface AllowedSubject {
  readonly subject: SubjectName;
  readonly because: HeldRule;
}

/**
 * Everybody whom a binding names and who may do something: groups and users by what is bound to them, ServiceAccounts also by the groups that each is in.
 * Sorted. The group `system:masters` may everything and is left out: nothing can be read from that.
 *
 * @example
 * const resources = [clusterRole(namespaceViewer), bindInNamespace(namespaceViewer, "backend-viewers", "team-backend")];
 * whoCan(resources, { verb: "list", resource: "pods", namespace: "team-backend" });
 * // [{ subject: { kind: "Group", name: "backend-viewers" }, because: { rule, role, binding, namespace: "team-backend" } }]
 */
export function whoCan(resources: Iterable<Resource>, request: AccessRequest): AllowedSubject[] {
  const index = indexRbac(resources);
  const allowing = bindingsFor(index, "path" in request ? "" : (request.namespace ?? "")).flatMap(
    ({ binding, namespace, role, subjects }) => {
      const rule = role?.rules.find((candidate) => ruleAllows(candidate, request));
      if (role === undefined || rule === undefined) return [];
      const because: HeldRule = {
        rule,
        role: role.resource,
        binding,
        ...(namespace === "" ? {} : { namespace }),
      };
      return [{ subjects, because }];
    },
  );
  return index.subjects.flatMap((subject): AllowedSubject[] => {
    if (subject.kind === "Group" && subject.name === "system:masters") return [];
    const asked = subjectOf(subject);
    const first = allowing.find(({ subjects }) => subjects.some((name) => means(name, asked)));
    return first === undefined ? [] : [{ subject, because: first.because }];
  });
}
