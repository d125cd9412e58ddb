import type { Resource } from "@plinth/core";
import { describe, expect, test } from "vitest";
import type { Cluster } from "./cluster.ts";
import { describeConnection } from "./connection.ts";
import { connections } from "./connections.ts";
import { isolationOf } from "./isolation.ts";
import { judgedBy } from "./judged-connections.ts";

const cluster: Cluster = {
  namespaces: [],
  workloads: ["web", "cart", "store"].map((name) => ({
    namespace: name === "store" ? "data" : "shop",
    name,
    labels: { app: name },
    ports: [],
  })),
};
const policy = (name: string, spec: object): Resource => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { namespace: "shop", name },
  spec,
});
const policies = [
  policy("deny-ingress", { podSelector: {} }),
  policy("web-egress", { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"] }),
];

describe("isolation", () => {
  test("is named by workload and direction, with the policies that make it", () => {
    expect(
      isolationOf(cluster, policies).map(({ workload, ingress, egress }) => [workload.name, ingress, egress]),
    ).toEqual([
      ["web", ["shop/deny-ingress"], ["shop/web-egress"]],
      ["cart", ["shop/deny-ingress"], []],
      ["store", [], []],
    ]);
  });

  test("makes the difference between a connection that is allowed and one that nobody judges", () => {
    const open = connections(cluster, [
      ...policies,
      policy("from-store", {
        podSelector: { matchLabels: { app: "cart" } },
        ingress: [
          {
            from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: "store" } } }],
            ports: [{ port: 80 }],
          },
        ],
      }),
    ]);
    const isJudged = judgedBy(cluster, policies);
    expect(open.filter(isJudged).map(describeConnection)).toEqual(["data/store → shop/cart TCP 80"]);
    expect(open.filter((connection) => !isJudged(connection)).map(describeConnection)).toContain(
      "shop/cart → data/store TCP 1-65535",
    );
  });
});
