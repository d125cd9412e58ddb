import { componentsWithRole, type Finding, type Platform, type PlatformRole } from "@plinth/core";

/** Where a collector runs and how it is reached. */
export interface CollectorPlace {
  /** Name of the OpenTelemetryCollector. The operator's objects are called after it: `<name>-collector`. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods: those that the platform says, so that network rules meet the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly ports: { readonly otlpGrpc: number; readonly otlpHttp: number; readonly metrics: number };
}

/** The collectors of a platform: one on each node, and the two layers of the gateway. */
export interface CollectorPlaces {
  readonly agent: CollectorPlace;
  /** Takes everything from the agents and sends all spans of a trace to one sampler. */
  readonly gateway: CollectorPlace;
  /** Decides which traces are kept. */
  readonly sampling: CollectorPlace;
}

/**
 * Where a platform's collectors run: as its components with the roles `telemetry-agent` and `telemetry-gateway` say; `otel-agent` and `otel-gateway` in
 * the namespace `opentelemetry` where it has none.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * collectorPlaces(examplePlatform()).sampling.name; // "otel-gateway-sampling"
 */
export function collectorPlaces(platform: Platform): CollectorPlaces {
  const gateway = placeOf(platform, "telemetry-gateway", "otel-gateway");
  return {
    agent: placeOf(platform, "telemetry-agent", "otel-agent"),
    gateway,
    sampling: { ...gateway, name: `${gateway.name}-sampling` },
  };
}

function placeOf(platform: Platform, role: PlatformRole, defaultName: string): CollectorPlace {
  const component = componentsWithRole(platform, role)[0];
  const ports = component?.ports ?? {};
  const name = component?.name ?? defaultName;
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

/** The host at which a collector is reached inside the cluster: a DaemonSet's is the pod of the caller's own node. */
export function serviceHost({ name, namespace }: CollectorPlace): string {
  return `${name}-collector.${namespace}.svc`;
}

/** The host that has the address of each of a collector's pods. */
export function headlessHost({ name, namespace }: CollectorPlace): string {
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

/** Names that are too long for what the operator makes of them. */
export function checkPlaces(platform: Platform): Finding[] {
  const { agent, gateway } = collectorPlaces(platform);
  const longest: readonly { place: CollectorPlace; role: PlatformRole; length: number }[] = [
    { place: agent, role: "telemetry-agent", length: longestName },
    { place: gateway, role: "telemetry-gateway", length: longestName - "-sampling".length },
  ];
  return longest
    .filter(({ place, length }) => place.name.length > length)
    .map(({ place, role, length }) => {
      const source = componentsWithRole(platform, role)[0]?.source;
      return {
        code: "invalid-field",
        severity: "error",
        path: "name",
        ...(source === undefined ? {} : { source }),
        message: `${JSON.stringify(place.name)} has ${place.name.length} characters, and the operator makes longer names of it`,
        expected: `at most ${length} characters for the component with the role ${role}`,
        example: role === "telemetry-agent" ? '"otel-agent"' : '"otel-gateway"',
      };
    });
}
