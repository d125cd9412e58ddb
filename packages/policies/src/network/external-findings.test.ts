import type { EnvironmentInput, PlatformInput, ServiceInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { networkFindings } from "./network-findings.ts";

const findingsOf = (
  external: ServiceInput["external"],
  network: Partial<EnvironmentInput["network"]> = {},
  changes: Partial<PlatformInput> = {},
): string[] => {
  const input = examplePlatformInput();
  return networkFindings(
    examplePlatform({
      services: input.services.map((service) =>
        service.name === "checkout" && external !== undefined ? { ...service, external } : service,
      ),
      environments: [
        exampleDevelopment(),
        exampleProduction({ network: { ...exampleProduction().network, ...network } }),
      ],
      ...changes,
    }),
  ).map(({ path, message }) => `${path}: ${message}`);
};
const host = { host: "api.example.net", port: 443 };
const gateway = {
  name: "istio-egress",
  namespace: "istio-system",
  ports: { https: 8443 },
  roles: ["egress-gateway" as const],
};
const withGateway = { components: [...(examplePlatformInput().components ?? []), gateway] };

describe("a host outside", () => {
  test("without an address needs an egress gateway in a mesh, in each environment of the service", () => {
    expect(findingsOf([host])).toEqual([
      "services[checkout].external[0]: checkout cannot reach api.example.net:443 in development, production: no address is said, and there is no egress gateway",
    ]);
    expect(findingsOf([host], { mesh: "istio-sidecar" }, withGateway)).toEqual([
      "services[checkout].external[0]: checkout cannot reach api.example.net:443 in development: no address is said, and the egress gateway istio-egress works only in a mesh",
    ]);
  });

  test("may be anywhere when that is said", () => {
    expect(findingsOf([{ ...host, cidrs: "any-public" }])).toEqual([]);
  });

  test("has no address of pods that have a block apart from the VPC", () => {
    const pods = { pods: ["100.64.0.0/16"] };
    expect(findingsOf([{ ...host, cidrs: ["100.64.7.0/24"] }], pods)).toEqual([
      "services[checkout].external[0].cidrs[0]: 100.64.7.0/24 of api.example.net overlaps the pods of production, 100.64.0.0/16",
    ]);
    const dataStores: PlatformInput["dataStores"] = (examplePlatformInput().dataStores ?? []).map((store) =>
      store.name === "events"
        ? { ...store, placements: { development: "in-cluster", production: { cidrs: ["100.64.9.0/24"] } } }
        : store,
    );
    expect(findingsOf(undefined, pods, { dataStores })).toEqual([
      "dataStores[events].placements.production.cidrs[0]: 100.64.9.0/24 overlaps the pods of production, 100.64.0.0/16: a rule for it would be one for pods",
    ]);
  });

  test("of a component is looked at like one of a service", () => {
    const connects = [{ host: "api.example.net", port: 443, cidrs: ["169.254.169.254/32", "172.20.0.0/24"] }];
    const components = [
      ...(examplePlatformInput().components ?? []),
      { name: "own-operator", namespace: "operators", connects },
    ];
    expect(findingsOf(undefined, {}, { components })).toEqual([
      "components[own-operator].connects[0].cidrs[0]: 169.254.169.254/32 is the metadata service of the cloud, which gives away the credentials of the node",
      "components[own-operator].connects[0].cidrs[1]: 172.20.0.0/24 of api.example.net overlaps the Services of development, 172.20.0.0/16",
    ]);
  });
});

describe("policies beside NetworkPolicy", () => {
  test("are asked for where the CNI enforces them", () => {
    expect(findingsOf(undefined, { additionalPolicies: ["cilium", "cluster-network-policy"] })).toEqual([
      "environments[production].network.additionalPolicies[0]: asks for cilium, which the CNI vpc-cni does not enforce",
      "environments[production].network.additionalPolicies[1]: asks for cluster-network-policy, which the CNI vpc-cni does not enforce",
    ]);
    expect(findingsOf(undefined, { cni: "cilium", additionalPolicies: ["cilium"] })).toEqual([]);
  });
});
