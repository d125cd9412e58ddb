import { plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { platformTier } from "./platform-tier.ts";

const { network } = exampleProduction();
const platform = examplePlatform({
  environments: [
    exampleDevelopment(),
    exampleProduction({ network: { ...network, cni: "calico", additionalPolicies: ["cluster-network-policy"] } }),
  ],
});
const { files, findings } = plan(platform, [platformTier]);
const specOf = (name: string): unknown =>
  files.map(({ resource }) => resource).find((resource): resource is Resource => resource?.metadata.name === name)?.[
    "spec"
  ];

describe("the tiers of an environment", () => {
  test("are there only where it asks for them", () => {
    expect(findings).toEqual([]);
    expect(files.flatMap(({ path, resource }) => (resource === undefined ? [] : [path]))).toEqual([
      "foundation/overlays/production/platform-tier/clusternetworkpolicy.policy.networking.k8s.io-plinth-default-deny.yaml",
      "foundation/overlays/production/platform-tier/clusternetworkpolicy.policy.networking.k8s.io-plinth-teams.yaml",
    ]);
  });

  test("refuse the metadata service to teams before any NetworkPolicy, and keep names, telemetry and monitoring open", () => {
    expect(specOf("plinth-teams")).toMatchObject({
      tier: "Admin",
      subject: {
        namespaces: {
          matchExpressions: [
            { key: "kubernetes.io/metadata.name", operator: "In", values: ["team-backend", "team-frontend"] },
          ],
        },
      },
      ingress: [
        { name: "allow-monitoring", action: "Accept", protocols: [{ tcp: { destinationPort: { number: 9464 } } }] },
      ],
      egress: [
        { name: "refuse-metadata-service", action: "Deny", to: [{ networks: ["169.254.169.254/32"] }] },
        { name: "allow-dns", action: "Accept" },
        { name: "allow-node-dns", action: "Accept", to: [{ networks: ["169.254.20.10/32", "172.20.0.10/32"] }] },
        { name: "allow-telemetry", action: "Accept" },
      ],
    });
  });

  test("name at most 25 ports in a rule: no more are taken", () => {
    const ports = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`m-${index}`, { port: 9000 + index, protocol: "prometheus" as const }]),
    );
    const [service] = examplePlatformInput().services;
    if (service === undefined) throw new Error("the example has services");
    const many = examplePlatform({
      environments: [
        exampleDevelopment({
          network: { ...exampleDevelopment().network, cni: "calico", additionalPolicies: ["cluster-network-policy"] },
        }),
        exampleProduction(),
      ],
      services: [{ ...service, calls: [], ports: { http: { port: 8080, protocol: "http" }, ...ports } }],
    });
    const rules = plan(many, [platformTier]).files.flatMap(({ resource }) =>
      resource?.metadata.name === "plinth-teams" ? [JSON.stringify(resource["spec"])] : [],
    );
    expect(rules[0]).toContain("allow-monitoring-2");
    expect(rules[0]?.match(/destinationPort":\{"number":90\d\d\}/g)).toHaveLength(30);
  });

  test("refuse by default where a namespace has lost its own default", () => {
    expect(specOf("plinth-default-deny")).toMatchObject({
      tier: "Baseline",
      ingress: [{ action: "Deny", from: [{ namespaces: {} }] }],
      egress: [
        { action: "Deny", to: [{ namespaces: {} }] },
        { action: "Deny", to: [{ networks: ["0.0.0.0/0"] }] },
      ],
    });
    expect(JSON.stringify(specOf("plinth-default-deny"))).not.toContain("kube-system");
  });
});
