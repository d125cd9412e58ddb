import {
  fieldAt,
  type Platform,
  type PlatformComponentInput,
  plan,
  type Resource,
  type ServiceInput,
} from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { labelsOfPromql } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { scraperCollector } from "./allocated-scraper.ts";
import type { MonitorOptions } from "./monitor.ts";
import { scraping } from "./scraping-components.ts";

const cart: ServiceInput = {
  name: "cart",
  team: "backend",
  tier: "high",
  language: "go",
  ports: { http: { port: 8080, protocol: "http" }, metrics: { port: 9464, protocol: "prometheus" } },
};

function platformWith(changes: Partial<ServiceInput> = {}, ...components: readonly PlatformComponentInput[]): Platform {
  const { components: known = [] } = examplePlatformInput();
  return examplePlatform({
    dataStores: [],
    services: [{ ...cart, ...changes }],
    components: [...known, ...components],
  });
}

function resourcesOf(platform: Platform, options?: MonitorOptions, environment = "production"): readonly Resource[] {
  return plan(platform, scraping(options)).files.flatMap(({ entry, resource }) =>
    entry.environment === environment && resource !== undefined ? [resource] : [],
  );
}

function endpointsOf(platform: Platform): readonly unknown[] {
  const [monitor] = resourcesOf(platform);
  const endpoints = fieldAt(monitor, "spec", "podMetricsEndpoints");
  return Array.isArray(endpoints) ? endpoints : [];
}

const findingsOf = (platform: Platform): readonly string[] =>
  plan(platform, scraping()).findings.map(({ code, path }) => `${code} ${path}`);

describe("a service that exposes metrics", () => {
  it("is scraped at each port that says so, without another word", () => {
    expect(resourcesOf(platformWith())).toMatchObject([
      {
        kind: "PodMonitor",
        metadata: { name: "cart", namespace: "team-backend" },
        spec: {
          selector: { matchLabels: { "app.kubernetes.io/name": "cart" } },
          sampleLimit: 10_000,
          podMetricsEndpoints: [
            { portNumber: 9464, path: "/metrics", interval: "30s", scrapeTimeout: "10s", honorLabels: false },
          ],
        },
      },
    ]);
    expect(findingsOf(platformWith())).toEqual([]);
  });

  it("is scraped as it says, also at a port that serves requests", () => {
    const platform = platformWith({
      metrics: [
        { port: "metrics", interval: "5s", drop: ["go_.*", "process_start_time_seconds"], sampleLimit: 20_000 },
        { port: "http", path: "/internal/metrics", honorLabels: true },
      ],
    });
    expect(endpointsOf(platform)).toMatchObject([
      {
        portNumber: 9464,
        interval: "5s",
        scrapeTimeout: "5s",
        metricRelabelings: [
          { action: "drop", sourceLabels: ["__name__"], regex: "(?:go_.*)|(?:process_start_time_seconds)" },
        ],
      },
      { portNumber: 8080, path: "/internal/metrics", honorLabels: true },
    ]);
    expect(fieldAt(resourcesOf(platform)[0], "spec", "sampleLimit")).toBe(20_000);
  });

  it("has the labels that rules and routes read", () => {
    const [endpoint] = endpointsOf(platformWith());
    const relabelings = fieldAt(endpoint, "relabelings");
    const labels = Array.isArray(relabelings)
      ? relabelings.map((relabeling) => [fieldAt(relabeling, "targetLabel"), fieldAt(relabeling, "replacement")])
      : [];
    expect(labels).toEqual([
      ["job", "team-backend/cart"],
      ["endpoint", "metrics"],
      ["service", "cart"],
      ["team", "backend"],
      ["environment", "production"],
    ]);
    const known = labelsOfPromql("up", { commonLabels: ["team", "environment"] });
    for (const [label] of labels) expect([...(known ?? [])]).toContain(label);
  });

  it("is found by its Service where that is asked for, with the labels that Prometheus selects by", () => {
    const monitorLabels = { release: "kube-prometheus-stack" };
    expect(resourcesOf(platformWith(), { discover: "services", monitorLabels })).toMatchObject([
      {
        kind: "ServiceMonitor",
        metadata: { labels: monitorLabels },
        spec: { endpoints: [{ port: "metrics", path: "/metrics" }] },
      },
    ]);
  });

  it("is not scraped where it exposes nothing", () =>
    expect(resourcesOf(platformWith({ ports: { http: { port: 8080, protocol: "http" } } }))).toEqual([]));
});

