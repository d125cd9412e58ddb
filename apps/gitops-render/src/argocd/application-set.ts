import { ApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet";
import {
  applicationName,
  buildResource,
  type Environment,
  labelKeys,
  type Platform,
  type Resource,
  type Team,
} from "@plinth/core";
import { deliveryNamespace, renderedProjectName } from "@plinth/rbac";
import { applicationAnnotations, applicationSpec, deliveredRevision } from "./application-spec.ts";

/**
 * The ApplicationSet that makes an Application of each of a team's folders, under the names that rendered ones have. The project is written out, one set for
 * each team: a templated one would let a folder's name choose whose permissions it is delivered with.
 *
 * Where a merge waits for approval, a folder that is gone takes no Application with it, and a set that is gone leaves what its Applications have delivered.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Security/
 */
export function teamApplicationSet(platform: Platform, environment: Environment, team: Team): Resource {
  const { url, path: folder } = platform.repository;
  const own = applicationName(environment.name, team.name);
  const byHand = environment.delivery.sync === "approval";
  const spec = applicationSpec(platform, environment, {
    project: renderedProjectName(team),
    path: `application/${environment.name}/${team.name}/{{.path.basename}}`,
    namespace: team.namespace,
  });
  return buildResource(ApplicationSet, {
    metadata: { name: own, namespace: deliveryNamespace(platform), labels: { [labelKeys.team]: team.name } },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [
        {
          git: {
            repoURL: url,
            revision: deliveredRevision(platform),
            directories: [{ path: `${folder}/application/${environment.name}/${team.name}/*` }],
          },
        },
      ],
      syncPolicy: byHand
        ? { applicationsSync: "create-update", preserveResourcesOnDeletion: true }
        : { applicationsSync: "sync" },
      template: {
        metadata: {
          name: `${own}{{if ne .path.basename "_team"}}-{{.path.basename}}{{end}}`,
          labels: { [labelKeys.environment]: environment.name, [labelKeys.team]: team.name },
          annotations: applicationAnnotations,
        },
        spec,
      },
    },
  });
}
