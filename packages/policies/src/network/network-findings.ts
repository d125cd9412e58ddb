import { cidrsOverlap, type Environment, type Finding, type Platform, type PlatformRole } from "@plinth/core";
import { isKubernetesNamespace } from "../platform-network/protected-namespaces.ts";
import { additionalPolicyFindings } from "./additional-policy-findings.ts";
import { hostBlock, isMetadataService } from "./address-blocks.ts";
import { unreachableHosts } from "./external-findings.ts";
import { portsNamed } from "./platform-peers.ts";

/**
 * What a platform declares that no network rule can say, or that none may: external hosts at addresses of the cluster or of the cloud's metadata
 * service, and components that play a part without the ports for it.
 */
export function networkFindings(platform: Platform): readonly Finding[] {
  return [
    ...platform.services.flatMap(({ name, external, source }) =>
      external.flatMap((host, index) => hostFindings(platform, host, `services[${name}].external[${index}]`, source)),
    ),
    ...platform.components.flatMap(({ name, connects, source }) =>
      connects.flatMap((connection, index) =>
        "host" in connection
          ? hostFindings(platform, connection, `components[${name}].connects[${index}]`, source)
          : [],
      ),
    ),
    ...platform.dataStores.flatMap(({ name, placements, source }) =>
      [...placements].flatMap(([environment, placement]) =>
        (placement.kind === "managed" ? placement.cidrs : []).flatMap((cidr, index) =>
          storeFindings(
            platform,
            environment,
            cidr,
            `dataStores[${name}].placements.${environment}.cidrs[${index}]`,
            source,
          ),
        ),
      ),
    ),
    ...platform.environments.flatMap(({ name, network, source }) =>
      network.nodeLocalDns !== undefined && isMetadataService(hostBlock(network.nodeLocalDns))
        ? [metadataFinding(network.nodeLocalDns, `environments[${name}].network.nodeLocalDns`, source)]
        : [],
    ),
    ...unreachableHosts(platform),
    ...platform.environments.flatMap(additionalPolicyFindings),
    ...labelFindings(platform),
    ...Object.entries(portsOfRoles).flatMap(([role, { prefix, example }]) =>
      portFindings(platform, role, prefix, example),
    ),
  ];
}

/** Blocks of a host outside that are not outside. */
function hostFindings(
  platform: Platform,
  { host, cidrs }: { readonly host: string; readonly cidrs: readonly string[] | "any-public" },
  path: string,
  source: Finding["source"],
): Finding[] {
  return (cidrs === "any-public" ? [] : cidrs).flatMap((cidr, position) => {
    const where = `${path}.cidrs[${position}]`;
    if (isMetadataService(cidr)) return [metadataFinding(cidr, where, source)];
    return platform.environments
      .flatMap((environment) => overlaps(environment, cidr))
      .slice(0, 1)
      .map(
        ({ what, environment, own }): Finding => ({
          code: "conflicting-fields",
          severity: "error",
          ...(source === undefined ? {} : { source }),
          path: where,
          message: `${cidr} of ${host} overlaps the ${what} of ${environment.name}, ${own}`,
          expected: "addresses outside the cluster",
          example: '"203.0.113.0/24"',
          hint: 'say cidrs: "any-public" when any public address will do; name a service under calls when it runs in the cluster',
        }),
      );
  });
}

/** Blocks of a managed data store that are not outside; core has looked at those of Services. */
function storeFindings(
  platform: Platform,
  environment: string,
  cidr: string,
  path: string,
  source: Finding["source"],
): Finding[] {
  if (isMetadataService(cidr)) return [metadataFinding(cidr, path, source)];
  return platform.environments
    .filter(({ name }) => name === environment)
    .flatMap((own) => overlaps(own, cidr))
    .filter(({ what }) => what === "pods")
    .map(({ own }) => ({
      code: "conflicting-fields",
      severity: "error",
      ...(source === undefined ? {} : { source }),
      path,
      message: `${cidr} overlaps the pods of ${environment}, ${own}: a rule for it would be one for pods`,
      expected: "addresses outside the cluster",
      example: '{ cidrs: ["203.0.113.0/24"] }',
      hint: 'say "in-cluster" when its pods are in the owner\'s namespace',
    }));
}

/** What of a cluster a block overlaps. Pods that have no block apart from the VPC share it with what stands beside the cluster. */
function overlaps(
  environment: Environment,
  cidr: string,
): { readonly what: string; readonly environment: Environment; readonly own: string }[] {
  const { pods, services, vpc } = environment.network;
  return [
    ...(cidrsOverlap(cidr, services) ? [{ what: "Services", environment, own: services }] : []),
    ...pods
      .filter((own) => !vpc.includes(own) && cidrsOverlap(cidr, own))
      .map((own) => ({ what: "pods", environment, own })),
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
  "egress-gateway": { prefix: "https", example: "ports: { http: 8080, https: 8443 }" },
  "telemetry-agent": { prefix: "otlp", example: 'ports: { "otlp-grpc": 4317, "otlp-http": 4318 }' },
} as const satisfies Partial<Record<PlatformRole, { prefix: string; example: string }>>;

/** Parts in which a component's pods are selected by rules of services, wherever they run; rules of the platform select all of its own. */
const selectedRoles: ReadonlySet<PlatformRole> = new Set([
  "dns",
  "telemetry-agent",
  "ingress-gateway",
  "egress-gateway",
  "metrics-scraper",
]);

function labelFindings(platform: Platform): Finding[] {
  return platform.components
    .filter(
      ({ hostNetwork, namespace, podLabels, roles }) =>
        !hostNetwork &&
        Object.keys(podLabels).length === 0 &&
        (!isKubernetesNamespace(namespace) || roles.some((role) => selectedRoles.has(role))),
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
