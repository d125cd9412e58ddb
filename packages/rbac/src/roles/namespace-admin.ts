import { peopleWrite } from "./condition.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { change, promote, read, scale, where } from "./intention.ts";
import { namespaceDeveloper } from "./namespace-developer.ts";
import { identities, permissions, workloads } from "./resource-groups.ts";

/**
 * Answers for the team's namespace: everything that a developer may, the levers of an incident everywhere, and who may do what where people write by
 * hand. The namespace, its limits and its network policies stay the platform's, and so do Secrets.
 */
export const namespaceAdmin: RoleDefinition = defineRole("namespace-admin", {
  title:
    "Answers for the namespace: what a developer may, scaling everywhere, and roles within its own where people write by hand.",
  includes: [namespaceDeveloper],
  may: [read(permissions), scale(workloads), promote(workloads), where(peopleWrite, change(identities, permissions))],
});
