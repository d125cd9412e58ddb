import type { PlatformComponentInput, PlatformInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { platformNetworkFindings } from "./platform-network-findings.ts";

const findingsOf = (components: PlatformComponentInput[], changes: Partial<PlatformInput> = {}): string[] =>
  platformNetworkFindings(examplePlatform({ components, ...changes })).map(
    ({ severity, path, message }) => `${severity} ${path}: ${message}`,
  );

const repoServer = { name: "argocd-repo-server", namespace: "argocd" };
const git = { host: "git.example.com", port: 443, cidrs: ["203.0.113.0/24"] };

describe("a platform's components", () => {
  test("that nobody knows and that say nothing would be cut off", () => {
    expect(findingsOf([{ name: "own-operator", namespace: "operators" }])).toEqual([
      'error components[own-operator].connects: is empty, and nothing is known of the software "own-operator": in operators it could look up names and connect to nothing',
    ]);
    const said: PlatformComponentInput[] = [
      { name: "a", namespace: "operators", software: "kubernetes-controller" },
      { name: "b", namespace: "operators", connects: ["a/metrics"], ports: { metrics: 80 } },
      { name: "c", namespace: "kube-system" },
      { name: "d", namespace: "operators", hostNetwork: true },
    ];
    expect(
      findingsOf(
        [...said].map((component) => (component.name === "a" ? { ...component, ports: { metrics: 81 } } : component)),
      ),
    ).toEqual([]);
  });

  test("that read Git say where it is, for the platform and for each team", () => {
    expect(findingsOf([repoServer])).toEqual([
      "error components[argocd-repo-server].connects: argocd-repo-server cannot reach git.example.com:443, the platform's repository: its addresses are not said",
    ]);
    expect(findingsOf([{ ...repoServer, connects: [git] }])).toEqual([]);
    const teams = [
      exampleTeam("backend", { repositories: ["https://git.backend.example.com:8443/shop"] }),
      exampleTeam("frontend"),
    ];
    expect(findingsOf([{ ...repoServer, connects: [git] }], { teams })).toEqual([
      "error components[argocd-repo-server].connects: argocd-repo-server cannot reach git.backend.example.com:8443, a repository of the team backend: its addresses are not said",
    ]);
  });

  test("that send telemetry out of the cluster say where to", () => {
    const gateway: PlatformComponentInput = {
      name: "otel-gateway",
      namespace: "opentelemetry",
      roles: ["telemetry-gateway"],
    };
    const production = exampleProduction();
    const environments = [
      exampleDevelopment(),
      {
        ...production,
        telemetry: {
          ...production.telemetry,
          backends: { ...production.telemetry.backends, logs: "https://logs.example.net/otlp" },
        },
      },
    ];
    expect(findingsOf([gateway], { environments })).toEqual([
      "error components[otel-gateway].connects: otel-gateway cannot reach logs.example.net:443, where production sends logs: its addresses are not said",
    ]);
    expect(
      findingsOf([{ ...gateway, connects: [{ host: "logs.example.net", port: 443, cidrs: "any-public" }] }], {
        environments,
      }),
    ).toEqual([]);
  });

  test("are told apart by their labels", () => {
    expect(
      findingsOf([
        { name: "loki", namespace: "monitoring" },
        {
          name: "loki-gateway",
          namespace: "monitoring",
          podLabels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "gateway" },
        },
      ]),
    ).toEqual([
      "warning components[loki-gateway].podLabels: cannot be told from loki in monitoring: the labels of the one select the pods of the other, and what is open for one is open for both",
    ]);
  });

  test("hold what the mesh needs", () => {
    const meshed = exampleProduction({ network: { ...exampleProduction().network, mesh: "istio-ambient" } });
    const environments = [exampleDevelopment(), meshed];
    expect(findingsOf([{ name: "istiod", namespace: "istio-system" }], { environments })).toEqual([
      "error environments[production].network.mesh: is istio-ambient, and no component is ztunnel: its pods could not be reached, nor reach anything",
    ]);
  });

  test("reach nodes on Cilium only by policies of Cilium", () => {
    const components = [{ name: "prometheus", namespace: "monitoring" }];
    const production = (additionalPolicies: "cilium"[]): PlatformInput["environments"] => [
      exampleDevelopment(),
      exampleProduction({ network: { ...exampleProduction().network, cni: "cilium", additionalPolicies } }),
    ];
    expect(findingsOf(components, { environments: production([]) })).toEqual([
      "warning environments[production].network.additionalPolicies: prometheus connects to nodes, which Cilium matches by no block of a NetworkPolicy",
    ]);
    expect(findingsOf(components, { environments: production(["cilium"]) })).toEqual([]);
    const sidekick: PlatformComponentInput[] = [
      { name: "falcosidekick", namespace: "falco", hostNetwork: true },
      { name: "loki", namespace: "monitoring" },
    ];
    expect(findingsOf(sidekick, { environments: production(["cilium"]) })).toEqual([
      "warning environments[production].network.cni: is cilium, which matches falcosidekick in the nodes' network by no block: what they connect to stays closed to them",
    ]);
  });
});
