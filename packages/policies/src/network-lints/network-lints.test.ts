import { type Finding, findingCodes, type Network, type Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import type { Cluster, Workload } from "../reachability/cluster.ts";
import type { Connection, Endpoint } from "../reachability/connection.ts";
import { connections } from "../reachability/connections.ts";
import type { NetworkFacts } from "./lint-context.ts";
import { networkLintCatalog, networkLints } from "./network-lints.ts";

const [example] = examplePlatform().environments;
if (example === undefined) throw new Error("the example has environments");
// Cilium: none of what is said of EKS holds.
const network: Network = { ...example.network, cni: "cilium" };
const onEks: Network = { ...network, cni: "vpc-cni-strict" };

const workload = (namespace: string, name: string, port: number, more: Partial<Workload> = {}): Workload => ({
  namespace,
  name,
  labels: { app: name },
  ports: [{ name: "http", port, protocol: "TCP" }],
  ...more,
});
const cluster: Cluster = {
  namespaces: ["shop", "data", "kube-system"].map((name) => ({
    name,
    labels: { "kubernetes.io/metadata.name": name },
  })),
  workloads: [
    workload("shop", "web", 8080),
    workload("shop", "cart", 7070),
    workload("data", "store", 5432),
    workload("data", "exporter", 9100, { hostNetwork: true }),
    workload("kube-system", "dns", 53, {
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    }),
  ],
};

type Spec = Readonly<Record<string, unknown>>;
const policy = (spec: Spec, namespace = "shop", name = "policy"): Resource => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { namespace, name },
  spec,
});
const app = (name: string): { matchLabels: { app: string } } => ({ matchLabels: { app: name } });
const namespaced = (name: string): object => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
const dns = {
  to: [{ namespaceSelector: namespaced("kube-system"), podSelector: app("dns") }],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};
/** Egress of web with DNS beside it. */
const egress = (...rules: object[]): Resource =>
  policy({ podSelector: app("web"), policyTypes: ["Egress"], egress: [dns, ...rules] });
const ingress = (...rules: object[]): Resource =>
  policy({ podSelector: app("cart"), policyTypes: ["Ingress"], ingress: rules });
const toBlock = (cidr: string, except: string[] = [], ports: object[] = [{ port: 443 }]): object => ({
  to: [{ ipBlock: { cidr, except } }],
  ports,
});

const found = (lint: string, resources: readonly Resource[], facts: NetworkFacts = { network }): readonly Finding[] =>
  networkLints(cluster, resources, facts, {
    except: networkLintCatalog.map(({ name }) => name).filter((name) => name !== lint),
  });

interface Case {
  readonly lint: string;
  readonly bad: readonly Resource[];
  /** The same but for one thing. */
  readonly good: readonly Resource[];
  readonly path: string;
  readonly network?: Network;
}

const service = (port: number, targetPort: number | string, spec: Spec = {}): Resource => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "cart", namespace: "shop" },
  spec: { selector: { app: "cart" }, ports: [{ port, targetPort }], ...spec },
});
const pod = (labels: Readonly<Record<string, string>>, spec: Spec, metadata: Spec = {}): Resource => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "pod", namespace: "shop", labels, ...metadata },
  spec: { containers: [], ...spec },
});
const fromWeb = { from: [{ podSelector: app("web") }], ports: [{ port: 7070 }] };
const manyPorts = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ port: 9000 + index }));

