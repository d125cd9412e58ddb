import type { ArgoCdComponent } from "@plinth/core";
import { ownProject, renderedProject, rootProject } from "@plinth/rbac";
import { folderApplication, rootApplication } from "./application.ts";

/**
 * Argo CD's projects and applications: a project for each team that has something rendered, another for each team with repositories of its own, and one
 * application for each folder.
 */
export const argoCdComponent: ArgoCdComponent = {
  name: "delivery",
  layer: "argocd",
  perEnvironment: (platform, environment, folders) => [
    rootProject(platform, environment),
    rootApplication(platform, environment),
    ...platform.teams
      .filter((team) => folders.some((folder) => folder.team === team))
      .map((team) => renderedProject(platform, environment, team, folders)),
    ...platform.teams
      .filter(({ repositories }) => repositories.length > 0)
      .map((team) => ownProject(platform, environment, team)),
    ...folders.map((folder) => folderApplication(platform, environment, folder)),
  ],
};
