import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cluster, Workload } from "./cluster.ts";
import { describeConnection, type Endpoint } from "./connection.ts";
import { compareConnections } from "./connection-set.ts";
import { connections } from "./connections.ts";
import { isolationOf } from "./isolation.ts";

const workload = (
  namespace: string,
  name: string,
  labels: Record<string, string>,
  ports: Workload["ports"] = [],
): Workload => ({ namespace, name, labels, ports });
const cluster: Cluster = {
  namespaces: [
    { name: "x", labels: { "kubernetes.io/metadata.name": "x", zone: "inner" } },
    { name: "y", labels: { "kubernetes.io/metadata.name": "y", zone: "outer" } },
  ],
  workloads: [
    workload("x", "a", { app: "a", tier: "web" }, [{ name: "http", port: 80, protocol: "TCP" }]),
    workload("x", "b", { app: "b", tier: "web" }, [{ name: "http", port: 81, protocol: "TCP" }]),
    workload("y", "a", { app: "a" }, [
      { name: "http", port: 82, protocol: "TCP" },
      { name: "dns", port: 82, protocol: "UDP" },
    ]),
    workload("z", "c", { app: "c" }),
  ],
};

interface Selector {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: { readonly key: string; readonly operator: string; readonly values?: string[] }[];
}
type Peer =
  | { readonly ipBlock: { readonly cidr: string; readonly except?: string[] } }
  | { readonly namespaceSelector?: Selector; readonly podSelector?: Selector };
interface Port {
  readonly protocol?: "TCP" | "UDP";
  readonly port?: number | string;
  readonly endPort?: number;
}
interface Rule {
  readonly peers?: Peer[];
  readonly ports?: Port[];
}
interface Policy {
  readonly namespace: string;
  readonly podSelector: Selector;
  readonly policyTypes?: ("Ingress" | "Egress")[];
  readonly ingress?: Rule[];
  readonly egress?: Rule[];
}

function resourceOf({ namespace, podSelector, policyTypes, ingress, egress }: Policy, index = 0): Resource {
  const rules = (list: Rule[], side: "from" | "to"): object[] =>
    list.map(({ peers, ports }) => ({
      ...(peers === undefined ? {} : { [side]: peers }),
      ...(ports === undefined ? {} : { ports }),
    }));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `policy-${index}`, namespace },
    spec: {
      podSelector,
      ...(policyTypes === undefined ? {} : { policyTypes }),
      ...(ingress === undefined ? {} : { ingress: rules(ingress, "from") }),
      ...(egress === undefined ? {} : { egress: rules(egress, "to") }),
    },
  };
}

const listed = (...policies: Policy[]): string[] =>
  connections(cluster, policies.map(resourceOf)).map(describeConnection);
const into = (name: string, ...policies: Policy[]): string[] =>
  listed(...policies).filter((text) => text.includes(`→ ${name} `));

