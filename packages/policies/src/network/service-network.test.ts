import { type Platform, type PlatformInput, plan, type Resource } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { dataStoreNetwork } from "./data-store-network.ts";
import { serviceNetwork } from "./service-network.ts";

/** The rendered policies of an environment, by the end of their path. */
function policiesIn(platform: Platform, environment: string): ReadonlyMap<string, Resource> {
  const { files, findings } = plan(platform, [serviceNetwork, dataStoreNetwork]);
  expect(findings).toEqual([]);
  return new Map(
    files.flatMap(({ path, resource }) => {
      const [, name] = new RegExp(`^application/${environment}/(.+)\\.yaml$`).exec(path) ?? [];
      return name === undefined || resource === undefined ? [] : [[name, resource]];
    }),
  );
}

function platformWith(changes: (input: PlatformInput) => Partial<PlatformInput>): Platform {
  const input = examplePlatformInput();
  return examplePlatform(changes(input));
}

const inNamespace = (namespace: string, labels: object): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});
const service = (namespace: string, name: string): object => inNamespace(namespace, { "app.kubernetes.io/name": name });
const port = (number: number): object => ({ protocol: "TCP", port: number });

describe("the network of a service", () => {
  const development = policiesIn(examplePlatform(), "development");
  const production = policiesIn(examplePlatform(), "production");

  test("has a policy for each direction in which anything is declared", () => {
    expect([...production.keys()]).toEqual([
      "backend/checkout/networkpolicy-checkout-egress",
      "backend/checkout/networkpolicy-checkout-ingress",
      "backend/mailer/networkpolicy-mailer-egress",
      "frontend/frontend/networkpolicy-frontend-egress",
      "frontend/frontend/networkpolicy-frontend-ingress",
    ]);
  });

  test("lets callers in on the port that they call, and the scraper on the metrics port", () => {
    expect(production.get("backend/checkout/networkpolicy-checkout-ingress")?.["spec"]).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "checkout" } },
      policyTypes: ["Ingress"],
      ingress: [
        { from: [service("team-frontend", "frontend")], ports: [port(5050)] },
        { from: [inNamespace("monitoring", { "app.kubernetes.io/name": "prometheus" })], ports: [port(9464)] },
      ],
    });
  });

  test("lets the gateway in to the public port", () => {
    expect(production.get("frontend/frontend/networkpolicy-frontend-ingress")?.["spec"]).toMatchObject({
      ingress: [{ from: [inNamespace("istio-system", { istio: "ingress" })], ports: [port(8080)] }],
    });
  });

  test("lets out to data stores where they are in the environment, and to external hosts", () => {
    expect(development.get("backend/checkout/networkpolicy-checkout-egress")?.["spec"]).toMatchObject({
      egress: [
        { to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [port(443)] },
        { to: [service("team-backend", "orders-db")], ports: [port(5432)] },
        { to: [service("team-backend", "events")], ports: [port(9092)] },
      ],
    });
    expect(production.get("backend/checkout/networkpolicy-checkout-egress")?.["spec"]).toMatchObject({
      egress: [
        { to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [port(443)] },
        { to: [{ ipBlock: { cidr: "10.30.64.0/20" } }], ports: [port(5432)] },
        { to: [{ ipBlock: { cidr: "10.30.80.0/20" } }], ports: [port(9092)] },
      ],
    });
  });

  test("lets out to public addresses for a host that may be at any, never to private ones or the metadata service", () => {
    const platform = platformWith(({ services }) => ({
      services: services.map((input) =>
        input.name === "mailer"
          ? { ...input, consumes: [], external: [{ host: "mail.example.net", port: 587, cidrs: "any-public" }] }
          : input,
      ),
    }));
    expect(
      policiesIn(platform, "production").get("backend/mailer/networkpolicy-mailer-egress")?.["spec"],
    ).toMatchObject({
      egress: [
        {
          to: [
            {
              ipBlock: {
                cidr: "0.0.0.0/0",
                except: ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
              },
            },
          ],
          ports: [port(587)],
        },
      ],
    });
  });

  test("lets out to the API server only a service that declares it", () => {
    const platform = platformWith(({ services }) => ({
      services: services.map((input) =>
        input.name === "mailer" ? { ...input, consumes: [], kubernetesApi: {} } : input,
      ),
    }));
    expect(
      policiesIn(platform, "production").get("backend/mailer/networkpolicy-mailer-egress")?.["spec"],
    ).toMatchObject({
      egress: [
        { to: [{ ipBlock: { cidr: "10.30.0.0/24" } }], ports: [port(443), port(6443)] },
        // The VPC CNI looks before the Service's address becomes an endpoint's.
        { to: [{ ipBlock: { cidr: "172.20.0.1/32" } }], ports: [port(443)] },
      ],
    });
    for (const resource of production.values()) expect(JSON.stringify(resource)).not.toContain("10.30.0.0/24");
  });

  test("has no policy where nothing is declared: the default of the namespace refuses", () => {
    const platform = platformWith(({ services }) => ({
      services: services.map((input) => (input.name === "mailer" ? { ...input, consumes: [] } : input)),
    }));
    expect([...policiesIn(platform, "production").keys()].filter((name) => name.includes("mailer"))).toEqual([]);
  });

  test("is the same for the same dependencies in another order", () => {
    const turned = platformWith(({ services }) => ({
      services: services.map((input) => ({
        ...input,
        external: input.external?.toReversed() ?? [],
        calls: input.calls?.toReversed() ?? [],
        stores: input.stores?.toReversed() ?? [],
      })),
    }));
    expect([...policiesIn(turned, "production")]).toEqual([...production]);
  });
});

describe("the network of a data store", () => {
  test("in the cluster lets its clients in on its port, and its own pods to each other", () => {
    const policies = policiesIn(examplePlatform(), "development");
    const own = service("team-backend", "events");
    expect(policies.get("backend/_team/networkpolicy-events-ingress")?.["spec"]).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "events" } },
      policyTypes: ["Ingress"],
      ingress: [
        { from: [own] },
        { from: [service("team-backend", "checkout"), service("team-backend", "mailer")], ports: [port(9092)] },
      ],
    });
    expect(policies.get("backend/_team/networkpolicy-events-egress")?.["spec"]).toMatchObject({
      policyTypes: ["Egress"],
      egress: [{ to: [own] }],
    });
  });

  test("that is managed has none", () => {
    expect([...policiesIn(examplePlatform(), "production").keys()].filter((name) => name.includes("_team"))).toEqual(
      [],
    );
  });

  test("without clients lets nobody in", () => {
    const platform = platformWith(({ services }) => ({
      services: services.map((input) => ({ ...input, stores: [] })),
    }));
    const spec = policiesIn(platform, "development").get("backend/_team/networkpolicy-orders-db-ingress")?.["spec"];
    expect(spec).toMatchObject({ ingress: [{ from: [service("team-backend", "orders-db")] }] });
  });
});
