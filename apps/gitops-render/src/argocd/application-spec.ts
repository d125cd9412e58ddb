import type { Environment, Platform } from "@plinth/core";
import { inCluster } from "@plinth/rbac";

/** What an Application says of a folder, rendered or made by an ApplicationSet. */
export interface ApplicationSpec {
  project: string;
  source: { repoURL: string; targetRevision: string; path: string };
  destination: { server: string; namespace: string };
  syncPolicy: {
    automated?: { prune: true; selfHeal: true };
    syncOptions: string[];
    retry: { limit: number; backoff: { duration: string; factor: number; maxDuration: string }; refresh: true };
  };
}

export interface DeliveredFolder {
  readonly project: string;
  /** Below the output folder. */
  readonly path: string;
  readonly namespace: string;
}

/** Only a change below the application's own path makes Argo CD read the repository for it again. */
export const applicationAnnotations: Readonly<Record<string, string>> = {
  "argocd.argoproj.io/manifest-generate-paths": ".",
};

/** The branch as Git names it: what is written out in full, Argo CD resolves without guessing. */
export function deliveredRevision({ repository }: Platform): string {
  return `refs/heads/${repository.branch}`;
}

/**
 * What every application of an environment has in common. Never `allowEmpty`: an empty folder is a mistake, and not a wish. No `ignoreDifferences`: what is
 * delivered carries the defaults that the API server fills in, and the aggregated roles are in the foundation, which Argo CD does not read.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export function applicationSpec(
  platform: Platform,
  environment: Environment,
  { project, path, namespace }: DeliveredFolder,
): ApplicationSpec {
  const { url, path: folder } = platform.repository;
  return {
    project,
    // No `directory`: without a kustomization or a chart Argo CD reads the folder's files, flat; saying so would be dropped by its own normalisation.
    source: { repoURL: url, targetRevision: deliveredRevision(platform), path: `${folder}/${path}` },
    destination: { server: inCluster, namespace },
    syncPolicy: {
      ...(environment.delivery.sync === "automatic" ? { automated: { prune: true, selfHeal: true } } : {}),
      // Definitions come from the foundation layer, dashboards outgrow the annotation of client-side apply, and no object has two owners.
      syncOptions: ["ServerSideApply=true", "SkipDryRunOnMissingResource=true", "FailOnSharedResource=true"],
      // A sync that somebody presses is not tried again by itself. The last attempt comes after five minutes, and takes what has been merged since.
      retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "3m" }, refresh: true },
    },
  };
}
