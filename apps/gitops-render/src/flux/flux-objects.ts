import {
  type ApplicationFolder,
  applicationName,
  type Environment,
  labelKeys,
  type Platform,
  type Resource,
  type Team,
} from "@plinth/core";
import { deliveryNamespace, ownProjectName, renderedProjectName, rootProjectName } from "@plinth/rbac";
import { gitRepository, type KustomizationSpec, kustomization } from "./flux-kinds.ts";
import { ownRepositoryName } from "./own-repositories.ts";

/**
 * Flux's objects of an environment: the platform's repository, a root that delivers the others, and for each folder a Kustomization that reconciles as the account
 * of its team; for each repository of a team's own, its source and a Kustomization that may no more than the team.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export function fluxObjects(
  platform: Platform,
  environment: Environment,
  folders: readonly ApplicationFolder[],
): readonly Resource[] {
  const namespace = deliveryNamespace(platform);
  const { url, path } = platform.repository;
  return [
    gitRepository(
      { name: rootProjectName, namespace },
      {
        url,
        ref: { name: revisionOf(platform, environment) },
        ...polling,
        sparseCheckout: [`${path}/application/${environment.name}`, `${path}/flux/${environment.name}`],
        // The secret that `flux bootstrap` and `flux create secret git` make by default.
        secretRef: { name: "flux-system" },
      },
    ),
    kustomization(
      { name: rootProjectName, namespace },
      {
        ...reconciled(rootProjectName, `${path}/flux/${environment.name}`, rootProjectName),
        // Each of them says for itself whether it is ready.
        wait: false,
        // Removed, it leaves everything where it is, as the root of Argo CD does.
        deletionPolicy: "Orphan",
      },
    ),
    ...folders.map((folder) => folderKustomization(platform, environment, folder, folders)),
    ...platform.teams.flatMap((team) => ownRepositories(platform, environment, team)),
  ];
}

const polling = { interval: "1m", timeout: "1m" } as const;

/**
 * What an environment follows. Where a merge is deployed, the delivered branch. Where somebody approves, a branch of the environment's name: to approve is to push
 * a commit of the delivered branch there. A suspended Kustomization would wait as well, and would no longer take back what is changed by hand.
 */
function revisionOf({ repository }: Platform, { name, delivery }: Environment): string {
  return `refs/heads/${delivery.sync === "approval" ? name : repository.branch}`;
}

function reconciled(source: string, path: string, account: string): KustomizationSpec {
  return {
    sourceRef: { kind: "GitRepository", name: source },
    path: `./${path}`,
    serviceAccountName: account,
    interval: "10m",
    retryInterval: "1m",
    timeout: "5m",
    prune: true,
    wait: true,
    force: false,
    deletionPolicy: "MirrorPrune",
  };
}

function folderKustomization(
  platform: Platform,
  environment: Environment,
  { path, team, service }: ApplicationFolder,
  folders: readonly ApplicationFolder[],
): Resource {
  // The team's folder of dashboards, and what else all of its services use.
  const first = folders.some((other) => other.team === team && other.service === undefined);
  return kustomization(
    {
      name: applicationName(environment.name, team.name, service?.name),
      namespace: deliveryNamespace(platform),
      labels: {
        [labelKeys.team]: team.name,
        ...(service === undefined ? {} : { [labelKeys.service]: service.name, [labelKeys.tier]: service.tier }),
      },
    },
    {
      ...reconciled(rootProjectName, `${platform.repository.path}/${path}`, renderedProjectName(team)),
      ...(service === undefined || !first
        ? {}
        : { dependsOn: [{ name: applicationName(environment.name, team.name) }] }),
    },
  );
}

/** Of a team's own repository is delivered the folder of the environment's name, with the rights of the team's account, into the team's namespace. */
function ownRepositories(platform: Platform, environment: Environment, team: Team): Resource[] {
  return team.repositories.flatMap((url) => {
    const metadata = {
      name: ownRepositoryName(team, url),
      namespace: deliveryNamespace(platform),
      labels: { [labelKeys.team]: team.name },
    };
    return [
      gitRepository(metadata, {
        url,
        ref: { name: "refs/heads/main" },
        ...polling,
        secretRef: { name: ownProjectName(team) },
      }),
      kustomization(metadata, {
        ...reconciled(metadata.name, environment.name, ownProjectName(team)),
        targetNamespace: team.namespace,
      }),
    ];
  });
}
