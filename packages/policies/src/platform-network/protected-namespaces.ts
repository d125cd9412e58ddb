import type { Platform, PlatformComponent } from "@plinth/core";

/**
 * True for a namespace of Kubernetes itself. A default that refuses would cut off there what keeps the cluster alive (DNS, the CNI, the cloud's
 * controllers), so that no policy is rendered into it.
 */
export function isKubernetesNamespace(namespace: string): boolean {
  return namespace === "default" || namespace.startsWith("kube-");
}

/** Components whose pods policies hold for, by name: not those of Kubernetes' own namespaces, nor those in the node's network. */
export function protectedComponents(platform: Platform): readonly PlatformComponent[] {
  return platform.components.filter(({ namespace, hostNetwork }) => !isKubernetesNamespace(namespace) && !hostNetwork);
}

/** Namespaces of what the platform runs, sorted, without those of Kubernetes itself. */
export function platformNamespaceNames({ components }: Platform): readonly string[] {
  return [...new Set(components.map(({ namespace }) => String(namespace)))]
    .filter((namespace) => !isKubernetesNamespace(namespace))
    .sort();
}

/**
 * Namespaces in which nothing is open but what is declared: those of teams and of what the platform runs.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * protectedNamespaces(examplePlatform()).has("kube-system"); // false
 */
export function protectedNamespaces(platform: Platform): ReadonlySet<string> {
  return new Set([...platform.teams.map(({ namespace }) => String(namespace)), ...platformNamespaceNames(platform)]);
}
