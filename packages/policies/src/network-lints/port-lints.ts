import { meshOf } from "../network/mesh.ts";
import type { Workload } from "../reachability/cluster.ts";
import type { ReadPort } from "../reachability/read-network-policy.ts";
import type { LintHit, RunnableLint } from "./lint.ts";
import type { LintContext, LintedPolicy, LintedRule } from "./lint-context.ts";
import type { LintedService } from "./read-workloads.ts";

const reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

interface PortInRule {
  readonly policy: LintedPolicy;
  readonly rule: LintedRule;
  readonly port: ReadPort;
  readonly path: string;
  /** The workloads that listen there. */
  readonly listening: readonly Workload[];
}

/** Ports of rules whose listening end is known: that of ingress, and of egress to pods alone. */
function portsIn({ policies }: LintContext): readonly PortInRule[] {
  return policies.flatMap((policy) =>
    policy.rules.flatMap((rule) => {
      const { ports } = rule.rule;
      const isKnown = rule.direction === "ingress" || rule.peers.every(({ peer }) => peer.kind === "pods");
      if (ports === "every" || !isKnown || (rule.direction === "egress" && rule.peers.length === 0)) return [];
      const listening =
        rule.direction === "ingress" ? policy.selected : rule.peers.flatMap(({ workloads }) => workloads);
      return ports.map((port, index) => ({ policy, rule, port, path: `${rule.path}.ports[${index}]`, listening }));
    }),
  );
}

/** Lints about ports that rules and Services name. */
export const portLints: readonly RunnableLint[] = [
  {
    name: "named-port-of-nobody",
    code: "without-effect",
    severity: "warning",
    what: "a named port that no container of the listening pods has",
    why: "a name is resolved at each pod; where there is none the rule allows nothing",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/",
    find: (context) =>
      portsIn(context)
        .filter(
          ({ port, listening }) =>
            typeof port.port === "string" &&
            listening.length > 0 &&
            !listening.some((workload) => offers(workload, port)),
        )
        .map(({ policy, port, path, listening }) => ({
          resource: policy.described,
          path,
          message: `no pod that listens has a ${port.protocol} port named ${port.port}`,
          expected: `one of ${namesAt(listening)}`,
        })),
  },
  {
    name: "port-is-not-offered",
    code: "impossible-connection",
    severity: "warning",
    what: "a port that no container of the listening pods offers",
    why: "nobody listens there: often the port of the Service, where that of the container is asked for",
    source: reference,
    find: (context) =>
      portsIn(context)
        .filter(
          ({ port, listening }) =>
            typeof port.port === "number" &&
            !isOfMesh(context, port) &&
            listening.length > 0 &&
            // Containers may listen on ports that they do not list; pods that list none say nothing.
            listening.every(({ ports }) => ports.length > 0) &&
            !listening.some((workload) => offers(workload, port)),
        )
        .map(({ policy, port, path, listening }) => ({
          resource: policy.described,
          path,
          message: `${port.protocol} ${port.port} is offered by no pod that listens`,
          expected: `one of ${namesAt(listening)}`,
          hint: "a policy sees the port of the container, after the Service's is translated",
        })),
  },
  {
    name: "service-without-port",
    code: "impossible-connection",
    severity: "warning",
    what: "a Service whose target port no container of its pods offers",
    why: "who calls the Service reaches nobody, whatever policies allow",
    source: "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
    find: ({ services }) =>
      servicePorts(services)
        .filter(
          ({ service, port }) =>
            service.workloads.length > 0 &&
            service.workloads.every(({ ports }) => ports.length > 0) &&
            !service.workloads.some((workload) => offers(workload, { protocol: port.protocol, port: port.targetPort })),
        )
        .map(({ service, port }) => ({
          resource: service.described,
          path: `${port.path}.targetPort`,
          message: `${port.protocol} ${port.targetPort} is offered by none of its pods`,
          expected: `one of ${namesAt(service.workloads)}`,
        })),
  },
];

/** The ports of Services, one by one. */
export function servicePorts(
  services: readonly LintedService[],
): readonly { readonly service: LintedService; readonly port: LintedService["ports"][number] }[] {
  return services.flatMap((service) => service.ports.map((port) => ({ service, port })));
}

/** True when a container of the workload listens on a port, or on one of a range. */
export function offers({ ports }: Workload, { protocol, port, endPort }: ReadPort): boolean {
  return ports.some((own) => {
    if (own.protocol !== protocol) return false;
    if (typeof port !== "number") return port === undefined || own.name === port;
    return port <= own.port && own.port <= (endPort ?? port);
  });
}

/** True for a port that the mesh adds to each of its pods: the proxy's, or the tunnel's. */
export function isOfMesh({ facts }: LintContext, { protocol, port }: ReadPort): boolean {
  const { tunnel, proxyMetrics } = meshOf(facts);
  return [tunnel, ...proxyMetrics].some((own) => own?.protocol === protocol && own.port === port);
}

function namesAt(workloads: readonly Workload[]): NonNullable<LintHit["expected"]> {
  const ports = workloads.flatMap((workload) =>
    workload.ports.map(({ name, port, protocol }) => `${protocol} ${port}${name === undefined ? "" : ` (${name})`}`),
  );
  return ports.length === 0 ? "its container ports, of which there are none" : [...new Set(ports)].sort().join(", ");
}
