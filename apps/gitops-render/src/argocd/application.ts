import { Application } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import {
  type ApplicationFolder,
  applicationName,
  buildResource,
  type Environment,
  type Platform,
  type Resource,
} from "@plinth/core";
import { argoCdNamespace, inCluster, renderedProjectName, rootProjectName } from "@plinth/rbac";

/** The Application that delivers one folder of the application layer. */
export function folderApplication(platform: Platform, environment: Environment, folder: ApplicationFolder): Resource {
  return application(platform, environment, {
    name: applicationName(environment.name, folder.team.name, folder.service?.name),
    project: renderedProjectName(folder.team),
    path: folder.path,
    namespace: folder.team.namespace,
  });
}

/** The Application that delivers all others of an environment, itself included: the only one that is applied by hand, once. */
export function rootApplication(platform: Platform, environment: Environment): Resource {
  return application(platform, environment, {
    name: environment.name,
    project: rootProjectName,
    path: `argocd/${environment.name}`,
    namespace: argoCdNamespace(platform),
  });
}

interface Delivered {
  readonly name: string;
  readonly project: string;
  /** Below the output folder. */
  readonly path: string;
  readonly namespace: string;
}

function application(
  platform: Platform,
  environment: Environment,
  { name, project, path, namespace }: Delivered,
): Resource {
  const { url, branch, path: folder } = platform.repository;
  return buildResource(Application, {
    metadata: {
      name,
      namespace: argoCdNamespace(platform),
      // Only a change below this path makes Argo CD read the repository for this application again.
      annotations: { "argocd.argoproj.io/manifest-generate-paths": "." },
    },
    spec: {
      project,
      // No `directory`: without a kustomization or a chart Argo CD reads the folder's files, flat; saying so would be dropped by its own normalisation.
      source: { repoURL: url, targetRevision: `refs/heads/${branch}`, path: `${folder}/${path}` },
      destination: { server: inCluster, namespace },
      syncPolicy: {
        ...(environment.delivery.sync === "automatic" ? { automated: { prune: true, selfHeal: true } } : {}),
        // Definitions come from the foundation layer, dashboards outgrow the annotation of client-side apply, and no object has two owners.
        syncOptions: ["ServerSideApply=true", "SkipDryRunOnMissingResource=true", "FailOnSharedResource=true"],
      },
    },
  });
}
