import type { FoundationComponent } from "@plinth/core";
import { clusterRole, differsByEnvironment, type RoleDefinition } from "../roles/define-role.ts";
import { developerBase } from "../roles/developer-base.ts";
import { platformAdmin } from "../roles/platform-admin.ts";
import { platformOperator } from "../roles/platform-operator.ts";
import { platformViewer } from "../roles/platform-viewer.ts";
import { bindInCluster } from "./group-binding.ts";

const clusterRoles: readonly RoleDefinition[] = [platformViewer, platformOperator, platformAdmin, developerBase];

/**
 * What is held in the whole cluster: the platform's own groups by what they do, and what every team's groups see outside of their namespace. One binding
 * for all teams, so that another team is a change of one file.
 */
export const platformAccess: FoundationComponent = {
  name: "platform-access",
  layer: "foundation",
  shared: ({ groups, teams }) => [
    ...clusterRoles.filter((role) => !differsByEnvironment(role)).map((role) => clusterRole(role)),
    bindInCluster(platformViewer, groups.viewers),
    bindInCluster(platformOperator, groups.operators),
    bindInCluster(platformAdmin, groups.admins),
    ...(teams.length === 0
      ? []
      : [bindInCluster(developerBase, ...teams.flatMap((team) => Object.values(team.groups)))]),
  ],
  perEnvironment: (_platform, environment) =>
    clusterRoles.filter(differsByEnvironment).map((role) => clusterRole(role, environment)),
};
