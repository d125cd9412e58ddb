import { type EnvironmentInput, type Platform, type PlatformComponentInput, plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { platformNetwork } from "./platform-network.ts";

type NetworkInput = EnvironmentInput["network"];

const prometheus: PlatformComponentInput = {
  name: "prometheus",
  namespace: "monitoring",
  ports: { web: 9090 },
  roles: ["metrics-scraper"],
};

function platformWith(components: PlatformComponentInput[], network: Partial<NetworkInput> = {}): Platform {
  return examplePlatform({
    components,
    environments: [exampleDevelopment(), exampleProduction()].map((environment) => ({
      ...environment,
      network: { ...environment.network, ...network },
    })),
  });
}

/** Rendered objects by the end of their path. */
function rendered(platform: Platform): ReadonlyMap<string, Resource> {
  return new Map(
    plan(platform, [platformNetwork]).files.flatMap(({ path, resource }) =>
      resource === undefined
        ? []
        : [
            [
              path
                .replace(/^foundation\/(overlays\/)?/, "")
                .replace(/platform-network\//, "")
                .replace(/\.yaml$/, ""),
              resource,
            ],
          ],
    ),
  );
}

const pods = (namespace: string, labels: object): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});
const named = (name: string): object => ({ "app.kubernetes.io/name": name });
const port = (number: number, protocol = "TCP"): object => ({ protocol, port: number });

