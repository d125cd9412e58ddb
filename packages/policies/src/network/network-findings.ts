import { cidrsOverlap, type Finding, type Platform, type PlatformRole, type Service } from "@plinth/core";
import { hostBlock, isMetadataService } from "./address-blocks.ts";
import { portsNamed } from "./platform-peers.ts";

/**
 * What a platform declares that no network rule can say, or that none may: external hosts at addresses of the cluster or of the cloud's metadata
 * service, and components that play a part without the ports for it.
 */
export function networkFindings(platform: Platform): readonly Finding[] {
  return [
    ...platform.services.flatMap((service) =>
      service.external.flatMap((host, index) =>
        host.cidrs.flatMap((cidr, position) =>
          externalFindings(platform, service, cidr, `external[${index}].cidrs[${position}]`),
        ),
      ),
    ),
    ...platform.dataStores.flatMap(({ name, placements, source }) =>
      [...placements].flatMap(([environment, placement]) =>
        (placement.kind === "managed" ? placement.cidrs : [])
          .map((cidr, index) => ({ cidr, path: `dataStores[${name}].placements.${environment}.cidrs[${index}]` }))
          .filter(({ cidr }) => isMetadataService(cidr))
          .map(({ cidr, path }) => metadataFinding(cidr, path, source)),
      ),
    ),
    ...platform.environments.flatMap(({ name, network, source }) =>
      network.nodeLocalDns !== undefined && isMetadataService(hostBlock(network.nodeLocalDns))
        ? [metadataFinding(network.nodeLocalDns, `environments[${name}].network.nodeLocalDns`, source)]
        : [],
    ),
    ...labelFindings(platform),
    ...Object.entries(portsOfRoles).flatMap(([role, { prefix, example }]) =>
      portFindings(platform, role, prefix, example),
    ),
  ];
}

function externalFindings(platform: Platform, service: Service, cidr: string, field: string): Finding[] {
  const path = `services[${service.name}].${field}`;
  if (isMetadataService(cidr)) return [metadataFinding(cidr, path, service.source)];
  const cluster = platform.environments.find(({ network }) => cidrsOverlap(cidr, network.services));
  if (cluster === undefined) return [];
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      ...(service.source === undefined ? {} : { source: service.source }),
      path,
      message: `${cidr} overlaps the Services of ${cluster.name}, ${cluster.network.services}`,
      expected: "addresses outside the cluster",
      example: '"203.0.113.0/24"',
      hint: "leave cidrs out when any public address will do; name a service under calls when it runs in the cluster",
    },
  ];
}

function metadataFinding(cidr: string, path: string, source: Finding["source"]): Finding {
  return {
    code: "conflicting-fields",
    severity: "error",
    ...(source === undefined ? {} : { source }),
    path,
    message: `${cidr} is the metadata service of the cloud, which gives away the credentials of the node`,
    expected: "another address: pods take a role of their own",
    example: 'cloudRole: "checkout"',
  };
}

/** Parts that services reach on ports with a certain name. */
const portsOfRoles = {
  dns: { prefix: "dns", example: "ports: { dns: 53 }" },
  "telemetry-agent": { prefix: "otlp", example: 'ports: { "otlp-grpc": 4317, "otlp-http": 4318 }' },
} as const satisfies Partial<Record<PlatformRole, { prefix: string; example: string }>>;

/** Parts in which a component's pods are selected by rules of services. */
const selectedRoles: ReadonlySet<PlatformRole> = new Set([
  "dns",
  "telemetry-agent",
  "ingress-gateway",
  "metrics-scraper",
]);

function labelFindings(platform: Platform): Finding[] {
  return platform.components
    .filter(
      ({ podLabels, roles }) => Object.keys(podLabels).length === 0 && roles.some((role) => selectedRoles.has(role)),
    )
    .map((component) => ({
      code: "invalid-field",
      severity: "error",
      ...(component.source === undefined ? {} : { source: component.source }),
      path: `components[${component.name}].podLabels`,
      message: "is empty: no rule could tell its pods from all others",
      expected: "the labels of its pods, or none of the field for app.kubernetes.io/name",
      example: `podLabels: { "app.kubernetes.io/name": "${component.name}" }`,
    }));
}

function portFindings(platform: Platform, role: string, prefix: string, example: string): Finding[] {
  return platform.components
    .filter(
      (component) => component.roles.some((played) => played === role) && portsNamed(component, prefix).length === 0,
    )
    .map((component) => ({
      code: "invalid-field",
      severity: "error",
      ...(component.source === undefined ? {} : { source: component.source }),
      path: `components[${component.name}].ports`,
      message: `plays the part ${role} and has no port named ${prefix}`,
      expected: `a port named ${prefix}, or several that begin with ${prefix}-`,
      example,
    }));
}
