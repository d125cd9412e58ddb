import {
  environmentNamed,
  fieldAt,
  type Platform,
  plan,
  podLabelsOf,
  type Resource,
  resourceFindings,
  serviceNamed,
} from "@plinth/core";
import { chartResources, componentChart } from "@plinth/core/cdk8s";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { App, Chart, Testing } from "cdk8s";
import { describe, expect, it } from "vitest";
import { serviceWorkload } from "./service-workload.ts";
import { astronomyShop, shopWorkloads } from "./shop-workloads.ts";

function platformWith(needs: { cpu: string; memory: string; replicas: Record<string, number> }): Platform {
  const { services } = examplePlatformInput();
  return examplePlatform({
    services: services.map((service) => (service.name === "checkout" ? { ...service, needs } : service)),
  });
}

const platform = platformWith({ cpu: "200m", memory: "1.5Gi", replicas: { development: 1, production: 6 } });

function workloadsIn(environment: string): readonly Resource[] {
  return shopWorkloads(platform, environmentNamed(platform, environment));
}

function one(resources: readonly Resource[], kind: string, name: string): Resource {
  const found = resources.filter((resource) => resource.kind === kind && resource.metadata.name === name);
  expect(found, `${kind} ${name}`).toHaveLength(1);
  const [first] = found;
  if (first === undefined) throw new Error(`no ${kind} ${name}`);
  return first;
}

describe("the adapter of cdk8s", () => {
  it("reads of cdk8s-plus what cdk8s itself writes, and each value again from the chart of the component", () => {
    const production = environmentNamed(platform, "production");
    const development = environmentNamed(platform, "development");
    for (const service of platform.services) {
      const chart = new Chart(new App(), service.name, { namespace: "team-backend" });
      serviceWorkload(chart, platform, production, service);
      expect(byName(chartResources(chart))).toEqual(byName(Testing.synth(chart)));
    }
    const back = componentChart(new App(), "shop", { component: astronomyShop, platform, environment: development });
    expect(JSON.stringify(Testing.synth(back))).toBe(JSON.stringify(shopWorkloads(platform, development)));
  });
});

function byName(objects: readonly { readonly kind: string; readonly metadata: { readonly name: string } }[]): unknown {
  return Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
}

describe("workloads of the shop", () => {
  it("are one Deployment for each service that runs there, and a StatefulSet for each store in the cluster", () => {
    const names = (environment: string, kind: string): string[] =>
      workloadsIn(environment)
        .filter((resource) => resource.kind === kind)
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
        .sort();
    const services = ["team-backend/checkout", "team-backend/mailer", "team-frontend/frontend"];
    expect(names("production", "Deployment")).toEqual(services);
    expect(names("development", "Deployment")).toEqual(services);
    expect(names("development", "StatefulSet")).toEqual(["team-backend/events", "team-backend/orders-db"]);
    expect(names("production", "StatefulSet")).toEqual([]);
  });

  it("are what a plan can write", () => {
    expect(plan(platform, [astronomyShop]).findings).toEqual([]);
    for (const resource of workloadsIn("development")) expect(resourceFindings(resource)).toEqual([]);
  });

  it("are selected by the labels that everything else selects them by", () => {
    const labels = podLabelsOf(serviceNamed(platform, "checkout"));
    const deployment = one(workloadsIn("production"), "Deployment", "checkout");
    expect(fieldAt(deployment, "spec", "selector", "matchLabels")).toEqual(labels);
    expect(fieldAt(deployment, "spec", "template", "metadata", "labels")).toMatchObject(labels);
    expect(fieldAt(one(workloadsIn("production"), "Service", "checkout"), "spec", "selector")).toEqual(labels);
  });

  it("take what the model says that they need, and are scaled where many are allowed", () => {
    const production = one(workloadsIn("production"), "Deployment", "checkout");
    expect(container(production)).toMatchObject({
      resources: { requests: { cpu: "200m", memory: "1536Mi" }, limits: { memory: "1536Mi" } },
    });
    expect(fieldAt(production, "spec", "replicas")).toBeUndefined();
    expect(one(workloadsIn("production"), "HorizontalPodAutoscaler", "checkout")["spec"]).toMatchObject({
      minReplicas: 3,
      maxReplicas: 6,
    });
    one(workloadsIn("production"), "PodDisruptionBudget", "checkout");
    expect(fieldAt(one(workloadsIn("development"), "Deployment", "checkout"), "spec", "replicas")).toBe(1);
    expect(workloadsIn("development").map(({ kind }) => kind)).not.toContain("PodDisruptionBudget");
  });

  it("run as nobody, write nothing but their own temporary folder, and have no token", () => {
    for (const resource of workloadsIn("development")) {
      if (resource.kind !== "Deployment" && resource.kind !== "StatefulSet") continue;
      expect(fieldAt(resource, "spec", "template", "spec")).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true },
      });
      expect(container(resource)).toMatchObject({
        image: expect.stringMatching(/^registry\.example\.com\/.+:\d+\.\d+\.\d+@sha256:[0-9a-f]{64}$/),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ["ALL"] },
          seccompProfile: { type: "RuntimeDefault" },
        },
      });
    }
  });

  it("find what they depend on", () =>
    expect(container(one(workloadsIn("production"), "Deployment", "checkout"))["env"]).toEqual([
      { name: "EVENTS_ADDR", value: "events.production.shop.example.com:9092" },
      { name: "ORDERS_DB_ADDR", value: "orders-db.production.shop.example.com:5432" },
      { name: "PAYMENTS_ADDR", value: "api.payments.example.net:443" },
    ]));

  it("send telemetry: an SDK takes its variables from the ConfigMap, an agent is asked for", () => {
    const [checkout, frontend] = ["checkout", "frontend"].map((name) =>
      one(workloadsIn("production"), "Deployment", name),
    );
    if (checkout === undefined || frontend === undefined) throw new Error("the shop lacks a service");
    expect(container(checkout)["envFrom"]).toEqual([{ configMapRef: { name: "checkout-telemetry" } }]);
    expect(fieldAt(frontend, "spec", "template", "metadata", "annotations")).toMatchObject({
      "instrumentation.opentelemetry.io/inject-nodejs": "opentelemetry/nodejs",
    });
    expect(container(frontend)["envFrom"]).toBeUndefined();
  });

  it("are asked how they are: at their port, or by a command", () => {
    const probeOf = (name: string): unknown =>
      container(one(workloadsIn("production"), "Deployment", name))["livenessProbe"];
    expect(probeOf("checkout")).toMatchObject({ grpc: { port: 5050 } });
    expect(probeOf("frontend")).toMatchObject({ httpGet: { port: 8080, path: "/healthz" } });
    expect(probeOf("mailer")).toMatchObject({ exec: { command: ["/app/healthcheck"] } });
  });
});

function container(resource: Resource): Readonly<Record<string, unknown>> {
  const containers = fieldAt(resource, "spec", "template", "spec", "containers");
  const first: unknown = Array.isArray(containers) ? containers[0] : undefined;
  if (typeof first !== "object" || first === null) throw new Error("no container");
  return Object.fromEntries(Object.entries(first));
}
