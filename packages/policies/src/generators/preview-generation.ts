import type { Environment, Platform, Resource, Team } from "@plinth/core";
import { cel } from "../admission/cel.ts";
import { namespaceKind } from "../mutations/mutation.ts";
import { type Generation, templateOf } from "./generation.ts";
import { type PreviewQuota, previewContents } from "./preview-contents.ts";
import { previewLabel, previewPrefix } from "./preview-namespace.ts";

/**
 * What Kyverno makes in each preview of a team, as soon as its namespace is there.
 *
 * @example
 * import type { Environment, Platform, Resource, Team } from "@plinth/core";
 * declare const platform: Platform;
 * declare const development: Environment;
 * declare const backend: Team;
 * previewGeneration(platform, development, backend, { cpu: "2", memory: "4Gi", pods: 20, storage: "10Gi" }).name; // "bootstrap-previews-of-backend"
 */
export function previewGeneration(
  platform: Platform,
  environment: Environment,
  team: Team,
  quota: PreviewQuota,
): Generation {
  const contents = previewContents(platform, environment, team, quota);
  const name = `${previewPrefix(team)}42`;
  const labels = { [previewLabel]: team.name };
  return {
    name: `bootstrap-previews-of-${team.name}`,
    title: `Bootstrap the previews of ${team.name}`,
    what: `A namespace with the label ${previewLabel}: ${team.name} whose name begins with ${previewPrefix(team)} gets a default deny that lets names be looked up, a quota, limits, and the team's roles.`,
    why: "Without it everything may talk to a preview, it may take the whole cluster, and nobody but an administrator may look into it.",
    kinds: [namespaceKind],
    labels,
    conditions: { "of-the-team": cel`object.metadata.name.startsWith(${previewPrefix(team)})` },
    template: templateOf(contents),
    trials: [{ trigger: namespaceOf(name, labels), makes: contents.map((resource) => placedIn(name, resource)) }],
    ignores: [
      namespaceOf("kube-system", labels),
      namespaceOf(team.namespace, labels),
      namespaceOf(`${name}-unlabelled`, {}),
      namespaceOf(`${name}-of-nobody`, { [previewLabel]: "nobody" }),
    ],
  };
}

/** A Namespace as the API server has it. */
function namespaceOf(name: string, labels: Readonly<Record<string, string>>): Resource {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { ...labels, "kubernetes.io/metadata.name": name } },
  };
}

function placedIn(namespace: string, resource: Resource): Resource {
  return { ...resource, metadata: { ...resource.metadata, namespace } };
}
