import { componentsWithRole, type Platform, type PlatformComponent } from "@plinth/core";
import { everyPodIn } from "../network/peer.ts";
import { portsNamed } from "../network/platform-peers.ts";
import { type TransportPort, tcp, udp } from "../network/rule.ts";
import { softwareOf } from "./catalogue.ts";
import { componentPorts, portsOfSoftware } from "./component-ports.ts";
import type { Flow, FlowEnd } from "./flow.ts";
import { platformNamespaceNames } from "./protected-namespaces.ts";
import type { Visitor } from "./software.ts";

// A platform is frozen, so what is derived from it is kept as long as it is.
const known = new WeakMap<Platform, readonly Flow[]>();

/** What components of a platform open to each other, to services and to anyone, in whatever environment. */
export function flowsEverywhere(platform: Platform): readonly Flow[] {
  const flows = known.get(platform) ?? flowsOf(platform);
  known.set(platform, flows);
  return flows;
}

function flowsOf(platform: Platform): readonly Flow[] {
  return platform.components.flatMap((component) => [
    ...knownFlows(platform, component),
    ...declaredFlows(platform, component),
    ...visits(platform, component),
    ...serviceFlows(platform, component),
  ]);
}

/** What is known of the software: its connections to other software, wherever that runs. */
function knownFlows(platform: Platform, component: PlatformComponent): Flow[] {
  return (softwareOf(component)?.connects ?? []).flatMap((destination) =>
    destination.to !== "software"
      ? []
      : platform.components
          .filter((target) => softwareOf(target)?.name === destination.software)
          .flatMap((target) => flow({ component }, { component: target }, portsOfSoftware(target, destination.port))),
  );
}

/** What the component says itself: ports of others by name. */
function declaredFlows(platform: Platform, component: PlatformComponent): Flow[] {
  return component.connects.flatMap((connection) =>
    "component" in connection
      ? platform.components
          .filter(({ name }) => name === connection.component)
          .flatMap((target) => flow({ component }, { component: target }, portsOfSoftware(target, connection.port)))
      : [],
  );
}

function visits(platform: Platform, component: PlatformComponent): Flow[] {
  return componentPorts(component).flatMap(({ ports, visitors }) =>
    visitors.flatMap((visitor) => visitorEnds(platform, visitor).flatMap((end) => flow(end, { component }, ports))),
  );
}

function visitorEnds(platform: Platform, visitor: Visitor): readonly FlowEnd[] {
  return visitor === "anyone" ? ["anyone"] : componentsWithRole(platform, visitor).map((component) => ({ component }));
}

/** What every pod of a team may use: telemetry agents, and DNS where it does not run among Kubernetes' own. */
function serviceFlows(platform: Platform, component: PlatformComponent): Flow[] {
  const teams = platform.teams.map(({ namespace }) => String(namespace));
  const from = (namespaces: readonly string[], ports: readonly TransportPort[]): Flow[] =>
    everyPodIn(namespaces).flatMap((peer) => flow({ peers: [peer] }, { component }, ports));
  return [
    ...(component.roles.includes("telemetry-agent") ? from(teams, portsNamed(component, "otlp").map(tcp)) : []),
    ...(component.roles.includes("dns")
      ? from(
          [...teams, ...platformNamespaceNames(platform)],
          portsNamed(component, "dns").flatMap((port) => [tcp(port), udp(port)]),
        )
      : []),
  ];
}

function flow(from: FlowEnd, to: FlowEnd, ports: readonly TransportPort[]): Flow[] {
  return ports.length === 0 ? [] : [{ from, to, ports }];
}
