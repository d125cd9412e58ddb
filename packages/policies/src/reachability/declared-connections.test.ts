import type { EnvironmentInput, PlatformComponentInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { describeConnection } from "./connection.ts";
import { declaredConnections } from "./declared-connections.ts";

function declared(
  components: PlatformComponentInput[],
  network: Partial<EnvironmentInput["network"]> = {},
): readonly string[] {
  const platform = examplePlatform({
    components,
    services: [],
    dataStores: [],
    environments: [
      exampleDevelopment({ network: { ...exampleDevelopment().network, cni: "calico", ...network } }),
      exampleProduction(),
    ],
  });
  const [development] = platform.environments;
  if (development === undefined) throw new Error("the example has two environments");
  return declaredConnections(platform, development).map(describeConnection);
}

const coredns: PlatformComponentInput = {
  name: "coredns",
  namespace: "kube-system",
  ports: { dns: 53, metrics: 9153 },
  roles: ["dns"],
};
const prometheus: PlatformComponentInput = {
  name: "prometheus",
  namespace: "monitoring",
  ports: { web: 9090 },
  roles: ["metrics-scraper"],
};
const webhook: PlatformComponentInput = { name: "cert-manager-webhook", namespace: "cert-manager" };

describe("what a platform declares of its own components", () => {
  test("is who scrapes, where the API server is, and who may come to a webhook: also pods that no policy holds", () => {
    expect(declared([coredns, prometheus, webhook])).toEqual([
      "cert-manager/cert-manager-webhook → kube-system/coredns TCP 53",
      "cert-manager/cert-manager-webhook → kube-system/coredns UDP 53",
      "cert-manager/cert-manager-webhook → 10.10.0.0-10.10.0.255 TCP 443",
      "cert-manager/cert-manager-webhook → 10.10.0.0-10.10.0.255 TCP 6443",
      "kube-system/coredns → cert-manager/cert-manager-webhook TCP 10250",
      "monitoring/prometheus → cert-manager/cert-manager-webhook TCP 9402",
      "monitoring/prometheus → kube-system/coredns TCP 53",
      "monitoring/prometheus → kube-system/coredns TCP 9153",
      "monitoring/prometheus → kube-system/coredns UDP 53",
      "monitoring/prometheus → 10.10.0.0-10.10.0.255 TCP 443",
      "monitoring/prometheus → 10.10.0.0-10.10.0.255 TCP 6443",
      "monitoring/prometheus → 10.10.0.0-10.10.0.255 TCP 10250",
      "monitoring/prometheus → 10.10.1.0-10.10.255.255 TCP 10250",
      "0.0.0.0-255.255.255.255 → cert-manager/cert-manager-webhook TCP 10250",
    ]);
  });

  test("is nothing among what Kubernetes runs for itself", () => {
    expect(declared([coredns, { name: "karpenter", namespace: "kube-system", ports: { metrics: 8080 } }])).toEqual([]);
  });

  test("is found at the nodes for pods in their network", () => {
    const exporter: PlatformComponentInput = { name: "node-exporter", namespace: "monitoring", hostNetwork: true };
    expect(declared([prometheus, exporter], { nodes: ["10.10.3.0/24"] })).toEqual([
      "monitoring/prometheus → 10.10.0.0-10.10.0.255 TCP 443",
      "monitoring/prometheus → 10.10.0.0-10.10.0.255 TCP 6443",
      "monitoring/prometheus → 10.10.3.0-10.10.3.255 TCP 9100",
      "monitoring/prometheus → 10.10.3.0-10.10.3.255 TCP 10250",
    ]);
  });

  test("leaves out hosts that the CNI knows by name: no address says them", () => {
    const operator: PlatformComponentInput = {
      name: "own-operator",
      namespace: "operators",
      connects: [{ host: "api.example.net", port: 8443, cidrs: "any-public" }],
    };
    expect(declared([operator]).filter((line) => line.endsWith("TCP 8443"))).not.toEqual([]);
    expect(declared([operator], { cni: "cilium", additionalPolicies: ["cilium"] })).toEqual([]);
  });
});
