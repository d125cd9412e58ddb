import {
  backendsOf,
  type Environment,
  type Finding,
  isCloudBackend,
  type Platform,
  type PlatformComponent,
  type PlatformRole,
} from "@plinth/core";
import { knowsNames } from "../network/external-route.ts";
import { softwareOf } from "./catalogue.ts";
import { portsOnNodes } from "./component-cilium-policies.ts";
import { flowsEverywhere } from "./flows-everywhere.ts";
import { isKubernetesNamespace, protectedComponents } from "./protected-namespaces.ts";

/** What platform components would be cut off from, or open by mistake, with the policies of their namespaces. */
export function platformNetworkFindings(platform: Platform): readonly Finding[] {
  return [
    ...protectedComponents(platform).flatMap(unknownSoftware),
    ...protectedComponents(platform).flatMap((component) => [
      ...hostsWithoutAddresses(component, gitHosts(platform, component)),
      ...hostsWithoutAddresses(component, backEndHosts(platform, component)),
    ]),
    ...platform.components.flatMap((component, index) => sharedLabels(platform.components.slice(0, index), component)),
    ...platform.environments.flatMap((environment) => [
      ...meshFindings(platform, environment),
      ...nodeFindings(platform, environment),
      ...sourcesOnNodes(platform, environment),
    ]),
  ];
}

function about(component: PlatformComponent): Pick<Finding, "source"> {
  return component.source === undefined ? {} : { source: component.source };
}

/** Software that nobody has described and that declares nothing: its namespace refuses all that it does. */
function unknownSoftware(component: PlatformComponent): Finding[] {
  if (softwareOf(component) !== undefined || component.connects.length > 0) return [];
  return [
    {
      code: "impossible-connection",
      severity: "error",
      ...about(component),
      path: `components[${component.name}].connects`,
      message: `is empty, and nothing is known of the software ${JSON.stringify(component.software)}: in ${component.namespace} it could look up names and connect to nothing`,
      expected: "what it connects to, or what kind of software it is",
      example: `connects: ["tempo/otlp-grpc", { host: "api.example.net", port: 443, cidrs: ["203.0.113.0/24"] }]`,
      hint: 'say software: "kubernetes-controller" for what talks to the API server, "kubernetes-operator" when it has a webhook too, "server" for what only answers',
    },
  ];
}

interface NamedHost {
  readonly host: string;
  readonly port: number;
  /** What is there: `the repository of the platform`. */
  readonly what: string;
}

/** Hosts of Git that a component reads: the platform's repository, and those of teams. */
function gitHosts(platform: Platform, component: PlatformComponent): readonly NamedHost[] {
  if (!connectsTo(component, "repositories")) return [];
  return [
    { url: platform.repository.url, what: "the platform's repository" },
    ...platform.teams.flatMap(({ name, repositories }) =>
      repositories.map((url) => ({ url, what: `a repository of the team ${name}` })),
    ),
  ].flatMap(({ url, what }) => hostOf(url, what));
}

/** Hosts of telemetry that are not Services of the cluster. */
function backEndHosts(platform: Platform, component: PlatformComponent): readonly NamedHost[] {
  if (!connectsTo(component, "telemetry-backends")) return [];
  return platform.environments.flatMap(({ name, telemetry: { backends } }) =>
    backendsOf(backends).flatMap(({ signal, backend }) => {
      // Hosts of the cloud follow from the environment: `telemetryFlows` lets the gateways reach them.
      if (isCloudBackend(backend)) return [];
      const url = backend.kind === "otlp-grpc" ? `http://${backend.endpoint}` : backend.endpoint;
      return hostOf(url, `where ${name} sends ${signal}`).filter(
        ({ host }) => host.includes(".") && !/\.svc(\.[a-z0-9.-]+)?$/.test(host),
      );
    }),
  );
}

function connectsTo(component: PlatformComponent, destination: "repositories" | "telemetry-backends"): boolean {
  return softwareOf(component)?.connects.some(({ to }) => to === destination) ?? false;
}

function hostOf(url: string, what: string): NamedHost[] {
  if (!URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [{ host: hostname, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port), what }];
}

function hostsWithoutAddresses(component: PlatformComponent, hosts: readonly NamedHost[]): Finding[] {
  const missing = hosts.filter(
    ({ host, port }) =>
      !component.connects.some(
        (connection) => "host" in connection && connection.host === host && connection.port === port,
      ),
  );
  return [...new Map(missing.map((named) => [`${named.host}:${named.port}`, named])).values()].map(
    ({ host, port, what }) => ({
      code: "impossible-connection",
      severity: "error",
      ...about(component),
      path: `components[${component.name}].connects`,
      message: `${component.name} cannot reach ${host}:${port}, ${what}: its addresses are not said`,
      expected: `the blocks of ${host}, or that it may be anywhere`,
      example: `connects: [{ host: "${host}", port: ${port}, cidrs: ["203.0.113.0/24"] }]`,
      hint: 'say cidrs: "any-public" when its addresses change',
    }),
  );
}

