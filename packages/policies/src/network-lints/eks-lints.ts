import type { Workload } from "../reachability/cluster.ts";
import { matchesSelector } from "../reachability/label-selector.ts";
import { usesVpcCni } from "./block-lints.ts";
import type { RunnableLint } from "./lint.ts";
import type { LintContext, LintedPolicy } from "./lint-context.ts";
import { servicePorts } from "./port-lints.ts";

const page = "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html";

// As the same page says: ports of one protocol, for one CIDR, over all policies.
const PORTS_PER_ADDRESS = 24;

/** What holds where the VPC CNI of EKS enforces policies, and nowhere else. */
export const eksLints: readonly RunnableLint[] = (
  [
    {
      name: "eks-service-port",
      code: "conflicting-fields",
      severity: "warning",
      what: "a Service whose port is another than its pods', where policies select them",
      why: "the VPC CNI of EKS wants them equal, or refuses what policies allow",
      source: page,
      find: (context) =>
        servicePorts(context.services)
          .filter(({ service }) => !service.headless)
          .flatMap(({ service, port }) =>
            service.workloads
              .filter((workload) => isSelected(context, workload))
              .map((workload) => ({ workload, container: containerPort(workload, port.targetPort) }))
              .filter(({ container }) => container !== undefined && container !== port.port)
              .map(({ workload, container }) => ({
                resource: service.described,
                path: `${port.path}.port`,
                message: `is ${port.port}, and the pods of ${workload.name} listen on ${container}`,
                expected: `port: ${container}`,
              })),
          ),
    },
    {
      name: "eks-ports-per-address",
      code: "conflicting-fields",
      severity: "warning",
      what: `more than ${PORTS_PER_ADDRESS} ports for one address, over all policies of a pod`,
      why: "the VPC CNI of EKS keeps no more of them; what is beyond is refused",
      source: page,
      find: (context) =>
        context.cluster.workloads.flatMap((workload) =>
          (["ingress", "egress"] as const).flatMap((direction) =>
            [...portsByAddress(context, workload, direction)]
              .filter(([, { ports }]) => ports.size > PORTS_PER_ADDRESS)
              .map(([address, { ports, policy }]) => ({
                resource: policy.described,
                path: `spec.${direction}`,
                message: `${workload.namespace}/${workload.name} has rules for ${ports.size} ports of ${address}`,
                expected: `at most ${PORTS_PER_ADDRESS}, a range counted as one`,
                hint: "write a range with endPort, or every port",
              })),
          ),
        ),
    },
    {
      name: "eks-bare-pod",
      code: "without-effect",
      severity: "warning",
      what: "a Pod without a controller that a policy selects",
      why: "the VPC CNI of EKS finds pods by their owner: no policy holds for one that has none",
      source: page,
      find: ({ pods, policies }) =>
        pods
          .filter(
            (pod) =>
              pod.bare &&
              policies.some(
                ({ read }) => read.namespace === pod.namespace && matchesSelector(read.podSelector, pod.labels),
              ),
          )
          .map(({ described }) => ({
            resource: described,
            path: "metadata.ownerReferences",
            message: "is owned by nothing, so that no policy holds for it",
            expected: "a Deployment, a StatefulSet, a DaemonSet or a Job",
          })),
    },
    {
      name: "eks-no-agent",
      code: "without-effect",
      severity: "warning",
      what: "pods on Fargate or Windows, where a policy selects them",
      why: "the agent of the VPC CNI runs on Linux nodes of EC2 alone",
      source: page,
      find: ({ pods, policies }) =>
        pods.flatMap(({ platform, namespace, labels, described, path }) =>
          platform !== undefined &&
          policies.some(({ read }) => read.namespace === namespace && matchesSelector(read.podSelector, labels))
            ? [
                {
                  resource: described,
                  path: `${path}.nodeSelector`,
                  message: `runs on ${platform}, where nothing enforces policies`,
                  expected: "Linux nodes of EC2, or a security group for its pods",
                },
              ]
            : [],
        ),
    },
    {
      name: "eks-start-window",
      code: "without-effect",
      severity: "warning",
      what: "the standard mode of the VPC CNI",
      why: "a pod may connect to anything, and anybody to it, until its policies have reached its node; strict mode refuses until then",
      source: "https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html",
      find: ({ facts: { network }, policies }) =>
        network.cni === "vpc-cni" && policies.length > 0
          ? [
              {
                path: "network.cni",
                message: "policies hold for a new pod only after they have reached its node",
                expected: '"vpc-cni-strict", where nothing may be open for a moment',
              },
            ]
          : [],
    },
  ] satisfies readonly RunnableLint[]
).map(
  (lint): RunnableLint => ({
    ...lint,
    find: (context) => (usesVpcCni(context.facts.network) ? lint.find(context) : []),
  }),
);

function isSelected({ policies }: LintContext, workload: Workload): boolean {
  return policies.some(({ selected }) => selected.includes(workload));
}

function containerPort({ ports }: Workload, target: number | string): number | undefined {
  return typeof target === "number" ? target : ports.find(({ name }) => name === target)?.port;
}

interface PortsOfAddress {
  readonly ports: Set<string>;
  readonly policy: LintedPolicy;
}

/** For each block and each peer of a workload, the ports of all rules for it: the agent keeps them per pod and direction. */
function portsByAddress(
  { policies }: LintContext,
  workload: Workload,
  direction: "ingress" | "egress",
): ReadonlyMap<string, PortsOfAddress> {
  const byAddress = new Map<string, PortsOfAddress>();
  for (const policy of policies) {
    if (!policy.selected.includes(workload)) continue;
    for (const { direction: own, rule, peers } of policy.rules) {
      if (own !== direction || rule.ports === "every") continue;
      const addresses = peers.flatMap(({ peer, workloads }) =>
        peer.kind === "block" ? [peer.cidr] : workloads.map(({ namespace, name }) => `${namespace}/${name}`),
      );
      for (const address of addresses) {
        const known = byAddress.get(address) ?? { ports: new Set<string>(), policy };
        byAddress.set(address, known);
        for (const { protocol, port, endPort } of rule.ports)
          known.ports.add(`${protocol}/${port ?? "every"}${endPort === undefined ? "" : `-${endPort}`}`);
      }
    }
  }
  return byAddress;
}
