import type { Environment, Platform, Resource, Team } from "@plinth/core";
import { teamDashboardFolder } from "./dashboard-folder.ts";
import { teamFolderPermissions } from "./folder-permissions.ts";
import { folderResources } from "./folder-resource.ts";

/** The folder that the dashboards of a team lie in, in the team's namespace: a dashboard's `folderRef` finds no other. */
export function teamFolder(platform: Platform, environment: Environment, team: Team): readonly Resource[] {
  const permissions = teamFolderPermissions(environment.dashboards.teams[team.name]);
  return folderResources(platform, teamDashboardFolder(team.name), team.namespace, permissions);
}
