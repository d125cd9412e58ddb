import { type Platform, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { networkBaseline } from "./network-baseline.ts";

function specsIn(platform: Platform, environment: string, namespace: string): Record<string, unknown> {
  const { files, findings } = plan(platform, [networkBaseline]);
  expect(findings).toEqual([]);
  const found = files.filter(
    ({ entry, resource }) => entry.environment === environment && resource?.metadata.namespace === namespace,
  );
  return Object.fromEntries(found.map(({ resource }) => [resource?.metadata.name, resource?.["spec"]]));
}

const ports = (...list: [string, number][]): object[] => list.map(([protocol, port]) => ({ protocol, port }));
const inNamespace = (namespace: string, labels: object): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});
const dns = inNamespace("kube-system", { "k8s-app": "kube-dns" });

describe("the baseline of a team's namespace", () => {
  test("refuses everything in both directions, and lets out to DNS and to the telemetry agent", () => {
    expect(specsIn(examplePlatform(), "development", "team-backend")).toEqual({
      "default-deny": { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      "allow-dns": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: [dns], ports: ports(["TCP", 53], ["UDP", 53]) }],
      },
      "allow-telemetry": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [inNamespace("opentelemetry", { "app.kubernetes.io/name": "otel-agent" })],
            ports: ports(["TCP", 4317], ["TCP", 4318]),
          },
        ],
      },
    });
  });

  test("lets out to the cache on the node where there is one: no selector finds it", () => {
    expect(specsIn(examplePlatform(), "production", "team-frontend")["allow-dns"]).toMatchObject({
      egress: [
        {
          to: [dns, { ipBlock: { cidr: "169.254.20.10/32" } }, { ipBlock: { cidr: "172.20.0.10/32" } }],
          ports: ports(["TCP", 53], ["UDP", 53]),
        },
      ],
    });
  });

  test("is there for every team, with and without services", () => {
    for (const { namespace } of examplePlatform().teams)
      expect(Object.keys(specsIn(examplePlatform(), "production", namespace))).toHaveLength(3);
  });

  test("takes the ports of DNS from the component that serves it", () => {
    const components = (examplePlatformInput().components ?? []).map((component) =>
      component.name === "coredns" ? { ...component, ports: { dns: 5353, "dns-tls": 853, metrics: 9153 } } : component,
    );
    expect(specsIn(examplePlatform({ components }), "development", "team-backend")["allow-dns"]).toMatchObject({
      egress: [{ ports: ports(["TCP", 853], ["TCP", 5353], ["UDP", 853], ["UDP", 5353]) }],
    });
  });

  test("never forgets DNS: without a component for it, it is where every distribution installs it", () => {
    const specs = specsIn(examplePlatform({ components: [] }), "development", "team-backend");
    expect(Object.keys(specs)).toEqual(["allow-dns", "default-deny"]);
    expect(specs["allow-dns"]).toMatchObject({ egress: [{ to: [dns], ports: ports(["TCP", 53], ["UDP", 53]) }] });
  });
});
