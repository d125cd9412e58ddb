import type { PlatformComponent } from "@plinth/core";
import type { TransportPort } from "../network/rule.ts";
import { softwareOf } from "./catalogue.ts";
import type { Visitor } from "./software.ts";

/** A port that a component listens on. */
export interface ComponentPort {
  readonly name: string;
  readonly number: number;
  /** The port, once for each of its protocols. */
  readonly ports: readonly TransportPort[];
  readonly visitors: readonly Visitor[];
}

/**
 * The ports of a component: those that the catalogue knows of its software, at the numbers that the component gives them, and those that it gives beside
 * them. Of the latter, ports named `metrics` are scraped; so are those whose metrics the component declares.
 */
export function componentPorts(component: PlatformComponent): readonly ComponentPort[] {
  const software = softwareOf(component);
  const known = software?.ports ?? {};
  const unsaid = software?.listensByDefault === false ? [] : Object.keys(known);
  const names = new Set([...Object.keys(component.ports), ...unsaid]);
  return [...names].flatMap((name): ComponentPort[] => {
    const number = component.ports[name] ?? known[name]?.port;
    if (number === undefined) return [];
    const protocols =
      known[name]?.protocols ?? (isDnsPort(component, name) ? (["TCP", "UDP"] as const) : ["TCP" as const]);
    return [
      {
        name,
        number,
        ports: protocols.map((protocol) => ({ protocol, port: number })),
        visitors: [
          ...new Set([
            ...(known[name] === undefined ? strangers(name) : (known[name].from ?? [])),
            ...(component.metrics.some(({ port }) => port === name) ? (["metrics-scraper"] as const) : []),
          ]),
        ],
      },
    ];
  });
}

/** The numbers and protocols of a component's port; none when it does not listen there. */
export function portsOfSoftware(component: PlatformComponent, name: string): readonly TransportPort[] {
  return componentPorts(component).find((port) => port.name === name)?.ports ?? [];
}

function strangers(name: string): readonly Visitor[] {
  return name === "metrics" || name.startsWith("metrics-") ? ["metrics-scraper"] : [];
}

function isDnsPort({ roles }: PlatformComponent, name: string): boolean {
  return roles.includes("dns") && (name === "dns" || name.startsWith("dns-"));
}
