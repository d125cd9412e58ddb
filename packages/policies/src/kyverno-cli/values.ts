/** Namespaces with their labels, as the Kyverno command line reads them from a values file: it knows no other labels of a namespace. */
export function kyvernoValues(namespaces: readonly string[]): unknown {
  return {
    apiVersion: "cli.kyverno.io/v1alpha1",
    kind: "Values",
    metadata: { name: "values" },
    namespaces: namespaces.map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
    })),
  };
}
