import {
  admissionPolicies,
  classes,
  clusterAnalysis,
  clusterPermissions,
  clusterReports,
  clusterSources,
  definitions,
  delivery,
  gateways,
  monitoringStack,
  nodes,
  roles,
  secrets,
  volumes,
  webhooks,
} from "./cluster-resource-groups.ts";
import { execIsOpen } from "./condition.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { bind, change, debug, escalate, exec, forwardPorts, manage, where } from "./intention.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import { platformOperator } from "./platform-operator.ts";
import {
  analysis,
  availability,
  certificates,
  collectors,
  configuration,
  externalSecrets,
  identities,
  issuers,
  monitors,
  namespacePolicies,
  networking,
  permissions,
  pods,
  policyReports,
  promises,
  revisions,
  storage,
  tenancyLimits,
  trafficRules,
  workloads,
} from "./resource-groups.ts";

/**
 * Sets the platform up: everything that the tables of resources name, each by its name, and roles for others. It can give itself any permission; what it
 * lacks (impersonation, tokens of ServiceAccounts, the proxy of nodes, deletion of collections, a way into production's pods) it lacks so that nobody uses
 * it without writing that down.
 */
export const platformAdmin: RoleDefinition = defineRole("platform-admin", {
  title: "Sets the platform up: changes everything that the platform knows, secrets too, and hands out roles.",
  includes: [platformOperator, namespaceAdmin],
  may: [
    change(workloads, analysis, revisions, pods, configuration, networking, availability, storage),
    change(tenancyLimits, trafficRules, identities, permissions),
    change(certificates, issuers, externalSecrets, promises, monitors, collectors, policyReports, namespacePolicies),
    change(nodes, volumes, classes, definitions, clusterPermissions),
    change(admissionPolicies, webhooks, clusterReports),
    change(delivery, clusterAnalysis, clusterSources, gateways, monitoringStack),
    manage(secrets),
    bind(roles),
    escalate(roles),
    where(execIsOpen, exec(pods), forwardPorts(pods), debug(pods)),
  ],
});
