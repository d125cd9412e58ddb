import type { Environment, Platform, Team } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { cel } from "../admission/cel.ts";
import { object } from "../admission/object-fixture.ts";
import { patchesOf, writeWhere } from "../mutations/json-patch.ts";
import { type Mutation, namespaceKind } from "../mutations/mutation.ts";
import { isPreview, previewLabel, previewPrefix } from "./preview-namespace.ts";

const modes = ["enforce", "audit", "warn"] as const;

/**
 * A preview is held to the Pod Security levels of its environment. Kyverno's policies name the namespaces that they judge; these labels need no name.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function labelPreviews(platform: Platform, { admission, cluster }: Environment, team: Team): Mutation {
  const labels = Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, admission.podSecurity[mode]],
      [`pod-security.kubernetes.io/${mode}-version`, `v${cluster.kubernetes}`],
    ]),
  );
  const own = { ...labels, "pod-security.kubernetes.io/enforce": "restricted" };
  const preview = { [previewLabel]: team.name };
  const name = `${previewPrefix(team)}42`;
  return {
    name: "label-previews",
    title: "Pod Security of previews",
    category: "Pod Security",
    what: "A namespace that is a preview gets the Pod Security labels of its environment, where it has none.",
    why: "A namespace without them admits privileged pods.",
    keepYourOwn: "Set the labels on the namespace; whoever may create one decides.",
    kinds: [namespaceKind],
    // While Kyverno is away, a preview would come without its default deny as well.
    indispensable: true,
    conditions: { "is-preview": isPreview(platform) },
    variables: {},
    patches: [
      patchesOf(
        ...Object.entries(labels).map(([key, value]) =>
          writeWhere(cel`!(${key} in object.metadata.labels)`, `/metadata/labels/${key.replaceAll("/", "~1")}`, value),
        ),
      ),
    ],
    changes: [
      {
        before: object(Namespace, {}, { name, labels: preview }),
        after: object(Namespace, {}, { name, labels: { ...preview, ...labels } }),
      },
      {
        before: object(
          Namespace,
          {},
          { name, labels: { ...preview, "pod-security.kubernetes.io/enforce": "restricted" } },
        ),
        after: object(Namespace, {}, { name, labels: { ...preview, ...own } }),
      },
    ],
    keeps: [
      object(Namespace, {}, { name }),
      object(Namespace, {}, { name: `${team.namespace}-elsewhere`, labels: preview }),
      object(Namespace, {}, { name, labels: { ...preview, ...own } }),
    ],
  };
}
