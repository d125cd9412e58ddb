import { AppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import {
  type ApplicationFolder,
  buildResource,
  type Environment,
  type Platform,
  type Resource,
  type Team,
} from "@plinth/core";
import { argoCdNamespace, inCluster, projectName, rootProject } from "./conventions.ts";

/**
 * The project of a team: it may deliver from this repository, into the team's namespace, the kinds that are rendered for it, and nothing else.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export function teamProject(
  platform: Platform,
  environment: Environment,
  team: Team,
  folders: readonly ApplicationFolder[],
): Resource {
  const project = projectName(team);
  const kinds = new Map(
    folders
      .filter((folder) => folder.team === team)
      .flatMap((folder) => folder.kinds.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }] as const)),
  );
  const policy = (role: string, action: string): string =>
    `p, proj:${project}:${role}, applications, ${action}, ${project}/*, allow`;
  return buildResource(AppProject, {
    metadata: {
      name: project,
      namespace: argoCdNamespace(platform),
      annotations: { "argocd.argoproj.io/sync-wave": "-1" },
    },
    spec: {
      description: `What Plinth renders for the team ${team.name} in ${environment.name}`,
      sourceRepos: [platform.repository.url],
      destinations: [{ server: inCluster, namespace: team.namespace }],
      namespaceResourceWhitelist: [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind),
      orphanedResources: { warn: false },
      roles: [
        {
          name: "deliverer",
          description: "Syncs the team's applications",
          groups: deliverers(environment, team),
          policies: [policy("deliverer", "get"), policy("deliverer", "sync")],
        },
        {
          name: "viewer",
          description: "Sees the team's applications",
          groups: [team.groups.viewers],
          policies: [policy("viewer", "get")],
        },
      ],
      ...syncWindows(environment),
    },
  });
}

/** The project of the root application: it delivers applications and projects, into Argo CD's own namespace. */
export function rootAppProject(platform: Platform, environment: Environment): Resource {
  const namespace = argoCdNamespace(platform);
  return buildResource(AppProject, {
    metadata: { name: rootProject, namespace, annotations: { "argocd.argoproj.io/sync-wave": "-1" } },
    spec: {
      description: `The applications and projects of ${environment.name}`,
      sourceRepos: [platform.repository.url],
      destinations: [{ server: inCluster, namespace }],
      namespaceResourceWhitelist: [
        { group: "argoproj.io", kind: "AppProject" },
        { group: "argoproj.io", kind: "Application" },
      ],
      ...syncWindows(environment),
    },
  });
}

/** Where a merge waits for approval, the team's admins give it. */
function deliverers(environment: Environment, team: Team): string[] {
  return environment.delivery.sync === "approval" ? [team.groups.admins] : [team.groups.admins, team.groups.developers];
}

function syncWindows({ delivery }: Environment): {
  syncWindows?: { kind: string; schedule: string; duration: string; timeZone: string; applications: string[] }[];
} {
  if (delivery.windows.length === 0) return {};
  return {
    syncWindows: delivery.windows.map(({ schedule, duration, timeZone }) => ({
      kind: "allow",
      schedule,
      duration,
      timeZone,
      applications: ["*"],
    })),
  };
}