const cases: readonly Case[] = [
  {
    lint: "selects-nothing",
    bad: [policy({ podSelector: app("card"), policyTypes: ["Ingress"] })],
    good: [policy({ podSelector: {}, policyTypes: ["Ingress"] }, "empty"), ingress(fromWeb)],
    path: "spec.podSelector",
  },
  {
    lint: "host-network",
    bad: [policy({ podSelector: app("exporter"), policyTypes: ["Ingress"] }, "data")],
    good: [policy({ podSelector: {}, policyTypes: ["Ingress"] }, "data")],
    path: "spec.podSelector",
  },
  {
    lint: "host-network",
    bad: [pod({ app: "cart" }, { hostNetwork: true }), ingress(fromWeb)],
    good: [pod({ app: "other" }, { hostNetwork: true }), pod({ app: "cart" }, {}), ingress(fromWeb)],
    path: "spec.podSelector",
  },
  {
    lint: "two-entries-for-one",
    bad: [ingress({ from: [{ namespaceSelector: namespaced("data") }, { podSelector: app("store") }] })],
    good: [
      ingress({ from: [{ namespaceSelector: namespaced("data"), podSelector: app("store") }] }),
      ingress({ from: [{ namespaceSelector: namespaced("data") }] }, { from: [{ podSelector: app("web") }] }),
    ],
    path: "spec.ingress[0].from[0]",
  },
  {
    lint: "every-pod-of-the-cluster",
    bad: [ingress({ from: [{ namespaceSelector: {} }] })],
    good: [
      ingress({ from: [{ namespaceSelector: {}, podSelector: app("web") }] }),
      ingress({ from: [{ podSelector: {} }] }),
    ],
    path: "spec.ingress[0].from[0]",
  },
  {
    lint: "open-to-anyone",
    bad: [ingress({ ports: [{ port: 7070 }] })],
    good: [ingress(fromWeb)],
    path: "spec.ingress[0]",
  },
  {
    lint: "open-to-anyone",
    bad: [egress({ from: [], to: [], ports: [{ port: 443 }] })],
    good: [egress(toBlock("0.0.0.0/0", ["10.0.0.0/8", "169.254.169.254/32"]))],
    path: "spec.egress[1]",
  },
  {
    lint: "open-to-anyone",
    bad: [egress(toBlock("0.0.0.0/0"))],
    good: [egress(toBlock("128.0.0.0/1"))],
    path: "spec.egress[1].to[0]",
  },
  {
    lint: "reaches-metadata-service",
    bad: [egress(toBlock("169.254.0.0/16"))],
    good: [
      egress(toBlock("169.254.0.0/16", ["169.254.169.254/32"])),
      egress(toBlock("169.254.170.23/32")),
      ingress({ from: [{ ipBlock: { cidr: "169.254.0.0/16" } }] }),
    ],
    path: "spec.egress[1].to[0].ipBlock",
  },
  {
    lint: "block-of-services",
    bad: [egress(toBlock("172.20.7.0/24"))],
    good: [egress(toBlock("172.21.0.0/16")), egress(toBlock("172.16.0.0/12"))],
    path: "spec.egress[1].to[0].ipBlock",
  },
  {
    lint: "block-of-pods",
    bad: [egress(toBlock("100.64.7.0/24"))],
    good: [egress(toBlock("10.10.7.0/24"))],
    path: "spec.egress[1].to[0].ipBlock",
    network: { ...network, pods: ["100.64.0.0/10"] },
  },
  {
    lint: "exception-is-covered",
    bad: [egress(toBlock("0.0.0.0/0", ["10.0.0.0/8"]), toBlock("10.0.0.0/7"))],
    good: [
      // A part of it, on purpose; another port; other pods; another direction.
      egress(toBlock("0.0.0.0/0", ["10.0.0.0/8"]), toBlock("10.30.64.0/20"), toBlock("10.0.0.0/7", [], [{ port: 80 }])),
      policy({ podSelector: app("cart"), policyTypes: ["Egress"], egress: [toBlock("10.0.0.0/7")] }),
    ],
    path: "spec.egress[1].to[0].ipBlock",
  },
  {
    lint: "mixed-address-families",
    bad: [egress(toBlock("2001:db8::/32"))],
    good: [egress(toBlock("203.0.113.0/24"))],
    path: "spec.egress[1].to[0].ipBlock",
    network: onEks,
  },
  {
    lint: "named-port-of-nobody",
    bad: [ingress({ from: [{ podSelector: app("web") }], ports: [{ port: "grpc" }] })],
    good: [ingress({ from: [{ podSelector: app("web") }], ports: [{ port: "http" }] })],
    path: "spec.ingress[0].ports[0]",
  },
  {
    lint: "named-port-of-nobody",
    bad: [egress({ to: [{ podSelector: app("cart") }], ports: [{ protocol: "UDP", port: "http" }] })],
    good: [egress({ to: [{ podSelector: app("cart") }], ports: [{ port: "http" }] })],
    path: "spec.egress[1].ports[0]",
  },
  {
    lint: "port-is-not-offered",
    bad: [ingress({ from: [{ podSelector: app("web") }], ports: [{ port: 80 }] })],
    good: [
      ingress(fromWeb),
      ingress({ from: [{ podSelector: app("web") }], ports: [{ port: 7000, endPort: 7100 }] }),
      egress({ to: [{ podSelector: app("cart") }, { ipBlock: { cidr: "203.0.113.0/24" } }], ports: [{ port: 443 }] }),
    ],
    path: "spec.ingress[0].ports[0]",
  },
  {
    lint: "service-without-port",
    bad: [service(80, 8080)],
    good: [service(80, 7070), service(80, "http")],
    path: "spec.ports[0].targetPort",
  },
  {
    lint: "rules-of-no-type",
    bad: [policy({ podSelector: app("web"), policyTypes: ["Ingress"], egress: [dns] })],
    good: [policy({ podSelector: app("web"), egress: [dns] }), policy({ podSelector: app("web"), egress: [] })],
    path: "spec.policyTypes",
  },
  {
    lint: "rules-of-no-type",
    bad: [policy({ podSelector: app("cart"), policyTypes: ["Egress"], ingress: [fromWeb] })],
    good: [policy({ podSelector: app("cart"), policyTypes: ["Egress"], ingress: [] })],
    path: "spec.policyTypes",
  },
  {
    lint: "egress-without-dns",
    bad: [
      policy({
        podSelector: app("web"),
        policyTypes: ["Egress"],
        egress: [{ to: [{ podSelector: app("cart") }], ports: [{ port: 7070 }] }],
      }),
    ],
    good: [
      egress({ to: [{ podSelector: app("cart") }], ports: [{ port: 7070 }] }),
      // Nothing is called: no name is looked up.
      policy({ podSelector: app("cart"), policyTypes: ["Egress"] }),
    ],
    path: "spec.egress",
  },
  {
    lint: "eks-service-port",
    bad: [service(80, 7070), ingress(fromWeb)],
    good: [service(7070, "http"), service(80, 7070, { clusterIP: "None" }), ingress(fromWeb)],
    path: "spec.ports[0].port",
    network: onEks,
  },
  {
    lint: "eks-ports-per-address",
    bad: [
      egress(toBlock("203.0.113.0/24", [], manyPorts(24))),
      policy({ podSelector: {}, policyTypes: ["Egress"], egress: [toBlock("203.0.113.0/24")] }, "shop", "more"),
    ],
    good: [
      egress(toBlock("203.0.113.0/24", [], manyPorts(24)), toBlock("203.0.112.0/24", [], manyPorts(24))),
      egress(toBlock("203.0.113.0/24", [], [{ port: 9000, endPort: 9100 }])),
    ],
    path: "spec.egress",
    network: onEks,
  },
  {
    lint: "eks-bare-pod",
    bad: [pod({ app: "cart" }, {}), ingress(fromWeb)],
    good: [
      pod({ app: "cart" }, {}, { ownerReferences: [{ kind: "ReplicaSet", name: "cart" }] }),
      pod({ app: "other" }, {}),
      ingress(fromWeb),
    ],
    path: "metadata.ownerReferences",
    network: onEks,
  },
  {
    lint: "eks-no-agent",
    bad: [pod({ app: "cart" }, { nodeSelector: { "kubernetes.io/os": "windows" } }), ingress(fromWeb)],
    good: [pod({ app: "cart" }, { nodeSelector: { "kubernetes.io/os": "linux" } }), ingress(fromWeb)],
    path: "spec.nodeSelector",
    network: onEks,
  },
  {
    lint: "eks-start-window",
    bad: [ingress(fromWeb)],
    good: [],
    path: "network.cni",
    network: { ...network, cni: "vpc-cni" },
  },
];

