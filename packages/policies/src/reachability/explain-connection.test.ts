import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cluster, Workload } from "./cluster.ts";
import { compareReachability, describeChange } from "./compare-reachability.ts";
import type { Endpoint } from "./connection.ts";
import { connections } from "./connections.ts";
import { describeExplanation } from "./describe-explanation.ts";
import { explainConnection, explainerOf } from "./explain-connection.ts";

const workload = (namespace: string, name: string, port: number): Workload => ({
  namespace,
  name,
  labels: { app: name },
  ports: [{ name: "http", port, protocol: "TCP" }],
});
const cluster: Cluster = {
  namespaces: ["shop", "data"].map((name) => ({ name, labels: { "kubernetes.io/metadata.name": name } })),
  workloads: [workload("shop", "web", 8080), workload("shop", "cart", 7070), workload("data", "store", 5432)],
};

const policy = (namespace: string, name: string, spec: object): Resource => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { namespace, name },
  spec,
});
const app = (name: string): object => ({ matchLabels: { app: name } });
const inNamespace = (name: string): object => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

const deny = policy("shop", "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
const webEgress = policy("shop", "web-egress", {
  podSelector: app("web"),
  policyTypes: ["Egress"],
  egress: [
    { to: [{ podSelector: app("cart") }], ports: [{ port: 7070 }] },
    { to: [{ ipBlock: { cidr: "203.0.113.0/24", except: ["203.0.113.9/32"] } }], ports: [{ port: 443 }] },
  ],
});
const cartIngress = policy("shop", "cart-ingress", {
  podSelector: app("cart"),
  policyTypes: ["Ingress"],
  ingress: [
    {
      from: [{ namespaceSelector: inNamespace("shop"), podSelector: app("web") }],
      ports: [{ port: "http" }, { protocol: "UDP", port: 9000, endPort: 9010 }],
    },
  ],
});
const resources = [deny, webEgress, cartIngress];

const told = (from: string, to: string, port: number, protocol: "TCP" | "UDP" = "TCP"): string[] =>
  describeExplanation(explainConnection(cluster, resources, { from, to, port, protocol })).split("\n");

describe("an explanation", () => {
  test("of an allowed connection names the rule of each side", () => {
    expect(told("shop/web", "shop/cart", 7070)).toEqual([
      "shop/web → shop/cart TCP 7070: allowed",
      "  out of shop/web: allowed by shop/web-egress spec.egress[0]",
      "  into shop/cart: allowed by shop/cart-ingress spec.ingress[0]",
    ]);
  });

  test("says where no policy judges", () => {
    expect(told("data/store", "198.51.100.1", 443)).toEqual([
      "data/store → 198.51.100.1 TCP 443: allowed",
      "  out of data/store: no policy isolates it in this direction",
      "  into 198.51.100.1: outside the cluster, where no policy judges",
    ]);
  });

  test("of a refused connection names the side, its policies, and the rule for the right peer on a wrong port", () => {
    expect(told("shop/web", "shop/cart", 9005, "UDP")).toEqual([
      "shop/web → shop/cart UDP 9005: refused",
      "  out of shop/web: refused; isolated by shop/default-deny, shop/web-egress",
      "    near: shop/web-egress spec.egress[0] is about shop/cart, on TCP 7070 instead of UDP 9005",
      "  into shop/cart: allowed by shop/cart-ingress spec.ingress[0]",
    ]);
  });

  test("names the rule for the right port and a wrong peer", () => {
    expect(told("data/store", "shop/cart", 7070)).toEqual([
      "data/store → shop/cart TCP 7070: refused",
      "  out of data/store: no policy isolates it in this direction",
      "  into shop/cart: refused; isolated by shop/cart-ingress, shop/default-deny",
      "    near: shop/cart-ingress spec.ingress[0] is about TCP 7070, for shop app=web instead of data/store",
    ]);
    expect(told("shop/web", "203.0.113.9", 443)[2]).toBe(
      "    near: shop/web-egress spec.egress[1] is about TCP 443, for 203.0.113.0/24 without 203.0.113.9/32 instead of 203.0.113.9",
    );
  });

  test("is asked for by names, and says which one is wrong", () => {
    expect(() => told("shop/wep", "shop/cart", 7070)).toThrow("did you mean shop/web?");
    expect(() => told("203.0.113.1", "203.0.113.2", 7070)).toThrow("judged by no policy");
    expect(told("2001:db8::1", "shop/cart", 7070)[0]).toBe("2001:db8::1 → shop/cart TCP 7070: refused");
  });

  test("agrees with the list of all connections, end by end and port by port", () => {
    const selector = fc.constantFrom<object[]>({}, app("web"), app("cart"), {
      matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }],
    });
    const peer = fc.oneof(
      fc.constantFrom<object[]>(
        { ipBlock: { cidr: "203.0.113.0/24", except: ["203.0.113.0/25"] } },
        { ipBlock: { cidr: "0.0.0.0/0" } },
        { namespaceSelector: {} },
      ),
      selector.map((podSelector) => ({ podSelector })),
      selector.map((podSelector) => ({ namespaceSelector: inNamespace("data"), podSelector })),
    );
    const port = fc.constantFrom<object[]>(
      { port: 7070 },
      { port: "http" },
      { protocol: "UDP" },
      { port: 8080, endPort: 8090 },
      { protocol: "SCTP", port: 5432 },
    );
    const rules = (side: "from" | "to"): fc.Arbitrary<object[]> =>
      fc.array(
        fc.record(
          { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
          { requiredKeys: [] },
        ),
        { maxLength: 2 },
      );
    const drawn = fc
      .record({
        namespace: fc.constantFrom("shop", "data"),
        spec: fc.record(
          {
            podSelector: selector,
            policyTypes: fc.constantFrom<string[][]>(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
            ingress: rules("from"),
            egress: rules("to"),
          },
          { requiredKeys: ["podSelector"] },
        ),
      })
      .map(({ namespace, spec }) => ({ namespace, spec }));
    const addresses = ["8.8.8.8", "203.0.113.1", "203.0.113.200"].map(
      (address): Endpoint => ({ kind: "addresses", first: address, last: address }),
    );
    const ends: readonly Endpoint[] = [
      ...cluster.workloads.map(({ namespace, name }): Endpoint => ({ kind: "workload", namespace, name })),
      ...addresses,
    ];
    const number = (text: string): number => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    const holds = (listed: Endpoint, end: Endpoint): boolean =>
      listed.kind === "workload" || end.kind === "workload"
        ? JSON.stringify(listed) === JSON.stringify(end)
        : number(listed.first) <= number(end.first) && number(end.first) <= number(listed.last);
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 4 }), (policies) => {
        const set = policies.map(({ namespace, spec }, index) => policy(namespace, `policy-${index}`, spec));
        const listed = connections(cluster, set);
        const explain = explainerOf(cluster, set);
        for (const source of ends) {
          for (const destination of ends) {
            if (source === destination || (source.kind === "addresses" && destination.kind === "addresses")) continue;
            for (const protocol of ["TCP", "UDP", "SCTP"] as const) {
              for (const at of [5432, 7070, 8080, 8085]) {
                const { allowed } = explain(source, destination, protocol, at);
                const isListed = listed.some(
                  (each) =>
                    holds(each.source, source) &&
                    holds(each.destination, destination) &&
                    each.protocol === protocol &&
                    each.port <= at &&
                    at <= each.endPort,
                );
                expect(allowed).toBe(isListed);
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a comparison", () => {
  const wider = policy("shop", "cart-ingress", {
    podSelector: app("cart"),
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 7070 }] }],
  });

  test("says what opens and closes, and why", () => {
    const { opened, closed } = compareReachability(
      { cluster, resources },
      { cluster, resources: [deny, webEgress, wider] },
    );
    expect(opened.map(describeChange)).toEqual([
      [
        "data/store → shop/cart TCP 7070 opens",
        "  out of data/store: no policy isolates it in this direction",
        "  into shop/cart: allowed by shop/cart-ingress spec.ingress[0]",
      ].join("\n"),
    ]);
    expect(closed).toEqual([]);
  });

  test("of the same states is empty", () => {
    expect(compareReachability({ cluster, resources }, { cluster, resources })).toEqual({ opened: [], closed: [] });
  });

  test("tells a connection that is refused from one whose end is gone", () => {
    const gone = { ...cluster, workloads: cluster.workloads.filter(({ name }) => name !== "cart") };
    expect(
      compareReachability({ cluster, resources }, { cluster: gone, resources }).closed.map(describeChange),
    ).toContain("shop/web → shop/cart TCP 7070 closes\n  an end of it does not run any more");
    const { closed } = compareReachability({ cluster, resources }, { cluster, resources: [deny, webEgress] });
    expect(closed.map(describeChange)).toEqual([
      [
        "shop/web → shop/cart TCP 7070 closes",
        "  out of shop/web: allowed by shop/web-egress spec.egress[0]",
        "  into shop/cart: refused; isolated by shop/default-deny",
      ].join("\n"),
    ]);
  });
});
