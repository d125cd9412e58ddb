import type { Workload } from "../reachability/cluster.ts";
import type { RunnableLint } from "./lint.ts";
import type { LintContext, LintedPolicy } from "./lint-context.ts";

const DNS_PORT = 53;

/** Lints about the directions that a policy judges. */
export const directionLints: readonly RunnableLint[] = [
  {
    name: "rules-of-no-type",
    code: "without-effect",
    severity: "warning",
    what: "rules of a direction that the policy's types do not name",
    why: "the policy does not judge that direction: its rules are read by nobody, and nothing is refused",
    source: "https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/",
    find: ({ policies }) =>
      policies.flatMap(({ resource, described, read }) =>
        (["ingress", "egress"] as const)
          .filter((direction) => read[direction] === undefined && hasRules(resource["spec"], direction))
          .map((direction) => ({
            resource: described,
            path: "spec.policyTypes",
            message: `has rules for ${direction} and does not name the type`,
            expected: direction === "egress" ? "Egress among the types" : "Ingress among the types",
          })),
      ),
  },
  {
    name: "egress-without-dns",
    code: "impossible-connection",
    severity: "warning",
    what: "pods that may connect to others and cannot look up their names",
    why: "a policy for egress refuses DNS with everything else that it does not name, and callers know each other by name",
    source: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
    find: (context) =>
      isolatedInEgress(context)
        .filter(({ policies }) => {
          const rules = policies.flatMap((policy) => policy.rules.filter(({ direction }) => direction === "egress"));
          return rules.length > 0 && !rules.some(allowsDns);
        })
        .map(({ workload, policies }) => ({
          ...(policies[0] === undefined ? {} : { resource: policies[0].described }),
          path: "spec.egress",
          message: `${workload.namespace}/${workload.name} may connect to others and to no DNS`,
          expected: "UDP 53 and TCP 53 to the cluster's DNS beside it",
        })),
  },
];

function hasRules(spec: unknown, direction: "ingress" | "egress"): boolean {
  const rules: unknown = typeof spec === "object" && spec !== null ? Reflect.get(spec, direction) : undefined;
  return Array.isArray(rules) && rules.length > 0;
}

function isolatedInEgress({
  policies,
  cluster,
}: LintContext): readonly { readonly workload: Workload; readonly policies: readonly LintedPolicy[] }[] {
  const isolating = new Map<Workload, LintedPolicy[]>();
  for (const policy of policies) {
    if (policy.read.egress === undefined) continue;
    for (const workload of policy.selected) isolating.set(workload, [...(isolating.get(workload) ?? []), policy]);
  }
  return cluster.workloads.flatMap((workload) => {
    const own = isolating.get(workload);
    return own === undefined ? [] : [{ workload, policies: own }];
  });
}

// The cluster's DNS may listen on another port than its Service: a rule with a port named so counts, too.
function allowsDns({ rule, peers }: LintedPolicy["rules"][number]): boolean {
  const listening = peers.flatMap(({ workloads }) => workloads);
  return (
    rule.ports === "every" ||
    rule.ports.some(
      ({ protocol, port, endPort }) =>
        protocol === "UDP" &&
        (port === undefined ||
          (typeof port === "number"
            ? (port <= DNS_PORT && DNS_PORT <= (endPort ?? port)) || isDnsOf(listening, port)
            : port.startsWith("dns"))),
    )
  );
}

function isDnsOf(listening: readonly Workload[], port: number): boolean {
  return listening.some(({ ports }) =>
    ports.some((own) => own.port === port && own.protocol === "UDP" && (own.name ?? "").startsWith("dns")),
  );
}
