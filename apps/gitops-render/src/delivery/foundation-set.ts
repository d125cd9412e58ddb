import { hash } from "node:crypto";
import { emitYaml, type Platform } from "@plinth/core";

const group = "plinth.dev";
const kind = "FoundationSet";
const plural = "foundationsets";

/**
 * The kind of object by which kubectl knows what the last apply of the foundation held, so that the next one removes what is gone: the parent of an ApplySet. It
 * has to be of a cluster-wide kind with this label: the foundation is in many namespaces and in none.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#applyset-kubernetes-io-is-parent-type
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune
 */
export function foundationSetDefinition(): string {
  return emitYaml({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, labels: { "applyset.kubernetes.io/is-parent-type": "true" } },
    spec: {
      group,
      scope: "Cluster",
      names: { kind, listKind: `${kind}List`, plural, singular: "foundationset" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  });
}

/**
 * The one set of a cluster, empty: what it holds, kubectl writes into its annotations. So it is created, once, and never applied: that would make it empty again,
 * and what it held would never be pruned.
 */
export function foundationSet({ name }: Platform): string {
  return emitYaml({
    apiVersion: `${group}/v1`,
    kind,
    metadata: {
      name,
      labels: { "applyset.kubernetes.io/id": setId(name) },
      annotations: {
        "applyset.kubernetes.io/contains-group-kinds": "",
        // Only the name before the slash is compared.
        "applyset.kubernetes.io/tooling": "kubectl/v1.36",
      },
    },
  });
}

/** The format is fixed: name, namespace, kind and group of the set, hashed (k8s.io/kubectl pkg/cmd/apply/applyset.go). */
function setId(name: string): string {
  return `applyset-${hash("sha256", [name, "", kind, group].join("."), "base64url")}-v1`;
}