describe.each(cases)("$lint at $path", ({ lint, bad, good, path, network: facts = network }) => {
  test("is found", () => {
    expect(found(lint, bad, { network: facts }).map((finding) => finding.path)).toContain(path);
  });

  test("is not found where it only looks like it", () => {
    for (const resources of lint.startsWith("eks-ports") ? good.map((each) => [each]) : [good])
      expect(found(lint, resources, { network: facts })).toEqual([]);
  });
});

describe("what holds on EKS", () => {
  test.each(cases.filter(({ lint }) => lint.startsWith("eks-") || lint === "mixed-address-families"))(
    "$lint is not said of another CNI",
    ({ lint, bad }) => {
      expect(found(lint, bad, { network })).toEqual([]);
    },
  );

  test("names Service addresses that are judged as such: those of DNS and of the API server", () => {
    const resources = [egress(toBlock("172.20.0.10/32"), toBlock("172.20.0.1/32"))];
    expect(found("block-of-services", resources, { network: onEks })).toEqual([]);
    expect(found("block-of-services", resources, { network })).toHaveLength(2);
  });
});

const end = (text: string): Endpoint => {
  const [namespace = "", name = ""] = text.split("/");
  return { kind: "workload", namespace, name };
};
const declared = (
  from: Endpoint,
  to: Endpoint,
  port: number,
  protocol: Connection["protocol"] = "TCP",
): Connection => ({
  source: from,
  destination: to,
  protocol,
  port,
  endPort: port,
});
const anywhere: Endpoint = { kind: "addresses", first: "0.0.0.0", last: "255.255.255.255" };

