import { type TransportPort, tcp, udp } from "../network/rule.ts";

/** Who comes to a port without being software that the catalogue says connects to it. */
export type Visitor =
  /** Addresses that no selector finds: the API server at a webhook, a load balancer at a gateway. */
  "anyone" | "ingress-gateway" | "metrics-scraper";

/** A container port of a piece of software. A platform that puts it elsewhere says so in the component's `ports`, by the same name. */
export interface ListeningPort {
  readonly port: number;
  /** @default TCP alone */
  readonly protocols?: readonly TransportPort["protocol"][];
  /** @default only software that connects to it */
  readonly from?: readonly Visitor[];
}

/** Something that a piece of software connects to. */
export type Destination =
  /** A port of other software, or of other pods of the same. */
  | { readonly to: "software"; readonly software: string; readonly port: string }
  | { readonly to: "api-server" }
  /** Ports of the nodes: the kubelet, exporters in the node's network. */
  | { readonly to: "nodes"; readonly ports: readonly TransportPort[] }
  /** The resolvers and time servers of the network that the nodes stand in. */
  | { readonly to: "vpc"; readonly ports: readonly TransportPort[] }
  /** Where a cloud role's token is changed for credentials. */
  | { readonly to: "token-service" }
  /** Hosts of the internet that a NetworkPolicy cannot name. */
  | { readonly to: "public"; readonly ports: readonly TransportPort[]; readonly because: string }
  /** Hosts that the platform names elsewhere and whose addresses only its component can say. */
  | { readonly to: "repositories" | "telemetry-backends" };

/** The network of one piece of software: a group of pods that listen on the same ports. */
export interface Software {
  /** What `software` of a component says. */
  readonly name: string;
  /** Where upstream says it: manifests, charts, documentation. */
  readonly sources: readonly [string, ...string[]];
  readonly ports: Readonly<Record<string, ListeningPort>>;
  readonly connects: readonly Destination[];
  /** A component has these ports without saying them. @default true */
  readonly listensByDefault?: boolean;
}

export const apiServer: Destination = { to: "api-server" };
export const tokenService: Destination = { to: "token-service" };
export const repositories: Destination = { to: "repositories" };

/** A port of other software, as `loki/http`. */
export function port(of: `${string}/${string}`): Destination {
  const [software = "", name = ""] = of.split("/");
  return { to: "software", software, port: name };
}

/** Any public address on ports. `because` is what is there. */
export function publicPorts(ports: readonly number[], because: string): Destination {
  return { to: "public", ports: ports.map(tcp), because };
}

/** APIs of the cloud: their addresses are public and change. */
export const cloudApis: Destination = publicPorts([443], "APIs of the cloud");

/** The kubelet on each node: its statistics and those of its containers. */
export const kubelets: Destination = { to: "nodes", ports: [tcp(10250)] };

/** A port that only the metrics scraper visits. */
export function scraped(number: number): ListeningPort {
  return { port: number, from: ["metrics-scraper"] };
}

/** A port that the API server calls, on the container and not on the Service. */
export function webhook(number: number): ListeningPort {
  return { port: number, from: ["anyone"] };
}

/** A page for people, behind the ingress gateway. */
export function page(number: number): ListeningPort {
  return { port: number, from: ["ingress-gateway"] };
}

/** The ports of names on both protocols. */
export const dnsPorts: readonly TransportPort[] = [tcp(53), udp(53)];