describe("other things with metrics", () => {
  it("are data stores, where they run in the cluster", () => {
    const { dataStores = [] } = examplePlatformInput();
    const platform = examplePlatform({
      dataStores: dataStores.map((store) => ({ ...store, metrics: [{ port: 9187 }] })),
    });
    const storesIn = (environment: string) =>
      resourcesOf(platform, {}, environment)
        .map(({ metadata }) => metadata.name)
        .filter((name) => name !== "checkout");
    expect(storesIn("development")).toEqual(["events", "orders-db"]);
    expect(storesIn("production")).toEqual([]);
  });

  it("are platform components that say so, and no others: two monitors would count everything twice", () => {
    const platform = platformWith(
      { ports: {} },
      {
        name: "external-dns",
        namespace: "external-dns",
        ports: { http: 7979 },
        metrics: [{ port: "http", interval: "1m" }],
      },
    );
    expect(resourcesOf(platform)).toMatchObject([
      {
        kind: "PodMonitor",
        metadata: { name: "external-dns", namespace: "external-dns" },
        spec: { podMetricsEndpoints: [{ portNumber: 7979, interval: "1m", scrapeTimeout: "10s" }] },
      },
    ]);
  });
});

describe("collectors that scrape", () => {
  const scraper: PlatformComponentInput = {
    name: "otel-scraper",
    namespace: "opentelemetry",
    ports: { metrics: 8888 },
    roles: ["metrics-scraper"],
  };
  const allocator: PlatformComponentInput = {
    name: "otel-scraper-targetallocator",
    namespace: "opentelemetry",
    ports: { http: 8080 },
    software: "otel-target-allocator",
  };

  it("get their targets from an allocator that reads the same monitors", () => {
    const monitorLabels = { "plinth.dev/scraped-by": "otel-scraper" };
    const resources = resourcesOf(platformWith({}, scraper, allocator), { monitorLabels });
    expect(resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "PodMonitor cart",
      "ClusterRole opentelemetry-otel-scraper-targetallocator",
      "ClusterRoleBinding opentelemetry-otel-scraper-targetallocator",
      "OpenTelemetryCollector otel-scraper",
      "ServiceAccount otel-scraper-targetallocator",
      "ServiceAccount otel-scraper",
      "TargetAllocator otel-scraper",
    ]);
    const kind = (name: string) => resources.find((resource) => resource.kind === name);
    expect(kind("TargetAllocator")).toMatchObject({
      spec: {
        allocationStrategy: "consistent-hashing",
        prometheusCR: { enabled: true, podMonitorSelector: { matchLabels: monitorLabels } },
      },
    });
    expect(kind("OpenTelemetryCollector")).toMatchObject({
      metadata: { labels: { "opentelemetry.io/target-allocator": "otel-scraper" } },
      spec: { mode: "statefulset" },
    });
  });

  it("have a configuration without a finding, whose receiver the operator can complete", () => {
    const platform = platformWith({}, scraper, allocator);
    const found = platform.components.find(({ name }) => name === "otel-scraper");
    if (found === undefined) throw new Error("no scraper");
    const { config, findings } = scraperCollector(platform, found);
    expect(findings).toEqual([]);
    expect(fieldAt(config, "receivers", "prometheus", "config")).toBeDefined();
    expect(fieldAt(config, "receivers", "prometheus", "target_allocator", "endpoint")).toBe(
      "http://otel-scraper-targetallocator:80",
    );
  });

  it("are found out where the network would let them nowhere", () => {
    expect(findingsOf(platformWith({}, { ...scraper, roles: [] }))).toEqual([
      "unknown-reference components[otel-scraper]",
      "conflicting-fields components[otel-scraper].roles",
    ]);
  });
});

describe("metrics that nobody reads are found", () => {
  it("where no component scrapes", () => {
    const { components = [] } = examplePlatformInput();
    const without = components.filter(({ name }) => name !== "prometheus");
    expect(findingsOf(examplePlatform({ components: without }))).toEqual(["without-effect components"]);
  });

  it("where a monitor cannot find the pods", () => {
    const exporter = { name: "node-exporter", namespace: "monitoring", ports: { metrics: 9100 }, hostNetwork: true };
    expect(findingsOf(platformWith({}, { ...exporter, metrics: [{ port: "metrics" }] }))).toEqual([
      "without-effect components[node-exporter].metrics",
    ]);
  });
});
