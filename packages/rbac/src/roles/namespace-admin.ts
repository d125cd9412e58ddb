import { peopleWrite } from "./condition.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { change, promote, read, renew, scale, where } from "./intention.ts";
import { namespaceDeveloper } from "./namespace-developer.ts";
import { certificates, identities, permissions, workloads } from "./resource-groups.ts";

/**
 * Answers for the team's namespace: everything that a developer may, the levers of an incident everywhere, and certificates and who may do what where
 * people write by hand. What holds the namespace in its bounds stays the platform's: the namespace itself, its limits, network policies (RBAC cannot tell
 * the team's from the platform's), policies and exceptions, monitors and collectors, and Secrets with what fetches them.
 */
export const namespaceAdmin: RoleDefinition = defineRole("namespace-admin", {
  title:
    "Answers for the namespace: what a developer may, scaling everywhere, and roles within its own where people write by hand.",
  includes: [namespaceDeveloper],
  may: [
    read(permissions),
    scale(workloads),
    promote(workloads),
    renew(certificates),
    where(peopleWrite, change(certificates, identities, permissions)),
  ],
});
