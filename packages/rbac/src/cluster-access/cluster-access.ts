import { type Document, emitYaml, type FoundationComponent, type Platform } from "@plinth/core";
import { clusterConfig } from "./access-entries.ts";
import { awsAuth } from "./aws-auth.ts";
import { clusterAccessFindings } from "./cluster-access-findings.ts";

/**
 * How people and services get into each cluster, as files that a platform engineer applies: `access/<environment>/cluster-config.yaml` for eksctl, or
 * `access/<environment>/aws-auth.yaml` for kubectl. They are no part of a layer: a mistake in one locks everybody out, so nothing applies them by itself.
 */
export const clusterAccess: FoundationComponent = {
  name: "cluster-access",
  layer: "foundation",
  documents: (platform) => accessDocuments(platform),
  check: (platform) => clusterAccessFindings(platform),
};

function accessDocuments(platform: Platform): Document[] {
  return platform.environments.flatMap((environment) => {
    const folder = `access/${environment.name}`;
    const config = clusterConfig(platform, environment);
    return [
      ...(config === undefined ? [] : [{ path: `${folder}/cluster-config.yaml`, text: emitYaml(config) }]),
      ...(environment.access.authentication.by === "aws-auth"
        ? [{ path: `${folder}/aws-auth.yaml`, text: emitYaml(awsAuth(platform, environment)) }]
        : []),
    ];
  });
}