describe("what is open and what is declared", () => {
  const webToCart = declared(end("shop/web"), end("shop/cart"), 7070);
  const open = [ingress(fromWeb)];

  test("is the same where nothing is to be said", () => {
    expect(found("undeclared", open, { network, declared: [webToCart] })).toEqual([]);
    expect(found("declared-and-refused", open, { network, declared: [webToCart] })).toEqual([]);
    expect(found("undeclared", open)).toEqual([]);
  });

  test("differs by a rule too many, which is named with its policies", () => {
    const [finding, ...more] = found("undeclared", open, { network, declared: [] });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      code: "undeclared-connection",
      severity: "error",
      message: "shop/web → shop/cart TCP 7070 is open and nothing declares it",
      hint: expect.stringContaining("into shop/cart: allowed by shop/policy spec.ingress[0]"),
    });
  });

  test("says nothing of ends that no policy is about", () => {
    expect(found("undeclared", [], { network, declared: [] })).toEqual([]);
  });

  test("differs by a rule too few, which is named with what refuses", () => {
    const refused = declared(end("data/store"), end("shop/cart"), 7070);
    expect(found("declared-and-refused", open, { network, declared: [webToCart, refused] })).toMatchObject([
      {
        code: "impossible-connection",
        message: "data/store → shop/cart TCP 7070 is declared and refused",
        hint: expect.stringContaining("is about TCP 7070, for shop app=web instead of data/store"),
      },
    ]);
  });

  test("cannot be met where an end does not run, or does not listen", () => {
    const messages = found("declared-and-not-there", open, {
      network,
      declared: [
        webToCart,
        declared(end("shop/web"), end("other/cart"), 1),
        declared(end("shop/web"), end("shop/cart"), 80),
        // Every port is no promise of one.
        { ...declared(end("shop/web"), end("shop/cart"), 1), protocol: "UDP", endPort: 65535 },
      ],
    }).map(({ message }) => message);
    expect(messages).toEqual([
      "shop/web → other/cart TCP 1 is declared, and other/cart does not run in this cluster",
      "shop/web → shop/cart TCP 80 is declared, and no container offers the port",
    ]);
  });

  test("may be that anyone calls a webhook", () => {
    const webhook = [ingress({ ports: [{ port: 7070 }] })];
    const byAnyone = declared(anywhere, end("shop/cart"), 7070);
    expect(found("open-to-anyone", webhook, { network, declared: [byAnyone] })).toEqual([]);
    expect(
      found("open-to-anyone", webhook, { network, declared: [{ ...byAnyone, port: 7071, endPort: 7071 }] }),
    ).toHaveLength(1);
    expect(found("open-to-anyone", [ingress({})], { network, declared: [byAnyone] })).toHaveLength(1);
  });

  test("is taken from the caller where it is known", () => {
    const facts = { network, declared: [webToCart], open: connections(cluster, open) };
    expect(networkLints(cluster, open, facts)).toEqual(networkLints(cluster, open, { network, declared: [webToCart] }));
  });
});

