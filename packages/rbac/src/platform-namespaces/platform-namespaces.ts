import type { FoundationComponent, Platform, PlatformComponent, PodSecurityLevel, Resource } from "@plinth/core";
import { namespace } from "../tenancy/namespace.ts";
import type { PodSecurityLevels } from "../tenancy/pod-security.ts";
import { nodeAccessOf } from "./node-access.ts";

const levels: Readonly<Record<PodSecurityLevel, PodSecurityLevels>> = {
  privileged: { enforce: "privileged", audit: "privileged", warn: "privileged" },
  baseline: { enforce: "baseline", audit: "restricted", warn: "restricted" },
  restricted: { enforce: "restricted", audit: "restricted", warn: "restricted" },
};

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
  const needs = platform.components.filter(({ namespace }) => namespace === name).map(needOf);
  const level = weakestFirst.find((candidate) => needs.some((need) => need.level === candidate)) ?? "baseline";
  const reasons = new Set(needs.filter((need) => need.level === level).flatMap(({ because }) => because));
  return namespace({
    name,
    kubernetes: oldestKubernetes(platform),
    podSecurity: levels[level],
    ...(level !== "privileged" || reasons.size === 0
      ? {}
      : { description: `Privileged because ${[...reasons].join("; ")}.` }),
  });
}

/** A namespace enforces what its most demanding component can live with. */
const weakestFirst: readonly PodSecurityLevel[] = ["privileged", "baseline", "restricted"];

interface PodSecurityNeed {
  readonly level: PodSecurityLevel;
  readonly because: readonly string[];
}

/** The level that a component says, or what is known of it. */
function needOf(component: PlatformComponent): PodSecurityNeed {
  const known = nodeAccessOf(component).map(({ because }) => because);
  const level = component.podSecurity ?? (known.length === 0 ? "baseline" : "privileged");
  const said = component.podSecurity === undefined ? known : [`${component.name} is declared so`];
  return { level, because: level === "privileged" && known.length > 0 ? known : said };
}

/** The version that every cluster knows: the same file serves all of them. */
function oldestKubernetes({ environments }: Platform): string {
  const minors = environments.map(({ cluster }) => Number(cluster.kubernetes.split(".")[1]));
  return `1.${Math.min(...minors)}`;
}
