import { AppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import {
  type ApplicationFolder,
  buildResource,
  type Environment,
  type Platform,
  type Resource,
  type Team,
} from "@plinth/core";
import { deliveryNamespace, inCluster, ownProjectName, renderedProjectName, rootProjectName } from "./conventions.ts";
import { deliveryKinds, ownKinds } from "./delivered-kinds.ts";
import { waveAnnotations } from "./sync-waves.ts";
import { projectSyncWindows } from "./sync-windows.ts";

/**
 * The project of what is rendered for a team: it delivers from the platform's repository, into the team's namespace, the kinds that are rendered for it,
 * and nothing else.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 *
 * @example
 * import type { Environment, Platform, Team } from "@plinth/core";
 * declare const platform: Platform;
 * declare const environment: Environment;
 * declare const team: Team;
 * const project = renderedProject(platform, environment, team, []);
 */
export function renderedProject(
  platform: Platform,
  environment: Environment,
  team: Team,
  folders: readonly ApplicationFolder[],
): Resource {
  const kinds = folders.filter((folder) => folder.team === team).flatMap((folder) => folder.kinds);
  return project(platform, environment, {
    name: renderedProjectName(team),
    description: `What Plinth renders for the team ${team.name} in ${environment.name}`,
    repositories: [platform.repository.url],
    namespace: team.namespace,
    kinds,
    roles: projectRoles(environment, team, renderedProjectName(team), {
      deliverers: ["get", "sync"],
      developers: ["get"],
    }),
  });
}

/**
 * The project of a team's own repositories: they may deliver into the team's namespace what its developers may change by hand elsewhere, and nothing that
 * holds the namespace in its bounds. Its applications are the team's to name.
 *
 * @example
 * import type { Environment, Platform, Team } from "@plinth/core";
 * declare const platform: Platform;
 * declare const environment: Environment;
 * declare const team: Team;
 * const project = ownProject(platform, environment, team);
 */
export function ownProject(platform: Platform, environment: Environment, team: Team): Resource {
  const restarts = ["DaemonSet", "Deployment", "StatefulSet"].map((kind) => `action/apps/${kind}/restart`);
  return project(platform, environment, {
    name: ownProjectName(team),
    description: `What the team ${team.name} delivers from its own repositories in ${environment.name}`,
    repositories: team.repositories,
    namespace: team.namespace,
    kinds: ownKinds,
    roles: projectRoles(environment, team, ownProjectName(team), {
      deliverers: ["get", "sync", "create", "update", "delete", ...restarts],
      developers: ["get", ...restarts],
      logs: true,
    }),
  });
}

/**
 * The project of the root application: it delivers applications and projects, into Argo CD's own namespace.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const environment: Environment;
 * const project = rootProject(platform, environment);
 */
export function rootProject(platform: Platform, environment: Environment): Resource {
  return project(platform, environment, {
    name: rootProjectName,
    description: `The applications and projects of ${environment.name}`,
    repositories: [platform.repository.url],
    namespace: deliveryNamespace(platform),
    kinds: deliveryKinds(platform),
  });
}

interface ProjectRole {
  name: string;
  description: string;
  groups: string[];
  policies: string[];
}

interface Project {
  readonly name: string;
  readonly description: string;
  readonly repositories: readonly string[];
  readonly namespace: string;
  readonly kinds: readonly { readonly group: string; readonly kind: string }[];
  readonly roles?: ProjectRole[];
}

function project(platform: Platform, environment: Environment, { name, namespace, ...of }: Project): Resource {
  const home = deliveryNamespace(platform);
  const kinds = new Map(of.kinds.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
  const syncWindows = projectSyncWindows(environment);
  return buildResource(AppProject, {
    metadata: { name, namespace: home, annotations: waveAnnotations("AppProject") },
    spec: {
      description: of.description,
      sourceRepos: [...of.repositories],
      destinations: [{ server: inCluster, namespace }],
      // With its namespace, or Argo CD looks for the account in the destination (util/settings/impersonation.go).
      destinationServiceAccounts: [{ server: inCluster, namespace, defaultServiceAccount: `${home}:${name}` }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind),
      ...(of.roles === undefined ? {} : { orphanedResources: { warn: false }, roles: of.roles }),
      ...(syncWindows.length === 0 ? {} : { syncWindows }),
    },
  });
}

interface ProjectActions {
  readonly deliverers: readonly string[];
  readonly developers: readonly string[];
  /** Whether those who see logs in the cluster see them through Argo CD. */
  readonly logs?: boolean;
}

/** Where a merge waits for approval, the team's admins give it. Everybody sees. */
function projectRoles(
  { delivery }: Environment,
  { groups }: Team,
  project: string,
  { deliverers, developers, logs = false }: ProjectActions,
): ProjectRole[] {
  const policies = (role: string, actions: readonly string[], readsLogs: boolean): string[] => [
    ...actions.map((action) => `p, proj:${project}:${role}, applications, ${action}, ${project}/*, allow`),
    ...(readsLogs ? [`p, proj:${project}:${role}, logs, get, ${project}/*, allow`] : []),
  ];
  const byHand = delivery.sync === "approval" ? [groups.admins] : [groups.admins, groups.developers];
  return [
    {
      name: "deliverer",
      description: "Syncs the team's applications",
      groups: groupList(byHand),
      policies: policies("deliverer", deliverers, logs),
    },
    {
      name: "developer",
      description: "Sees the team's applications, and restarts what it may restart",
      groups: groupList([groups.developers]),
      policies: policies("developer", developers, logs),
    },
    {
      name: "viewer",
      description: "Sees the team's applications",
      groups: groupList([groups.viewers]),
      policies: policies("viewer", ["get"], false),
    },
  ];
}

/** Each group once: Argo CD refuses a project that names one twice. A comma would end the name, so it is quoted. */
function groupList(groups: readonly string[]): string[] {
  return [...new Set(groups)].map((group) => (group.includes(",") ? JSON.stringify(group) : group));
}
