import { resourceFindings } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { networkPolicy } from "./network-policy.ts";
import { block, podsIn } from "./peer.ts";
import { allow, allowEveryPort, tcp } from "./rule.ts";

const about = { name: "web", namespace: "team-a", pods: { labels: { app: "web" } } } as const;

describe("a NetworkPolicy", () => {
  test("keeps namespace and pods of a peer in one entry: both have to fit", () => {
    const policy = networkPolicy({ ...about, ingress: allow([podsIn("team-b", { app: "api" })], [tcp(80)]) });
    expect(policy).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "web", namespace: "team-a" },
      spec: {
        podSelector: { matchLabels: { app: "web" } },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "team-b" } },
                podSelector: { matchLabels: { app: "api" } },
              },
            ],
            ports: [{ protocol: "TCP", port: 80 }],
          },
        ],
      },
    });
    expect(resourceFindings(policy)).toEqual([]);
  });

  test("refuses what an empty list says, without an entry that would allow it", () => {
    expect(networkPolicy({ ...about, pods: "every-pod", ingress: [], egress: [] })["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
  });

  test("leaves a direction alone that is left out", () => {
    expect(networkPolicy({ ...about, egress: [] })["spec"]).toMatchObject({ policyTypes: ["Egress"] });
  });

  test("says every port by naming none, and only when that is meant", () => {
    const spec = networkPolicy({
      ...about,
      egress: [...allowEveryPort([podsIn("team-a", { app: "web" })]), ...allow([block("203.0.113.0/24")], [tcp(443)])],
    })["spec"];
    expect(spec).toMatchObject({
      egress: [
        { to: [{ podSelector: { matchLabels: { app: "web" } } }] },
        { to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [{ protocol: "TCP", port: 443 }] },
      ],
    });
    expect(JSON.stringify(spec)).not.toContain('"except":[]');
  });
});
