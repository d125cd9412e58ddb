import { plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { spanMetrics } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { agentCollector } from "./agent.ts";
import { protectionFor } from "./back-end.ts";
import { balancingGateway } from "./balancing-gateway.ts";
import { otelComponents } from "./components.ts";
import { agentEndpoint, collectorPlaces } from "./places.ts";
import { samplingGateway } from "./sampling-gateway.ts";
import { decisionWait, samplingPolicies } from "./sampling-policies.ts";

const platform = examplePlatform();
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example platform has two environments");

describe("the collectors of a platform", () => {
  it("are whole: nothing about them is wrong", () => {
    expect(plan(platform, otelComponents).findings).toEqual([]);
    for (const environment of platform.environments) {
      for (const { findings } of [
        agentCollector(platform),
        balancingGateway(platform, environment),
        samplingGateway(platform, environment),
      ])
        expect(findings).toEqual([]);
    }
  });

  it("are an agent that all environments share, and two gateways in each", () => {
    const paths = plan(platform, otelComponents).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("opentelemetrycollector"))).toEqual([
      "foundation/base/otel-agent/opentelemetry/opentelemetrycollector-otel-agent.yaml",
      "foundation/overlays/development/otel-gateway-sampling/opentelemetry/opentelemetrycollector-otel-gateway-sampling.yaml",
      "foundation/overlays/development/otel-gateway/opentelemetry/opentelemetrycollector-otel-gateway.yaml",
      "foundation/overlays/production/otel-gateway-sampling/opentelemetry/opentelemetrycollector-otel-gateway-sampling.yaml",
      "foundation/overlays/production/otel-gateway/opentelemetry/opentelemetrycollector-otel-gateway.yaml",
    ]);
  });

  it("run where the platform says, under the labels that it says", () => {
    const moved = examplePlatform({
      components: [
        {
          name: "collector",
          namespace: "telemetry",
          podLabels: { app: "collector", "app.kubernetes.io/name": "edge" },
          ports: { "otlp-grpc": 14317 },
          roles: ["telemetry-agent"],
        },
        { name: "hub", namespace: "observability", roles: ["telemetry-gateway"] },
      ],
    });
    expect(collectorPlaces(moved)).toEqual({
      agent: {
        name: "collector",
        namespace: "telemetry",
        podLabels: { app: "collector", "app.kubernetes.io/name": "edge" },
        ports: { otlpGrpc: 14317, otlpHttp: 4318, metrics: 8888 },
      },
      gateway: {
        name: "hub",
        namespace: "observability",
        podLabels: { "app.kubernetes.io/name": "hub" },
        ports: { otlpGrpc: 4317, otlpHttp: 4318, metrics: 8888 },
      },
      sampling: {
        name: "hub-sampling",
        namespace: "observability",
        podLabels: { "app.kubernetes.io/name": "hub" },
        ports: { otlpGrpc: 4317, otlpHttp: 4318, metrics: 8888 },
      },
    });
    expect(agentEndpoint(moved)).toBe("http://collector-collector.telemetry.svc:14317");
    const agent = plan(moved, otelComponents).files.find(
      ({ resource }) => resource?.kind === "OpenTelemetryCollector" && resource.metadata.name === "collector",
    )?.resource;
    expect(agent?.metadata.labels).toMatchObject({ app: "collector", "app.kubernetes.io/name": "edge" });
    expect(agentCollector(moved).config.receivers["otlp"]).toEqual({
      protocols: { grpc: { endpoint: "0.0.0.0:14317" }, http: { endpoint: "0.0.0.0:4318" } },
    });
  });

  it("have names of their own where the platform names none", () => {
    const { agent, gateway, sampling } = collectorPlaces(examplePlatform({ components: [] }));
    expect([agent, gateway, sampling].map(({ name, namespace }) => `${namespace}/${name}`)).toEqual([
      "opentelemetry/otel-agent",
      "opentelemetry/otel-gateway",
      "opentelemetry/otel-gateway-sampling",
    ]);
  });

  it("are refused names that the operator would cut off", () => {
    const long = "a-telemetry-gateway-with-a-long-name";
    const { findings } = plan(
      examplePlatform({ components: [{ name: long, namespace: "opentelemetry", roles: ["telemetry-gateway"] }] }),
      otelComponents,
    );
    expect(findings.map(({ path, message, expected }) => ({ path, message, expected }))).toEqual([
      {
        path: "name",
        message: `"${long}" has 36 characters, and the operator makes longer names of it`,
        expected: "at most 33 characters for the component with the role telemetry-gateway",
      },
    ]);
  });
});

