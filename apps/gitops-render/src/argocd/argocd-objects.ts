import type { ApplicationFolder, Environment, Platform, Resource } from "@plinth/core";
import { ownProject, renderedProject, rootProject } from "@plinth/rbac";
import { folderApplication, rootApplication } from "./application.ts";
import { teamApplicationSet } from "./application-set.ts";

/**
 * Argo CD's projects and applications: a project for each team that has something rendered, another for each team with repositories of its own, and one
 * application for each folder, rendered or made by the team's ApplicationSet.
 */
export function argoCdObjects(
  platform: Platform,
  environment: Environment,
  folders: readonly ApplicationFolder[],
): readonly Resource[] {
  const delivered = platform.teams.filter((team) => folders.some((folder) => folder.team === team));
  return [
    rootProject(platform, environment),
    rootApplication(platform, environment),
    ...delivered.map((team) => renderedProject(platform, environment, team, folders)),
    ...platform.teams
      .filter(({ repositories }) => repositories.length > 0)
      .map((team) => ownProject(platform, environment, team)),
    ...(platform.delivery.by === "application-sets"
      ? delivered.map((team) => teamApplicationSet(platform, environment, team))
      : folders.map((folder) => folderApplication(platform, environment, folder))),
  ];
}
