import type { Cluster } from "../reachability/cluster.ts";
import { type Connection, describeConnection, type Endpoint } from "../reachability/connection.ts";
import { describeExplanation } from "../reachability/describe-explanation.ts";
import { type Explainer, explainerOf } from "../reachability/explain-connection.ts";
import { everyPort, MAX_PORT, type PortSet, subtractPorts } from "../reachability/port-set.ts";
import { rulePortsAt } from "../reachability/rule-ports.ts";
import type { RunnableLint } from "./lint.ts";
import type { LintContext, LintedPolicy, LintedRule } from "./lint-context.ts";
import { isOfMesh } from "./port-lints.ts";

const reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

/** Lints that hold what is open against what is declared. */
export const connectionLints: readonly RunnableLint[] = [
  {
    name: "undeclared",
    code: "undeclared-connection",
    severity: "error",
    what: "a connection that policies allow and nothing declares",
    why: "whoever gets into one end has the other, and nobody knows what it is there for",
    source: reference,
    find: (context) => {
      const { cluster, resources } = context;
      const opened = context.differences.opened.filter(isJudgedIn(context));
      if (opened.length === 0) return [];
      const explain = explainerOf(cluster, resources);
      return opened.map((connection) => ({
        message: `${describeConnection(connection)} is open and nothing declares it`,
        expected: "a declaration of it, or no rule for it",
        hint: reasonOf(explain, connection),
      }));
    },
  },
  {
    name: "declared-and-refused",
    code: "impossible-connection",
    severity: "error",
    what: "a connection that is declared and that policies refuse",
    why: "who declares it will not get through",
    source: reference,
    find: ({ cluster, resources, differences }) => {
      const running = namesOf(cluster);
      const closed = differences.closed.filter(({ source, destination }) =>
        [source, destination].every((end) => isThere(running, end)),
      );
      if (closed.length === 0) return [];
      const explain = explainerOf(cluster, resources);
      return closed.map((connection) => ({
        message: `${describeConnection(connection)} is declared and refused`,
        expected: "a rule for it at both ends",
        hint: reasonOf(explain, connection),
      }));
    },
  },
  {
    name: "declared-and-not-there",
    code: "impossible-connection",
    severity: "error",
    what: "a declared connection whose end does not run in this cluster, or does not listen there",
    why: "a policy cannot open what is not there: ends in two clusters do not find each other by labels",
    source: `${reference}#behavior-of-to-and-from-selectors`,
    find: (context) => {
      const { cluster, facts } = context;
      const { declared = [] } = facts;
      const running = namesOf(cluster);
      return declared.flatMap((connection) => {
        const missing = [connection.source, connection.destination].find((end) => !isThere(running, end));
        if (missing?.kind === "workload")
          return [
            {
              message: `${describeConnection(connection)} is declared, and ${missing.namespace}/${missing.name} does not run in this cluster`,
              expected: "both ends in one cluster, or an external host at the addresses of the other",
            },
          ];
        const listening =
          connection.destination.kind === "workload" ? running.get(key(connection.destination)) : undefined;
        if (listening === undefined || listening.ports.length === 0) return [];
        const isOffered = listening.ports.some(
          ({ port, protocol }) =>
            protocol === connection.protocol && connection.port <= port && port <= connection.endPort,
        );
        if (isOffered || isEveryPort(connection) || isOfMesh(context, connection)) return [];
        return [
          {
            message: `${describeConnection(connection)} is declared, and no container offers the port`,
            expected: `one of ${listening.ports.map(({ port, protocol }) => `${protocol} ${port}`).join(", ")}`,
          },
        ];
      });
    },
  },
  {
    name: "open-to-anyone",
    code: "undeclared-connection",
    severity: "warning",
    what: "a rule without peers, or for every address, that nothing declares",
    why: "an empty list of peers is everybody: every pod of every namespace, and every address outside",
    source: reference,
    find: (context) =>
      context.policies.flatMap((policy) =>
        policy.rules.flatMap((rule) => {
          const everybody = everybodyIn(rule);
          if (everybody === undefined || isDeclaredForAnyone(context, policy, rule)) return [];
          return [
            {
              resource: policy.described,
              path: everybody.path,
              message: `allows ${everybody.who}`,
              expected: "the peers that need it; every public address is a block without the private ones",
            },
          ];
        }),
      ),
  },
];

/** Whoever may come on every port promises none: replicas of a store among each other, the kubelet's probes in an ambient mesh. */
function isEveryPort({ port, endPort }: Connection): boolean {
  return port === 1 && endPort === MAX_PORT;
}

/** As `judgedBy` says, of policies that are read already. */
function isJudgedIn({ policies }: LintContext): (connection: Connection) => boolean {
  const isolated = (direction: "ingress" | "egress"): ReadonlySet<string> =>
    new Set(policies.flatMap(({ read, selected }) => (read[direction] === undefined ? [] : selected.map(key))));
  const [ingress, egress] = [isolated("ingress"), isolated("egress")];
  return ({ source, destination }) =>
    (source.kind === "workload" && egress.has(key(source))) ||
    (destination.kind === "workload" && ingress.has(key(destination)));
}

function reasonOf(explain: Explainer, { source, destination, protocol, port }: Connection): string {
  const [, ...reasons] = describeExplanation(explain(first(source), first(destination), protocol, port)).split("\n");
  return reasons.map((line) => line.trim()).join("; ");
}

function first(end: Endpoint): Endpoint {
  return end.kind === "addresses" ? { ...end, last: end.first } : end;
}

function key({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function namesOf({ workloads }: Cluster): ReadonlyMap<string, Cluster["workloads"][number]> {
  return new Map(workloads.map((workload) => [key(workload), workload]));
}

function isThere(running: ReadonlyMap<string, unknown>, end: Endpoint): boolean {
  return end.kind === "addresses" || running.has(key(end));
}

function everybodyIn({ path, rule, peers, direction }: LintedRule): { path: string; who: string } | undefined {
  if (rule.peers === "anyone")
    return { path, who: direction === "ingress" ? "anyone to connect" : "connections to anywhere" };
  const block = peers.find(({ peer }) => peer.kind === "block" && peer.cidr.endsWith("/0") && peer.except.length === 0);
  return block === undefined ? undefined : { path: block.path, who: "every address, those of this network included" };
}

/** True when the model itself says, for each pod that the rule is about, that every address may use its ports: a webhook, a gateway. */
function isDeclaredForAnyone({ facts }: LintContext, { selected }: LintedPolicy, rule: LintedRule): boolean {
  const { declared = [] } = facts;
  return (
    selected.length > 0 &&
    selected.every((workload) => {
      const ports = rulePortsAt(rule.rule.ports)(rule.direction === "ingress" ? workload : undefined);
      const open: PortSet = declared.filter(({ source, destination }) => {
        const [self, other] = rule.direction === "ingress" ? [destination, source] : [source, destination];
        return self.kind === "workload" && key(self) === key(workload) && isEverywhere(other);
      });
      return ports !== everyPort && subtractPorts(ports, open).length === 0;
    })
  );
}

function isEverywhere(end: Endpoint): boolean {
  return end.kind === "addresses" && end.first === "0.0.0.0" && end.last === "255.255.255.255";
}