/** Two components of a namespace, one of whose selectors finds the pods of the other: what is opened for one is open for both. */
function sharedLabels(earlier: readonly PlatformComponent[], component: PlatformComponent): Finding[] {
  if (isKubernetesNamespace(component.namespace) || component.hostNetwork) return [];
  return earlier
    .filter((other) => other.namespace === component.namespace && !other.hostNetwork)
    .filter((other) => holds(other, component) || holds(component, other))
    .map((other) => ({
      code: "conflicting-fields",
      severity: "warning",
      ...about(component),
      path: `components[${component.name}].podLabels`,
      message: `cannot be told from ${other.name} in ${component.namespace}: the labels of the one select the pods of the other, and what is open for one is open for both`,
      expected: "labels that only its own pods have",
      example: `podLabels: { "app.kubernetes.io/name": "${component.name}" }`,
    }));
}

// Without labels it is found by nobody: `networkFindings` says so.
function holds(outer: PlatformComponent, inner: PlatformComponent): boolean {
  const labels = Object.entries(outer.podLabels);
  return labels.length > 0 && labels.every(([key, value]) => inner.podLabels[key] === value);
}

/** What each kind of mesh cannot be without. */
const meshSoftware: Readonly<Record<Environment["network"]["mesh"], readonly string[]>> = {
  none: [],
  "istio-sidecar": ["istiod"],
  "istio-ambient": ["istiod", "ztunnel"],
};

function meshFindings({ components }: Platform, { name, network, source }: Environment): Finding[] {
  return meshSoftware[network.mesh]
    .filter((needed) => !components.some(({ software }) => software === needed))
    .map((needed) => ({
      code: "impossible-connection",
      severity: "error",
      ...(source === undefined ? {} : { source }),
      path: `environments[${name}].network.mesh`,
      message: `is ${network.mesh}, and no component is ${needed}: its pods could not be reached, nor reach anything`,
      expected: `a component with software: "${needed}"`,
      example: `{ name: "${needed}", namespace: "istio-system", podLabels: { app: "${needed}" } }`,
    }));
}

/** Cilium knows nodes as entities; no block of a NetworkPolicy matches them. */
function nodeFindings(platform: Platform, environment: Environment): Finding[] {
  if (environment.network.cni !== "cilium" || knowsNames(environment)) return [];
  const cutOff = protectedComponents(platform).filter(
    (component) =>
      portsOnNodes(platform, component).length > 0 ||
      softwareOf(component)?.connects.some(
        ({ to }) =>
          to === "nodes" || (to === "token-service" && environment.cluster.workloadIdentity === "pod-identity"),
      ),
  );
  if (cutOff.length === 0) return [];
  return [
    {
      code: "impossible-connection",
      severity: "warning",
      ...(environment.source === undefined ? {} : { source: environment.source }),
      path: `environments[${environment.name}].network.additionalPolicies`,
      message: `${cutOff.map(({ name }) => name).join(", ")} connect${cutOff.length === 1 ? "s" : ""} to nodes, which Cilium matches by no block of a NetworkPolicy`,
      expected: "policies of Cilium beside NetworkPolicies",
      example: 'additionalPolicies: ["cilium"]',
      hint: "or install Cilium with policyCIDRMatchMode: nodes",
    },
  ];
}

/** What runs in the nodes' network is found by no block on Cilium, so that nothing can be opened to it alone. */
function sourcesOnNodes(platform: Platform, { name, network, source }: Environment): Finding[] {
  if (network.cni !== "cilium") return [];
  const asking = platform.components.filter(
    (component) =>
      component.hostNetwork &&
      (component.roles.some((role) => rolesThatReachServices.has(role)) ||
        flowsEverywhere(platform).some(
          ({ from, to }) =>
            from !== "anyone" &&
            "component" in from &&
            from.component === component &&
            to !== "anyone" &&
            "component" in to &&
            !isKubernetesNamespace(to.component.namespace),
        )),
  );
  if (asking.length === 0) return [];
  return [
    {
      code: "impossible-connection",
      severity: "warning",
      ...(source === undefined ? {} : { source }),
      path: `environments[${name}].network.cni`,
      message: `is cilium, which matches ${asking.map((component) => component.name).join(", ")} in the nodes' network by no block: what they connect to stays closed to them`,
      expected: "components with a network of their own",
      example: "hostNetwork: false",
      hint: "or install Cilium with policyCIDRMatchMode: nodes",
    },
  ];
}

const rolesThatReachServices: ReadonlySet<PlatformRole> = new Set(["ingress-gateway", "metrics-scraper"]);