// The meaning of a NetworkPolicy once more, asked of one pair and one port at a time, in the words of its reference page.
type End = Workload | string;
const isSelected = (
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean =>
  Object.keys(matchLabels).every((key) => labels[key] === matchLabels[key]) &&
  matchExpressions.every(
    ({ key, operator, values = [] }) =>
      ({
        In: key in labels && values.includes(labels[key] ?? ""),
        NotIn: !(key in labels && values.includes(labels[key] ?? "")),
        Exists: key in labels,
        DoesNotExist: !(key in labels),
      })[operator] ?? false,
  );

function isInBlock(address: string, cidr: string): boolean {
  const [network = "", prefix = ""] = cidr.split("/");
  const bits = (text: string): string =>
    text
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  return bits(address).startsWith(bits(network).slice(0, Number(prefix)));
}

function isPeer(peer: Peer, policy: Policy, end: End): boolean {
  if ("ipBlock" in peer)
    return (
      typeof end === "string" &&
      isInBlock(end, peer.ipBlock.cidr) &&
      !(peer.ipBlock.except ?? []).some((hole) => isInBlock(end, hole))
    );
  if (typeof end === "string") return false;
  const labels = cluster.namespaces.find(({ name }) => name === end.namespace)?.labels ?? {
    "kubernetes.io/metadata.name": end.namespace,
  };
  const inNamespace =
    peer.namespaceSelector === undefined
      ? end.namespace === policy.namespace
      : isSelected(peer.namespaceSelector, labels);
  return inNamespace && isSelected(peer.podSelector ?? {}, end.labels);
}

function isPort(
  { protocol = "TCP", port, endPort }: Port,
  listening: End,
  asked: "TCP" | "UDP",
  number: number,
): boolean {
  if (protocol !== asked) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return endPort === undefined ? number === port : port <= number && number <= endPort;
  return (
    typeof listening !== "string" &&
    listening.ports.some(
      (candidate) => candidate.name === port && candidate.protocol === asked && candidate.port === number,
    )
  );
}

function isAllowed(
  policies: readonly Policy[],
  source: End,
  destination: End,
  protocol: "TCP" | "UDP",
  number: number,
): boolean {
  return (["egress", "ingress"] as const).every((direction) => {
    const [judged, other] = direction === "egress" ? [source, destination] : [destination, source];
    if (typeof judged === "string") return true;
    const type = direction === "egress" ? "Egress" : "Ingress";
    const judging = policies.filter((policy) => {
      const types = policy.policyTypes ?? ["Ingress", ...((policy.egress ?? []).length > 0 ? ["Egress"] : [])];
      return (
        types.includes(type) && policy.namespace === judged.namespace && isSelected(policy.podSelector, judged.labels)
      );
    });
    if (judging.length === 0) return true;
    return judging.some((policy) =>
      (policy[direction] ?? []).some(
        ({ peers = [], ports = [] }) =>
          (peers.length === 0 || peers.some((peer) => isPeer(peer, policy, other))) &&
          (ports.length === 0 || ports.some((port) => isPort(port, destination, protocol, number))),
      ),
    );
  });
}

describe("connections without policies", () => {
  test("are all that are possible: pods with each other, and with the outside", () => {
    expect(into("z/c").sort()).toEqual(
      ["x/a", "x/b", "y/a", "0.0.0.0-255.255.255.255"]
        .flatMap((source) => ["SCTP", "TCP", "UDP"].map((protocol) => `${source} → z/c ${protocol} 1-65535`))
        .sort(),
    );
  });
});

describe("a policy", () => {
  test("that selects pods and says nothing refuses everything to them", () => {
    expect(
      into("x/a", { namespace: "x", podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Ingress"] }),
    ).toEqual([]);
    expect(
      into("x/b", { namespace: "x", podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Ingress"] }),
    ).not.toEqual([]);
  });

  test("with an empty rule allows everything, which is not the same as no rule", () => {
    expect(into("x/a", { namespace: "x", podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] })).toHaveLength(12);
    expect(into("x/a", { namespace: "x", podSelector: {}, policyTypes: ["Ingress"], ingress: [] })).toEqual([]);
  });

  test("with both selectors in one entry asks for both; in two entries for either", () => {
    const namespaceSelector = { matchLabels: { zone: "outer" } };
    const podSelector = { matchLabels: { app: "b" } };
    const policy = (peers: Peer[]): Policy => ({
      namespace: "x",
      podSelector: { matchLabels: { app: "a" } },
      ingress: [{ peers, ports: [{ port: 80 }] }],
    });
    expect(into("x/a", policy([{ namespaceSelector, podSelector }]))).toEqual([]);
    expect(into("x/a", policy([{ namespaceSelector }, { podSelector }]))).toEqual([
      "x/b → x/a TCP 80",
      "y/a → x/a TCP 80",
    ]);
  });

  test("with an empty namespace selector means all namespaces; without one its own", () => {
    const policy = (peer: Peer): Policy => ({
      namespace: "x",
      podSelector: { matchLabels: { app: "a" } },
      ingress: [{ peers: [peer], ports: [{ port: 80 }] }],
    });
    expect(into("x/a", policy({ podSelector: {} }))).toEqual(["x/b → x/a TCP 80"]);
    expect(into("x/a", policy({ namespaceSelector: {} }))).toEqual([
      "x/b → x/a TCP 80",
      "y/a → x/a TCP 80",
      "z/c → x/a TCP 80",
    ]);
  });

  test("resolves a named port at each pod that listens, and nowhere else", () => {
    const egress = {
      namespace: "z",
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ ports: [{ port: "http" }] }],
    } satisfies Policy;
    expect(listed(egress).filter((text) => text.startsWith("z/c →"))).toEqual([
      "z/c → x/a TCP 80",
      "z/c → x/b TCP 81",
      "z/c → y/a TCP 82",
    ]);
  });

  test("names blocks outside the cluster, with holes", () => {
    const egress = {
      namespace: "z",
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ peers: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }], ports: [{ port: 443 }] }],
    } satisfies Policy;
    expect(listed(egress).filter((text) => text.startsWith("z/c →"))).toEqual([
      "z/c → 10.0.0.0-10.0.255.255 TCP 443",
      "z/c → 10.2.0.0-10.255.255.255 TCP 443",
    ]);
  });

  test("of another block opens a hole again: policies add up", () => {
    const open = (cidr: string, except: string[] = []): Policy => ({
      namespace: "z",
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ peers: [{ ipBlock: { cidr, except } }], ports: [{ port: 443 }] }],
    });
    expect(
      listed(open("10.0.0.0/8", ["10.1.0.0/16"]), open("10.1.0.0/16")).filter((text) => text.startsWith("z/c →")),
    ).toEqual(["z/c → 10.0.0.0-10.255.255.255 TCP 443"]);
  });

  test("of IPv6 blocks is read as the others are", () => {
    const egress = {
      namespace: "z",
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ peers: [{ ipBlock: { cidr: "2001:db8::/126" } }], ports: [{ port: 443 }] }],
    } satisfies Policy;
    expect(listed(egress).filter((text) => text.startsWith("z/c →"))).toEqual(["z/c → 2001:db8::-2001:db8::3 TCP 443"]);
  });

  test("that its schema refuses is named", () => {
    const broken = {
      ...resourceOf({ namespace: "x", podSelector: {} }),
      spec: { podSelector: {}, policyTypes: ["Sideways"] },
    };
    expect(() => connections(cluster, [broken])).toThrow(
      "networking.k8s.io/v1/NetworkPolicy x/policy-0 is no valid NetworkPolicy",
    );
  });

  test("may say null wherever it may say nothing", () => {
    const said = (spec: object | null): Resource => ({ ...resourceOf({ namespace: "x", podSelector: {} }), spec });
    const rule = { from: null, ports: [{ port: 80, endPort: null }] };
    const expressions = [{ key: "app", operator: "Exists", values: null }];
    expect(connections(cluster, [said(null)])).toEqual(connections(cluster, [said({})]));
    expect(
      connections(cluster, [
        said({
          podSelector: { matchLabels: null, matchExpressions: expressions },
          policyTypes: null,
          ingress: [rule],
          egress: null,
        }),
      ]),
    ).toEqual(connections(cluster, [said({ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] })]));
  });

  test("is told from resources of other kinds, which allow and refuse nothing", () => {
    const other: Resource = {
      apiVersion: "cilium.io/v2",
      kind: "NetworkPolicy",
      metadata: { name: "other", namespace: "x" },
      spec: 3,
    };
    expect(connections(cluster, [other])).toEqual(connections(cluster, []));
  });
});

