import type { Environment, FoundationComponent, Platform, PlatformComponent, Resource } from "@plinth/core";
import { ciliumBaseline } from "../network/cilium/cilium-baseline.ts";
import { dnsRules } from "../network/network-baseline.ts";
import { networkPolicy } from "../network/network-policy.ts";
import { isSelectable } from "../network/platform-peers.ts";
import { mergeRules, type Rule } from "../network/rule.ts";
import { componentCiliumPolicies } from "./component-cilium-policies.ts";
import { type Flow, isEqualEverywhere, rulesOf } from "./flow.ts";
import { flowsEverywhere } from "./flows-everywhere.ts";
import { flowsInEnvironment } from "./flows-in-environment.ts";
import { openNamespaces } from "./open-namespaces.ts";
import { platformNetworkFindings } from "./platform-network-findings.ts";
import { platformNamespaceNames, protectedComponents } from "./protected-namespaces.ts";

/**
 * Who may talk to what the platform itself runs, and where that may connect to: what the catalogue knows of its software, and what its components say.
 * What names addresses or services differs by environment; the rest is equal everywhere.
 */
export const platformNetwork: FoundationComponent = {
  name: "platform-network",
  layer: "foundation",
  shared: (platform) => {
    const flows = flowsEverywhere(platform).filter(isEqualEverywhere);
    return [
      ...platformNamespaceNames(platform).map((namespace) =>
        networkPolicy({ name: "default-deny", namespace, pods: "every-pod", ingress: [], egress: [] }),
      ),
      ...selectable(platform).flatMap((component) => [
        ...policy(component, "ingress", `${component.name}-ingress`, rulesOf(component, "ingress", flows)),
        ...policy(component, "egress", `${component.name}-egress`, rulesOf(component, "egress", flows)),
      ]),
    ];
  },
  perEnvironment: (platform, environment) => {
    const flows = environmentFlows(platform, environment);
    return [
      ...openNamespaces(platform, environment),
      ...platformNamespaceNames(platform).map((namespace) =>
        networkPolicy({ name: "allow-dns", namespace, pods: "every-pod", egress: dnsRules(platform, environment) }),
      ),
      ...platformNamespaceNames(platform).flatMap((namespace) => ciliumBaseline(environment, namespace, [])),
      ...selectable(platform).flatMap((component) => [
        ...policy(
          component,
          "ingress",
          `${component.name}-local-ingress`,
          rulesOf(component, "ingress", flows, environment),
        ),
        ...policy(
          component,
          "egress",
          `${component.name}-local-egress`,
          rulesOf(component, "egress", flows, environment),
        ),
        ...componentCiliumPolicies(platform, environment, component),
      ]),
    ];
  },
  check: platformNetworkFindings,
};

/** What holds in one environment alone; flows of pods in the nodes' network are found by the nodes' addresses there. */
function environmentFlows(platform: Platform, environment: Environment): readonly Flow[] {
  return [
    ...flowsInEnvironment(platform, environment),
    ...flowsEverywhere(platform).filter((flow) => !isEqualEverywhere(flow)),
  ];
}

function selectable(platform: Platform): readonly PlatformComponent[] {
  return protectedComponents(platform).filter(isSelectable);
}

function policy(
  { namespace, podLabels }: PlatformComponent,
  direction: "ingress" | "egress",
  name: string,
  rules: readonly Rule[],
): readonly Resource[] {
  if (mergeRules(rules).length === 0) return [];
  const about = { name, namespace, pods: { labels: podLabels } };
  return [networkPolicy(direction === "ingress" ? { ...about, ingress: rules } : { ...about, egress: rules })];
}
