import { admissionPolicies, classes, clusterAnalysis, definitions, namespaces } from "./cluster-resource-groups.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { read } from "./intention.ts";

/**
 * What everybody of a team sees outside of the team's namespace, to choose a class and to understand a refusal: names of namespaces, classes, kinds, and
 * the policies that refuse. Nothing that another team wrote. Not nodes (a pod's events say why it waits; a node's status lists every image that runs),
 * not reports about the cluster (a list of what is weak in objects that no team owns), not webhooks, roles or stores of secrets.
 */
export const developerBase: RoleDefinition = defineRole("developer-base", {
  title: "Sees what no namespace owns and every team needs to know: namespaces, classes, kinds, policies.",
  may: [read(namespaces, classes, definitions, admissionPolicies, clusterAnalysis)],
});