describe("the network of what the platform runs", () => {
  const webhook: PlatformComponentInput = { name: "cert-manager-webhook", namespace: "cert-manager" };

  test("refuses everything but names in each namespace, except in Kubernetes' own", () => {
    const objects = rendered(
      platformWith([prometheus, { name: "coredns", namespace: "kube-system", ports: { dns: 53 }, roles: ["dns"] }]),
    );
    expect(objects.get("base/monitoring/networkpolicy-default-deny")?.["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(objects.get("production/monitoring/networkpolicy-allow-dns")?.["spec"]).toMatchObject({
      egress: [
        {
          to: [
            pods("kube-system", named("coredns")),
            { ipBlock: { cidr: "169.254.20.10/32" } },
            { ipBlock: { cidr: "172.20.0.10/32" } },
          ],
        },
      ],
    });
    expect([...objects.keys()].filter((path) => path.includes("kube-system"))).toEqual([]);
  });

  test("lets anyone to a webhook on the container's port, and only the scraper to metrics", () => {
    expect(
      rendered(platformWith([prometheus, webhook])).get(
        "base/cert-manager/networkpolicy-cert-manager-webhook-ingress",
      )?.["spec"],
    ).toEqual({
      podSelector: { matchLabels: named("cert-manager-webhook") },
      policyTypes: ["Ingress"],
      ingress: [{ ports: [port(10250)] }, { from: [pods("monitoring", named("prometheus"))], ports: [port(9402)] }],
    });
  });

  test("says both ends of a connection between components", () => {
    const objects = rendered(
      platformWith([
        { name: "loki-gateway", namespace: "monitoring" },
        { name: "loki", namespace: "logs" },
      ]),
    );
    expect(objects.get("base/monitoring/networkpolicy-loki-gateway-egress")?.["spec"]).toMatchObject({
      egress: [{ to: [pods("logs", named("loki"))], ports: [port(3100)] }],
    });
    expect(objects.get("base/logs/networkpolicy-loki-ingress")?.["spec"]).toMatchObject({
      ingress: [
        { from: [pods("logs", named("loki"))], ports: [port(3100), port(7946), port(9095), port(7946, "UDP")] },
        { from: [pods("monitoring", named("loki-gateway"))], ports: [port(3100)] },
      ],
    });
  });

  test("takes what a component says itself beside what is known", () => {
    const own: PlatformComponentInput = {
      name: "own-operator",
      namespace: "operators",
      connects: ["loki/http", { host: "api.example.net", port: 8443, cidrs: ["203.0.113.0/24"] }],
    };
    const objects = rendered(platformWith([own, { name: "loki", namespace: "logs", ports: { http: 3100 } }]));
    expect(objects.get("base/operators/networkpolicy-own-operator-egress")?.["spec"]).toMatchObject({
      egress: [{ to: [pods("logs", named("loki"))], ports: [port(3100)] }],
    });
    expect(objects.get("production/operators/networkpolicy-own-operator-local-egress")?.["spec"]).toMatchObject({
      egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }], ports: [port(8443)] }],
    });
  });

  test("lets the pods of all teams to the telemetry agent in one entry", () => {
    const agent: PlatformComponentInput = {
      name: "otel-agent",
      namespace: "opentelemetry",
      ports: { "otlp-grpc": 4317 },
      roles: ["telemetry-agent"],
    };
    expect(
      rendered(platformWith([agent])).get("base/opentelemetry/networkpolicy-otel-agent-ingress")?.["spec"],
    ).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [
                  { key: "kubernetes.io/metadata.name", operator: "In", values: ["team-backend", "team-frontend"] },
                ],
              },
            },
          ],
          ports: [port(4317)],
        },
      ],
    });
  });

  test("lets them there by the protocols that they are still to be moved from, where these are accepted", () => {
    const agent: PlatformComponentInput = {
      name: "otel-agent",
      namespace: "opentelemetry",
      ports: { "otlp-grpc": 4317, zipkin: 19411 },
      roles: ["telemetry-agent"],
    };
    const production = exampleProduction();
    const moving = examplePlatform({
      components: [agent],
      environments: [
        exampleDevelopment(),
        { ...production, telemetry: { ...production.telemetry, accepts: ["zipkin", "fluent-forward"] } },
      ],
    });
    const objects = rendered(moving);
    expect(objects.get("production/opentelemetry/networkpolicy-otel-agent-local-ingress")?.["spec"]).toMatchObject({
      ingress: [{ ports: [port(8006), port(19411)] }],
    });
    expect(objects.get("development/opentelemetry/networkpolicy-otel-agent-local-ingress")).toBeUndefined();
  });

  test("lets gateways to back ends of the cloud, and to whoever gives them their role", () => {
    const gateway: PlatformComponentInput = {
      name: "otel-gateway",
      namespace: "opentelemetry",
      roles: ["telemetry-gateway"],
    };
    const production = exampleProduction();
    const inCloud = examplePlatform({
      components: [gateway],
      environments: [
        exampleDevelopment(),
        {
          ...production,
          telemetry: {
            ...production.telemetry,
            cloudRole: "telemetry",
            backends: { ...production.telemetry.backends, traces: [{ name: "x-ray", kind: "x-ray" }] },
          },
        },
      ],
    });
    const objects = rendered(inCloud);
    expect(
      JSON.stringify(objects.get("production/opentelemetry/networkpolicy-otel-gateway-local-egress")?.["spec"]),
    ).toContain('"cidr":"0.0.0.0/0"');
    expect(objects.get("development/opentelemetry/networkpolicy-otel-gateway-local-egress")).toBeUndefined();
  });

  test("names the API server as the environment's CNI sees it", () => {
    const egressOn = (cni: NonNullable<NetworkInput["cni"]>): unknown =>
      rendered(platformWith([webhook], { cni })).get(
        "development/cert-manager/networkpolicy-cert-manager-webhook-local-egress",
      )?.["spec"];
    const endpoints = { to: [{ ipBlock: { cidr: "10.10.0.0/24" } }], ports: [port(443), port(6443)] };
    const service = { to: [{ ipBlock: { cidr: "172.20.0.1/32" } }], ports: [port(443)] };
    expect(egressOn("vpc-cni")).toMatchObject({ egress: [endpoints, service] });
    expect(egressOn("vpc-cni-strict")).toMatchObject({ egress: [endpoints, service] });
    expect(egressOn("calico")).toMatchObject({ egress: [endpoints] });
  });

  test("finds pods in the node's network by the nodes' addresses, on either side", () => {
    const objects = rendered(
      platformWith(
        [
          prometheus,
          { name: "node-exporter", namespace: "monitoring", hostNetwork: true },
          { name: "falcosidekick", namespace: "falco", hostNetwork: true },
          { name: "loki", namespace: "monitoring" },
        ],
        { nodes: ["10.10.9.0/24"] },
      ),
    );
    expect([...objects.keys()].filter((path) => /node-exporter|falcosidekick/.test(path))).toEqual([]);
    expect(objects.get("development/monitoring/networkpolicy-prometheus-local-egress")?.["spec"]).toMatchObject({
      egress: expect.arrayContaining([
        { to: [{ ipBlock: { cidr: "10.10.9.0/24" } }], ports: [port(2801), port(9100), port(10250)] },
      ]),
    });
    expect(objects.get("development/monitoring/networkpolicy-loki-local-ingress")?.["spec"]).toMatchObject({
      ingress: [{ from: [{ ipBlock: { cidr: "10.10.9.0/24" } }], ports: [port(3100)] }],
    });
  });

  test("opens Kubernetes' own namespaces where a pod without a policy is refused everything", () => {
    const strict = rendered(platformWith([prometheus], { cni: "vpc-cni-strict" }));
    expect(strict.get("production/kube-system/networkpolicy-allow-all")?.["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{}],
      egress: [{}],
    });
    expect([...rendered(platformWith([prometheus])).keys()].filter((path) => path.includes("kube-"))).toEqual([]);
  });
});
