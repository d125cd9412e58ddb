import type { FoundationComponent, Platform, Resource } from "@plinth/core";
import { namespace } from "../tenancy/namespace.ts";
import type { PodSecurityLevels } from "../tenancy/pod-security.ts";
import { nodeAccessOf } from "./node-access.ts";

const ordinary: PodSecurityLevels = { enforce: "baseline", audit: "restricted", warn: "restricted" };
const privileged: PodSecurityLevels = { enforce: "privileged", audit: "privileged", warn: "privileged" };

/** The namespaces of what the platform itself runs, at the Pod Security level that it needs. Those of Kubernetes are Kubernetes' own. */
export const platformNamespaces: FoundationComponent = {
  name: "platform-namespaces",
  layer: "foundation",
  shared: (platform) => {
    const names = [...new Set(platform.components.map((component) => String(component.namespace)))].sort();
    return names
      .filter((name) => name !== "default" && !name.startsWith("kube-"))
      .map((name) => platformNamespace(platform, name));
  },
};

function platformNamespace(platform: Platform, name: string): Resource {
  const reasons = new Set(
    platform.components
      .filter((component) => component.namespace === name)
      .flatMap((component) => nodeAccessOf(component).map(({ because }) => because)),
  );
  return namespace({
    name,
    kubernetes: oldestKubernetes(platform),
    podSecurity: reasons.size === 0 ? ordinary : privileged,
    ...(reasons.size === 0 ? {} : { description: `Privileged because ${[...reasons].join("; ")}.` }),
  });
}

/** The version that every cluster knows: the same file serves all of them. */
function oldestKubernetes({ environments }: Platform): string {
  const minors = environments.map(({ cluster }) => Number(cluster.kubernetes.split(".")[1]));
  return `1.${Math.min(...minors)}`;
}
