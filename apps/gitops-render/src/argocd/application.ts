import { Application } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import {
  type ApplicationFolder,
  applicationName,
  buildResource,
  type Environment,
  labelKeys,
  type Platform,
  type Resource,
} from "@plinth/core";
import { deliveryNamespace, renderedProjectName, rootProjectName } from "@plinth/rbac";
import { type ApplicationSpec, applicationAnnotations, applicationSpec } from "./application-spec.ts";

// Argo CD removes what an application has delivered before it lets the application go; without it the objects stay, and belong to nobody.
const cascade = "resources-finalizer.argocd.argoproj.io/foreground";

/** The Application that delivers one folder of the application layer. Removed, it takes with it what it has delivered. */
export function folderApplication(platform: Platform, environment: Environment, folder: ApplicationFolder): Resource {
  const { path, team, service } = folder;
  return application(
    platform,
    {
      name: applicationName(environment.name, team.name, service?.name),
      labels: {
        [labelKeys.team]: team.name,
        ...(service === undefined ? {} : { [labelKeys.service]: service.name, [labelKeys.tier]: service.tier }),
      },
      finalizers: [cascade],
    },
    applicationSpec(platform, environment, {
      project: renderedProjectName(team),
      path,
      namespace: team.namespace,
    }),
  );
}

/**
 * The Application that delivers all others of an environment, itself included: the only one that is applied by hand, once. Removed, it leaves everything
 * where it is.
 */
export function rootApplication(platform: Platform, environment: Environment): Resource {
  return application(
    platform,
    { name: environment.name },
    applicationSpec(platform, environment, {
      project: rootProjectName,
      path: `argocd/${environment.name}`,
      namespace: deliveryNamespace(platform),
    }),
  );
}

interface ApplicationHead {
  readonly name: string;
  readonly labels?: Record<string, string>;
  readonly finalizers?: string[];
}

function application(platform: Platform, { name, ...metadata }: ApplicationHead, spec: ApplicationSpec): Resource {
  return buildResource(Application, {
    metadata: {
      name,
      namespace: deliveryNamespace(platform),
      annotations: applicationAnnotations,
      ...metadata,
    },
    spec,
  });
}