describe("any policies", () => {
  const labels = fc.constantFrom<Record<string, string>[]>(
    {},
    { app: "a" },
    { app: "b" },
    { tier: "web" },
    { app: "c" },
  );
  const expressions = fc.constantFrom<NonNullable<Selector["matchExpressions"]>[]>(
    [],
    [{ key: "app", operator: "In", values: ["a", "c"] }],
    [{ key: "app", operator: "NotIn", values: ["a"] }],
    [{ key: "tier", operator: "Exists" }],
    [{ key: "tier", operator: "DoesNotExist" }],
  );
  const podSelector: fc.Arbitrary<Selector> = fc.oneof(
    labels.map((matchLabels) => ({ matchLabels })),
    expressions.map((matchExpressions) => ({ matchExpressions })),
  );
  const namespaceSelector = fc.constantFrom<Selector[]>(
    {},
    { matchLabels: { zone: "outer" } },
    { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["x"] }] },
  );
  const block = fc.constantFrom<Peer[]>(
    { ipBlock: { cidr: "0.0.0.0/0" } },
    { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "169.254.169.254/32"] } },
    { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
    { ipBlock: { cidr: "10.1.0.0/16" } },
  );
  const peer: fc.Arbitrary<Peer> = fc.oneof(
    block,
    podSelector.map((selector) => ({ podSelector: selector })),
    namespaceSelector.map((selector) => ({ namespaceSelector: selector })),
    fc.record({ namespaceSelector, podSelector }),
  );
  const port = fc.constantFrom<Port[]>(
    { port: 80 },
    { protocol: "UDP", port: 82 },
    { port: "http" },
    { protocol: "UDP", port: "dns" },
    { protocol: "TCP" },
    { protocol: "TCP", port: 80, endPort: 82 },
  );
  const rule: fc.Arbitrary<Rule> = fc.record(
    { peers: fc.array(peer, { maxLength: 3 }), ports: fc.array(port, { maxLength: 2 }) },
    { requiredKeys: [] },
  );
  const types = fc.constantFrom<("Ingress" | "Egress")[][]>(["Ingress"], ["Egress"], ["Ingress", "Egress"]);
  const policy: fc.Arbitrary<Policy> = fc.record(
    {
      namespace: fc.constantFrom("x", "y", "z"),
      podSelector,
      policyTypes: types,
      ingress: fc.array(rule, { maxLength: 2 }),
      egress: fc.array(rule, { maxLength: 2 }),
    },
    { requiredKeys: ["namespace", "podSelector"] },
  );

  const outside = ["8.8.8.8", "10.0.0.1", "10.1.0.1", "169.254.169.254"];
  const ends: readonly End[] = [...cluster.workloads, ...outside];
  const isEnd = (endpoint: Endpoint, end: End): boolean => {
    if (typeof end !== "string")
      return endpoint.kind === "workload" && endpoint.namespace === end.namespace && endpoint.name === end.name;
    const number = (text: string): number => text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
    return (
      endpoint.kind === "addresses" && number(endpoint.first) <= number(end) && number(end) <= number(endpoint.last)
    );
  };

  test("allow what their reference says, asked pair by pair and port by port", () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 4 }), (policies) => {
        const found = connections(cluster, policies.map(resourceOf));
        for (const source of ends) {
          for (const destination of ends) {
            if (source === destination || (typeof source === "string" && typeof destination === "string")) continue;
            const between = found.filter(
              (connection) => isEnd(connection.source, source) && isEnd(connection.destination, destination),
            );
            for (const protocol of ["TCP", "UDP"] as const) {
              for (const number of [79, 80, 81, 82, 83]) {
                const listedHere = between.some(
                  (connection) =>
                    connection.protocol === protocol && connection.port <= number && number <= connection.endPort,
                );
                expect(listedHere).toBe(isAllowed(policies, source, destination, protocol, number));
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("allow the same in any order, and twice as much as once", () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 4 }), (policies) => {
        const resources = policies.map(resourceOf);
        expect(connections(cluster, [...resources, ...resources].toReversed())).toEqual(
          connections(cluster, resources),
        );
        expect(connections({ ...cluster, workloads: cluster.workloads.toReversed() }, resources)).toEqual(
          connections(cluster, resources),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("of some workloads are those of all that have one of them at an end", () => {
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 4 }), fc.subarray([...cluster.workloads]), (policies, some) => {
        const resources = policies.map(resourceOf);
        const touching = new Set(some.map(({ namespace, name }) => `${namespace}/${name}`));
        const isTouched = (end: Endpoint): boolean =>
          end.kind === "workload" && touching.has(`${end.namespace}/${end.name}`);
        expect(connections(cluster, resources, touching)).toEqual(
          connections(cluster, resources).filter(
            ({ source, destination }) => isTouched(source) || isTouched(destination),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("that a change of policies opens or closes have a workload at an end that a changed policy is about", () => {
    fc.assert(
      fc.property(
        fc.array(policy, { maxLength: 3 }),
        fc.array(policy, { maxLength: 2 }),
        fc.array(policy, { maxLength: 2 }),
        (kept, gone, come) => {
          const [before, after] = [[...kept, ...gone].map(resourceOf), [...kept, ...come].map(resourceOf)];
          const changed = [...before.slice(kept.length), ...after.slice(kept.length)];
          const touching = new Set(
            isolationOf(cluster, changed).flatMap(({ workload: { namespace, name }, ingress, egress }) =>
              ingress.length + egress.length === 0 ? [] : [`${namespace}/${name}`],
            ),
          );
          expect(
            compareConnections(connections(cluster, before, touching), connections(cluster, after, touching)),
          ).toEqual(compareConnections(connections(cluster, before), connections(cluster, after)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