describe("the ports of a mesh", () => {
  test("are offered by every pod, whatever its containers list", () => {
    const tunnel = [ingress({ from: [{ podSelector: app("web") }], ports: [{ port: 7070 }, { port: 15008 }] })];
    expect(found("port-is-not-offered", tunnel, { network: { ...network, mesh: "istio-ambient" } })).toEqual([]);
    expect(found("port-is-not-offered", tunnel)).toHaveLength(1);
  });
});

describe("lints", () => {
  test("have a name each, a page that says so, and a code that findings know", () => {
    expect(new Set(networkLintCatalog.map(({ name }) => name)).size).toBe(networkLintCatalog.length);
    for (const { source, code, what, why } of networkLintCatalog) {
      expect(source).toMatch(/^https:\/\/(kubernetes\.io|docs\.aws\.amazon\.com)\//);
      expect(Object.keys(findingCodes)).toContain(code);
      expect([what, why].every((text) => text.length > 10)).toBe(true);
    }
  });

  test("are each tried here", () => {
    const tried = new Set([
      ...cases.map(({ lint }) => lint),
      "undeclared",
      "declared-and-refused",
      "declared-and-not-there",
    ]);
    expect(networkLintCatalog.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  test("say where, what would be right, and why", () => {
    expect(found("selects-nothing", [policy({ podSelector: app("card"), policyTypes: ["Ingress"] })])).toEqual([
      {
        code: "without-effect",
        severity: "warning",
        resource: "networking.k8s.io/v1/NetworkPolicy shop/policy",
        path: "spec.podSelector",
        message: "selects no pod: nothing in shop has app=card",
        expected: "the labels of pods in its own namespace",
        hint: "it protects nothing, and whoever reads it believes that it does (https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource)",
      },
    ]);
  });

  test("leave out a policy that its schema refuses, and say so", () => {
    const broken = policy({ podSelector: app("web"), policyTypes: ["Sideways"] });
    expect(networkLints(cluster, [broken], { network })).toMatchObject([
      { code: "invalid-resource", severity: "error", resource: "networking.k8s.io/v1/NetworkPolicy shop/policy" },
    ]);
  });

  test("throw at no resource, however little it says", () => {
    const strange: Resource[] = ["Service", "Pod", "Deployment", "CronJob", "NetworkPolicy"].flatMap((kind) =>
      [undefined, null, 3, [], {}, { ports: [3], selector: 1, template: 7, jobTemplate: [] }].map((spec) => ({
        apiVersion: kind === "NetworkPolicy" ? "networking.k8s.io/v1" : "v1",
        kind,
        metadata: { name: "strange", namespace: "shop" },
        spec,
      })),
    );
    for (const resource of strange) expect(() => networkLints(cluster, [resource], { network: onEks })).not.toThrow();
  });
});
