import {
  componentsWithRole,
  type Environment,
  type Finding,
  formerProtocolPorts,
  type Platform,
  type PlatformRole,
} from "@plinth/core";

/** Where a collector runs and how it is reached. */
export interface CollectorPlace {
  /** Name of the OpenTelemetryCollector. The operator's objects are called after it: `<name>-collector`. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods: those that the platform says, so that network rules meet the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly ports: { readonly otlpGrpc: number; readonly otlpHttp: number; readonly metrics: number };
}

/** The collectors of a platform: one on each node, one for the cluster, and the two layers of the gateway. */
export interface CollectorPlaces {
  readonly agent: CollectorPlace;
  /** Takes everything from the agents and sends all spans of a trace to one sampler. */
  readonly gateway: CollectorPlace;
  /** Decides which traces are kept. */
  readonly sampling: CollectorPlace;
  /** Watches the cluster's events and measures its objects, once for all nodes. */
  readonly cluster: CollectorPlace;
}

/**
 * Where a platform's collectors run: as its components with the roles `telemetry-agent`, `telemetry-gateway` and `telemetry-cluster` say; `otel-agent`,
 * `otel-gateway` and `otel-cluster` in the namespace `opentelemetry` where it has none.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * collectorPlaces(examplePlatform()).sampling.name; // "otel-gateway-sampling"
 */
export function collectorPlaces(platform: Platform): CollectorPlaces {
  const gateway = placeOf(platform, "telemetry-gateway");
  return {
    agent: placeOf(platform, "telemetry-agent"),
    gateway,
    sampling: { ...gateway, name: `${gateway.name}-sampling` },
    cluster: placeOf(platform, "telemetry-cluster"),
  };
}

/** What a collector is called where no component plays its part. */
const defaultNames = {
  "telemetry-agent": "otel-agent",
  "telemetry-gateway": "otel-gateway",
  "telemetry-cluster": "otel-cluster",
} as const satisfies Partial<Record<PlatformRole, string>>;

type CollectorRole = keyof typeof defaultNames;

function placeOf(platform: Platform, role: CollectorRole): CollectorPlace {
  const component = componentsWithRole(platform, role)[0];
  const ports = component?.ports ?? {};
  const name = component?.name ?? defaultNames[role];
  return {
    name,
    namespace: component?.namespace ?? "opentelemetry",
    podLabels: component?.podLabels ?? { "app.kubernetes.io/name": name },
    ports: {
      otlpGrpc: ports["otlp-grpc"] ?? 4317,
      otlpHttp: ports["otlp-http"] ?? 4318,
      metrics: ports["metrics"] ?? 8888,
    },
  };
}

/** The ports on which the agents of an environment take former protocols, by name. */
export function formerPorts(platform: Platform, { telemetry }: Environment): ReadonlyMap<string, number> {
  const own = componentsWithRole(platform, "telemetry-agent")[0]?.ports ?? {};
  return new Map(
    telemetry.accepts
      .flatMap((protocol) => formerProtocolPorts[protocol])
      .map(({ name, port }) => [name, own[name] ?? port]),
  );
}

/** The host at which a collector is reached inside the cluster: a DaemonSet's is the pod of the caller's own node. */
export function serviceHost({ name, namespace }: CollectorPlace): string {
  return `${name}-collector.${namespace}.svc`;
}

/** The host that has the address of each of a collector's pods. */
export function headlessHost({ name, namespace }: Pick<CollectorPlace, "name" | "namespace">): string {
  return `${name}-collector-headless.${namespace}.svc`;
}

/**
 * Where services send their telemetry: the agent of their own node, by OTLP over gRPC. The value of OTEL_EXPORTER_OTLP_ENDPOINT.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * agentEndpoint(examplePlatform()); // "http://otel-agent-collector.opentelemetry.svc:4317"
 */
export function agentEndpoint(platform: Platform): string {
  const { agent } = collectorPlaces(platform);
  return `http://${serviceHost(agent)}:${agent.ports.otlpGrpc}`;
}

// The longest name that the operator makes of a collector's: its internal/naming package. A longer one is cut off, and the host above leads nowhere.
const longestSuffix = "-collector-monitoring";
const longestName = 63 - longestSuffix.length;

/** What is wrong with where collectors run. */
export function checkPlaces(platform: Platform): Finding[] {
  return [...longNames(platform), ...unknownToNetworks(platform)];
}

/**
 * Collectors that no component plays in a namespace where others are components: rules of the network are made of components, and would refuse them everything.
 */
function unknownToNetworks(platform: Platform): Finding[] {
  const { agent, gateway, cluster } = collectorPlaces(platform);
  const places: readonly { place: CollectorPlace; role: CollectorRole }[] = [
    { place: agent, role: "telemetry-agent" },
    { place: gateway, role: "telemetry-gateway" },
    { place: cluster, role: "telemetry-cluster" },
  ];
  return places
    .filter(({ role }) => componentsWithRole(platform, role).length === 0)
    .filter(({ place }) => platform.components.some(({ namespace }) => namespace === place.namespace))
    .map(({ place, role }): Finding => {
      const source = platform.source;
      return {
        code: "impossible-connection",
        severity: "error",
        ...(source === undefined ? {} : { source }),
        path: "components",
        message: `no component has the role ${role}, and the network of ${place.namespace} refuses what no component says: ${place.name} could reach nothing`,
        expected: `a component with the role ${role}`,
        example: `definePlatformComponent({ name: "${place.name}", namespace: "${place.namespace}", ports: { metrics: 8888 }, roles: ["${role}"] })`,
      };
    });
}

/** Names that are too long for what the operator makes of them. */
function longNames(platform: Platform): Finding[] {
  const { agent, gateway, cluster } = collectorPlaces(platform);
  const longest: readonly { place: CollectorPlace; role: CollectorRole; length: number }[] = [
    { place: agent, role: "telemetry-agent", length: longestName },
    { place: gateway, role: "telemetry-gateway", length: longestName - "-sampling".length },
    { place: cluster, role: "telemetry-cluster", length: longestName },
  ];
  return longest
    .filter(({ place, length }) => place.name.length > length)
    .map(({ place, role, length }): Finding => {
      const source = componentsWithRole(platform, role)[0]?.source;
      return {
        code: "invalid-field",
        severity: "error",
        path: "name",
        ...(source === undefined ? {} : { source }),
        message: `${JSON.stringify(place.name)} has ${place.name.length} characters, and the operator makes longer names of it`,
        expected: `at most ${length} characters for the component with the role ${role}`,
        example: JSON.stringify(defaultNames[role]),
      };
    });
}
