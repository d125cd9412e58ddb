import { resourceFindings } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { clusterOf } from "./cluster-of.ts";
import { workloadResources } from "./workload-resources.ts";

const platform = examplePlatform();
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example has two environments");

describe("the cluster of an environment", () => {
  const names = (environment: typeof development): string[] =>
    clusterOf(platform, environment).workloads.map(({ namespace, name }) => `${namespace}/${name}`);

  test("runs the services, the components, and the data stores that are in it", () => {
    expect(names(production)).toEqual([
      "team-backend/checkout",
      "team-frontend/frontend",
      "team-backend/mailer",
      ...platform.components.map(({ namespace, name }) => `${namespace}/${name}`),
    ]);
    expect(names(development).filter((name) => !names(production).includes(name))).toEqual([
      "team-backend/events",
      "team-backend/orders-db",
    ]);
  });

  test("has the namespaces of all teams and components, once each", () => {
    expect(clusterOf(platform, production).namespaces.map(({ name }) => name)).toEqual([
      "argocd",
      "istio-system",
      "kube-system",
      "kyverno",
      "monitoring",
      "opentelemetry",
      "team-backend",
      "team-frontend",
    ]);
  });

  test("has no pods of what is in the node's network", () => {
    const onNodes = examplePlatform({
      components: [{ name: "node-exporter", namespace: "monitoring", hostNetwork: true }],
    });
    expect(clusterOf(onNodes, production).workloads.map(({ name }) => name)).not.toContain("node-exporter");
    expect(clusterOf(onNodes, production).namespaces.map(({ name }) => name)).toContain("monitoring");
  });

  test("has the ports that the catalogue knows, at the numbers that the platform says", () => {
    const components = [{ name: "loki", namespace: "monitoring", ports: { http: 3101 } }];
    expect(
      clusterOf(examplePlatform({ components }), production).workloads.find(({ name }) => name === "loki"),
    ).toMatchObject({
      ports: [
        { name: "http", port: 3101, protocol: "TCP" },
        { name: "grpc", port: 9095, protocol: "TCP" },
        { name: "gossip", port: 7946, protocol: "TCP" },
        { name: "gossip-udp", port: 7946, protocol: "UDP" },
      ],
    });
  });

  test("answers DNS over both protocols", () => {
    expect(clusterOf(platform, production).workloads.find(({ name }) => name === "coredns")).toMatchObject({
      ports: [
        { name: "dns", port: 53, protocol: "TCP" },
        { name: "dns-udp", port: 53, protocol: "UDP" },
        { name: "metrics", port: 9153, protocol: "TCP" },
      ],
    });
  });
});

describe("workloads as Kubernetes objects", () => {
  const resources = workloadResources(clusterOf(platform, production));

  test("are valid: a Namespace for each namespace, a Deployment for each workload", () => {
    expect(resources.flatMap((resource) => resourceFindings(resource))).toEqual([]);
    const { namespaces, workloads } = clusterOf(platform, production);
    expect(resources.map(({ kind }) => kind)).toEqual([
      ...namespaces.map(() => "Namespace"),
      ...workloads.map(() => "Deployment"),
    ]);
  });

  test("have the labels and ports of their pods", () => {
    expect(resources.find(({ metadata }) => metadata.name === "checkout")?.["spec"]).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "checkout" } },
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "checkout" } },
        spec: {
          containers: [
            {
              name: "workload",
              image: "workload.invalid/none:0",
              ports: [
                { name: "grpc", containerPort: 5050, protocol: "TCP" },
                { name: "metrics", containerPort: 9464, protocol: "TCP" },
              ],
            },
          ],
        },
      },
    });
  });
});
