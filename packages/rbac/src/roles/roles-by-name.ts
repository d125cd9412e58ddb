import type { RoleDefinition } from "./define-role.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import { namespaceDeveloper } from "./namespace-developer.ts";
import { namespaceRescuer } from "./namespace-rescuer.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import { platformAdmin } from "./platform-admin.ts";
import { platformOperator } from "./platform-operator.ts";
import { platformViewer } from "./platform-viewer.ts";

/** Roles that a group may hold in a team's namespace day by day. */
export const dailyNamespaceRoles: readonly RoleDefinition[] = [namespaceViewer, namespaceDeveloper, namespaceAdmin];

/** Roles that break-glass may give in a team's namespace. */
export const emergencyNamespaceRoles: readonly RoleDefinition[] = [...dailyNamespaceRoles, namespaceRescuer];

/** Roles that are held in the whole cluster. */
export const clusterWideRoles: readonly RoleDefinition[] = [platformViewer, platformOperator, platformAdmin];

/** Kubernetes' own role that may everything: break-glass alone may give it, and only in the whole cluster. */
export const clusterAdminName = "cluster-admin";
