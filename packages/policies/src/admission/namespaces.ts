/** A selector of namespaces by their names. */
export interface NamespaceSelection {
  namespaceSelector: { matchExpressions: { key: string; operator: string; values: string[] }[] };
}

/** Selects namespaces one by one, by the label that the API server sets and nobody can forge. */
export function inNamespaces(namespaces: readonly string[]): NamespaceSelection {
  return {
    namespaceSelector: {
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] }],
    },
  };
}
