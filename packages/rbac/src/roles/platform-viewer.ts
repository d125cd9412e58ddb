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
  nodeUsage,
  volumes,
  webhooks,
} from "./cluster-resource-groups.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { read } from "./intention.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import { permissions } from "./resource-groups.ts";

/** Sees the whole cluster as a viewer sees a namespace, and what belongs to none: for auditors and for people who look before they ask. */
export const platformViewer: RoleDefinition = defineRole("platform-viewer", {
  title: "Sees every namespace as its viewers do, and what belongs to none; no logs, no secrets.",
  includes: [namespaceViewer],
  may: [
    read(permissions, clusterPermissions),
    read(nodes, nodeUsage, volumes, classes, definitions),
    read(admissionPolicies, webhooks, clusterReports),
    read(delivery, clusterAnalysis, clusterSources, gateways, monitoringStack),
  ],
});
