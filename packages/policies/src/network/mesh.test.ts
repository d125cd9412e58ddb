import { type EnvironmentInput, type Platform, type PlatformInput, plan, type ServiceInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { dataStoreNetwork } from "./data-store-network.ts";
import { networkBaseline } from "./network-baseline.ts";
import { serviceNetwork } from "./service-network.ts";

const gateway = {
  name: "istio-egress",
  namespace: "istio-system",
  podLabels: { istio: "egress" },
  ports: { http: 8080, https: 8443 },
  roles: ["egress-gateway" as const],
};
const istiod = { name: "istiod", namespace: "istio-system", podLabels: { app: "istiod" } };

/** The example, its mailer as changed, its production on a network as changed. */
function platformWith(
  network: Partial<EnvironmentInput["network"]>,
  mailer: Partial<ServiceInput> = {},
  cluster: Partial<EnvironmentInput["cluster"]> = {},
): Platform {
  const input: PlatformInput = examplePlatformInput();
  const changed = (environment: EnvironmentInput): EnvironmentInput => ({
    ...environment,
    cluster: { ...environment.cluster, ...cluster },
    network: { ...environment.network, ...network },
  });
  return examplePlatform({
    environments: [changed(exampleDevelopment()), changed(exampleProduction())],
    components: [...(input.components ?? []), gateway, istiod],
    services: input.services.map((service) =>
      service.name === "mailer" ? { ...service, consumes: [], ...mailer } : service,
    ),
  });
}

function specOf(platform: Platform, environment: string, name: string, kind = "NetworkPolicy"): unknown {
  const { files, findings } = plan(platform, [networkBaseline, serviceNetwork, dataStoreNetwork]);
  expect(findings).toEqual([]);
  return files.find(
    ({ entry, resource }) =>
      entry.environment === environment && resource?.kind === kind && resource.metadata.name === name,
  )?.resource?.["spec"];
}

const port = (number: number): object => ({ protocol: "TCP", port: number });

describe("a mesh", () => {
  test("that is ambient tunnels each connection within it, at both ends", () => {
    const platform = platformWith({ mesh: "istio-ambient" });
    expect(specOf(platform, "development", "checkout-ingress")).toMatchObject({
      ingress: [{ ports: [port(5050), port(15008)] }, { ports: [port(9464)] }],
    });
    expect(specOf(platform, "development", "frontend-egress")).toMatchObject({
      egress: [{ ports: [port(5050), port(15008)] }],
    });
    expect(specOf(platform, "development", "orders-db-ingress")).toMatchObject({
      ingress: [{}, { ports: [port(5432), port(15008)] }],
    });
    expect(specOf(platform, "production", "checkout-egress")).toMatchObject({
      egress: [{ ports: [port(443)] }, { ports: [port(5432)] }, { ports: [port(9092)] }],
    });
  });

  test("that is ambient lets in the probes that come from its node agent", () => {
    expect(specOf(platformWith({ mesh: "istio-ambient" }), "production", "allow-probes")).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }],
    });
    for (const mesh of ["none", "istio-sidecar"] as const)
      expect(specOf(platformWith({ mesh }), "production", "allow-probes")).toBeUndefined();
  });

  test("with sidecars lets each to istiod, and the scraper to each", () => {
    expect(specOf(platformWith({ mesh: "istio-sidecar" }), "production", "allow-mesh")).toMatchObject({
      podSelector: {},
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } } }],
          ports: [port(15020), port(15090)],
        },
      ],
      egress: [{ to: [{ podSelector: { matchLabels: { app: "istiod" } } }], ports: [port(15012)] }],
    });
    expect(specOf(platformWith({}), "production", "allow-mesh")).toBeUndefined();
  });

  test("leads to hosts without addresses through its egress gateway", () => {
    const external = [
      { host: "mail.example.net", port: 587 },
      { host: "plain.example.net", port: 80 },
    ];
    expect(specOf(platformWith({ mesh: "istio-sidecar" }, { external }), "production", "mailer-egress")).toMatchObject({
      egress: [{ to: [{ podSelector: { matchLabels: { istio: "egress" } } }], ports: [port(8080), port(8443)] }],
    });
  });
});

describe("a cloud role", () => {
  const cloudRole = "mailer";

  test("is changed for credentials at any public address, or where the network answers for the token service", () => {
    expect(specOf(platformWith({}, { cloudRole }), "production", "mailer-egress")).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [port(443)] }],
    });
    expect(
      specOf(platformWith({ tokenService: ["10.99.0.0/28"] }, { cloudRole }), "production", "mailer-egress"),
    ).toMatchObject({ egress: [{ to: [{ ipBlock: { cidr: "10.99.0.0/28" } }], ports: [port(443)] }] });
  });

  test("is given by the agent of the node where it is a pod's identity", () => {
    const platform = platformWith({}, { cloudRole }, { workloadIdentity: "pod-identity" });
    expect(specOf(platform, "production", "mailer-egress")).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [port(80)] }],
    });
  });
});

describe("Cilium's policies", () => {
  const network = { cni: "cilium", additionalPolicies: ["cilium"] } satisfies Partial<EnvironmentInput["network"]>;
  const external: ServiceInput["external"] = [
    { host: "mail.example.net", port: 587, cidrs: "any-public" },
    { host: "named.example.net", port: 587 },
    { host: "block.example.net", port: 443, cidrs: ["203.0.113.0/24"] },
  ];

  test("name hosts, which no NetworkPolicy opens then, and read the lookups of them", () => {
    const platform = platformWith(network, { external });
    expect(specOf(platform, "development", "mailer-egress", "CiliumNetworkPolicy")).toEqual({
      endpointSelector: { matchLabels: { "app.kubernetes.io/name": "mailer" } },
      egress: [
        {
          toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns" } }],
          toPorts: [
            {
              ports: [
                { port: "53", protocol: "TCP" },
                { port: "53", protocol: "UDP" },
              ],
              rules: { dns: [{ matchPattern: "*" }] },
            },
          ],
        },
        {
          toFQDNs: [{ matchName: "mail.example.net" }, { matchName: "named.example.net" }],
          toPorts: [{ ports: [{ port: "587", protocol: "TCP" }] }],
        },
      ],
    });
    expect(specOf(platform, "development", "mailer-egress")).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [port(443)] }],
    });
  });

  test("name the API server, and the node's own agents", () => {
    const platform = platformWith(
      network,
      { kubernetesApi: {}, cloudRole: "mailer" },
      { workloadIdentity: "pod-identity" },
    );
    expect(specOf(platform, "development", "mailer-egress", "CiliumNetworkPolicy")).toMatchObject({
      egress: [{ toEntities: ["kube-apiserver"] }, { toEntities: ["host"], toPorts: [{ ports: [{ port: "80" }] }] }],
    });
    expect(specOf(platform, "production", "allow-nodes", "CiliumNetworkPolicy")).toMatchObject({
      egress: [{ toEntities: ["host"], toPorts: [{ ports: [{ port: "53" }, { port: "53" }] }] }],
    });
  });

  test("are rendered only where an environment asks for them", () => {
    const { files } = plan(platformWith({ cni: "cilium" }, { kubernetesApi: {} }), [networkBaseline, serviceNetwork]);
    expect(files.filter(({ resource }) => resource?.kind === "CiliumNetworkPolicy")).toEqual([]);
  });
});