describe("what the model adds", () => {
  it("is the environment and its cluster, whatever the sender says", () => {
    expect(balancingGateway(platform, production).config.processors?.["resource"]).toEqual({
      attributes: [
        { key: "deployment.environment.name", value: "production", action: "upsert" },
        { key: "k8s.cluster.name", value: "shop-production", action: "upsert" },
        { key: "cloud.region", value: "eu-central-1", action: "upsert" },
        { key: "cloud.account.id", value: "444455556666", action: "upsert" },
      ],
    });
  });

  it("is the tier of each service that runs there", () => {
    const { services } = examplePlatformInput();
    const partly = examplePlatform({
      services: services.map((service) =>
        service.name === "mailer" ? { ...service, environments: ["development"] } : service,
      ),
    });
    const statements = (index: number): unknown => {
      const environment = partly.environments[index];
      return environment === undefined
        ? undefined
        : balancingGateway(partly, environment).config.processors?.["transform/criticality"]?.["trace_statements"];
    };
    const critical =
      'set(resource.attributes["service.criticality"], "critical") where ContainsValue(["checkout", "frontend"], resource.attributes["service.name"])';
    expect(statements(0)).toEqual([
      critical,
      'set(resource.attributes["service.criticality"], "low") where ContainsValue(["mailer"], resource.attributes["service.name"])',
    ]);
    expect(statements(1)).toEqual([critical]);
  });
});

describe("sampling", () => {
  const telemetry = (
    sampling: { critical: number; high: number; medium: number; low: number },
    slowerThan = "2s",
  ): typeof production.telemetry => ({ ...production.telemetry, sampling, slowerThan });

  it("keeps errors and slow traces, and of the others a share by tier", () => {
    expect(samplingPolicies(production.telemetry).map(({ name }) => name)).toEqual([
      "errors",
      "slow",
      "tier-critical",
      "tier-high",
      "all-tiers",
    ]);
  });

  it("names only tiers that get more than all do", () => {
    expect(
      samplingPolicies(telemetry({ critical: 100, high: 100, medium: 100, low: 100 })).map(({ name }) => name),
    ).toEqual(["errors", "slow", "all-tiers"]);
    expect(samplingPolicies(telemetry({ critical: 5, high: 15, medium: 5, low: 50 })).map(({ name }) => name)).toEqual([
      "errors",
      "slow",
      "tier-high",
      "tier-low",
      "all-tiers",
    ]);
    expect(samplingPolicies(telemetry({ critical: 10, high: 0, medium: 0, low: 0 })).map(({ name }) => name)).toEqual([
      "errors",
      "slow",
      "tier-critical",
    ]);
  });

  it("waits longer than a slow trace takes", () => {
    expect(decisionWait(production.telemetry)).toBe("30s");
    expect(decisionWait(telemetry({ critical: 1, high: 1, medium: 1, low: 1 }, "45s"))).toBe("90s");
  });

  it("remembers what it kept and forgets what it did not, so that a late error is judged anew", () => {
    expect(samplingGateway(platform, production).config.processors?.["tail_sampling"]).toMatchObject({
      decision_cache: { sampled_cache_size: 500_000, non_sampled_cache_size: 1 },
    });
  });

  it("counts spans before it drops any, as the profile of the span metrics says", () => {
    const { connectors, service } = samplingGateway(platform, production).config;
    expect(service.pipelines["traces/complete"]).toEqual({
      receivers: ["otlp"],
      processors: ["memory_limiter"],
      exporters: ["span_metrics", "forward/sampling"],
    });
    expect(connectors?.["span_metrics"]).toMatchObject({
      namespace: spanMetrics.namespace,
      histogram: { unit: spanMetrics.unit },
      dimensions: spanMetrics.dimensions.map(({ attribute }) => ({ name: attribute })),
      resource_metrics_key_attributes: spanMetrics.resourceKeyAttributes,
    });
  });
});

describe("what several pods write", () => {
  it("are series of their own: target_info would be one that Prometheus refuses from the second pod", () => {
    const off = { target_info: { enabled: false } };
    expect(samplingGateway(platform, production).config.exporters["prometheus_remote_write"]).toMatchObject(off);
    expect(balancingGateway(platform, production).config.exporters["prometheus_remote_write"]).toMatchObject(off);
  });
});

describe("the way to a back end", () => {
  it("is in plain text inside the cluster and protected outside", () => {
    expect(protectionFor("tempo-distributor.monitoring.svc:4317")).toEqual({ tls: "plaintext" });
    expect(protectionFor("tempo.monitoring.svc.cluster.local:4317")).toEqual({ tls: "plaintext" });
    expect(protectionFor("tempo:4317")).toEqual({ tls: "plaintext" });
    expect(protectionFor("tempo.example.com:443")).toEqual({});
  });

  it("is the environment's own", () => {
    const elsewhere = examplePlatform({
      environments: [
        exampleDevelopment(),
        exampleProduction({
          telemetry: {
            sampling: { critical: 20, high: 15, medium: 10, low: 10 },
            retention: "30d",
            backends: {
              traces: "traces.example.com:443",
              metrics: "https://metrics.example.com/write",
              logs: "https://logs.example.com/otlp",
            },
          },
        }),
      ],
    });
    const environment = elsewhere.environments[1];
    if (environment === undefined) throw new Error("there are two environments");
    expect(samplingGateway(elsewhere, environment).config.exporters["otlp_grpc/traces"]).toEqual({
      endpoint: "traces.example.com:443",
      sending_queue: { queue_size: 50_000, block_on_overflow: true, batch: { max_size: 8192 } },
    });
    expect(balancingGateway(elsewhere, environment).config.exporters["otlp_http/logs"]).toMatchObject({
      endpoint: "https://logs.example.com/otlp",
    });
    expect(balancingGateway(elsewhere, environment).config.exporters["prometheus_remote_write"]).toMatchObject({
      endpoint: "https://metrics.example.com/write",
    });
  });
});
