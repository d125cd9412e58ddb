import type { ArgoCdComponent } from "@plinth/core";
import { rootAppProject, teamProject } from "./app-project.ts";
import { folderApplication, rootApplication } from "./application.ts";

/** Argo CD's projects and applications: one project for each team that has something to deliver, one application for each folder. */
export const argoCdComponent: ArgoCdComponent = {
  name: "delivery",
  layer: "argocd",
  perEnvironment: (platform, environment, folders) => [
    rootAppProject(platform, environment),
    rootApplication(platform, environment),
    ...platform.teams
      .filter((team) => folders.some((folder) => folder.team === team))
      .map((team) => teamProject(platform, environment, team, folders)),
    ...folders.map((folder) => folderApplication(platform, environment, folder)),
  ],
};
