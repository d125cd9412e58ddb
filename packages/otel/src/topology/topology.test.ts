import { environmentNamed, type Platform, plan, serviceNamed, type TelemetryInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, examplePlatformInput, exampleProduction } from "@plinth/core/testing";
import { spanMetrics } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { agentCollector } from "./agent.ts";
import { protectionFor } from "./back-end.ts";
import { balancingGateway } from "./balancing-gateway.ts";
import { clusterCollector } from "./cluster-collector.ts";
import { otelComponents } from "./components.ts";
import { agentEndpoint, collectorPlaces } from "./places.ts";
import { samplingGateway } from "./sampling-gateway.ts";
import { decisionWait, samplingPolicies, slowFrom } from "./sampling-policies.ts";

const platform = examplePlatform();
const [development, production] = platform.environments;
if (development === undefined || production === undefined) throw new Error("the example platform has two environments");

describe("the collectors of a platform", () => {
  it("are whole: nothing about them is wrong", () => {
    expect(plan(platform, otelComponents).findings).toEqual([]);
    for (const environment of platform.environments) {
      for (const { findings } of [
        agentCollector(platform, environment),
        clusterCollector(platform, environment),
        balancingGateway(platform, environment),
        samplingGateway(platform, environment),
      ])
        expect(findings).toEqual([]);
    }
  });

  it("are an agent, a collector of the cluster and two gateways in each environment", () => {
    const paths = plan(platform, otelComponents).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("opentelemetrycollector"))).toEqual([
      "foundation/overlays/development/otel-agent/opentelemetry/opentelemetrycollector-otel-agent.yaml",
      "foundation/overlays/development/otel-cluster/opentelemetry/opentelemetrycollector-otel-cluster.yaml",
      "foundation/overlays/development/otel-gateway-sampling/opentelemetry/opentelemetrycollector-otel-gateway-sampling.yaml",
      "foundation/overlays/development/otel-gateway/opentelemetry/opentelemetrycollector-otel-gateway.yaml",
      "foundation/overlays/production/otel-agent/opentelemetry/opentelemetrycollector-otel-agent.yaml",
      "foundation/overlays/production/otel-cluster/opentelemetry/opentelemetrycollector-otel-cluster.yaml",
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
      cluster: {
        name: "otel-cluster",
        namespace: "opentelemetry",
        podLabels: { "app.kubernetes.io/name": "otel-cluster" },
        ports: { otlpGrpc: 4317, otlpHttp: 4318, metrics: 8888 },
      },
    });
    expect(agentEndpoint(moved)).toBe("http://collector-collector.telemetry.svc:14317");
    const agent = plan(moved, otelComponents).files.find(
      ({ resource }) => resource?.kind === "OpenTelemetryCollector" && resource.metadata.name === "collector",
    )?.resource;
    expect(agent?.metadata.labels).toMatchObject({ app: "collector", "app.kubernetes.io/name": "edge" });
    expect(agentCollector(moved, environmentNamed(moved, "production")).config.receivers["otlp"]).toEqual({
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

  it("are told when the network knows only some of them: it refuses what no component says", () => {
    const { findings } = plan(
      examplePlatform({
        components: [
          { name: "otel-agent", namespace: "opentelemetry", ports: { "otlp-grpc": 4317 }, roles: ["telemetry-agent"] },
          { name: "otel-gateway", namespace: "opentelemetry", roles: ["telemetry-gateway"] },
        ],
      }),
      otelComponents,
    );
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "impossible-connection: no component has the role telemetry-cluster, and the network of opentelemetry refuses what no component says: otel-cluster could reach nothing",
    ]);
  });

  it("are refused names that the operator would cut off", () => {
    const long = "a-telemetry-gateway-with-a-long-name";
    const { findings } = plan(
      examplePlatform({ components: [{ name: long, namespace: "telemetry", roles: ["telemetry-gateway"] }] }),
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
        : balancingGateway(partly, environment).config.processors?.["transform/services"]?.["trace_statements"];
    };
    const critical =
      'set(resource.attributes["service.criticality"], "critical") where ContainsValue(["checkout", "frontend"], resource.attributes["service.name"])';
    const low =
      'set(resource.attributes["service.criticality"], "low") where ContainsValue(["mailer"], resource.attributes["service.name"])';
    expect(statements(0)).toEqual(expect.arrayContaining([critical, low]));
    expect(statements(1)).toContain(critical);
    expect(statements(1)).not.toContain(low);
  });
});

/** The production of an example platform whose telemetry is changed. */
const productionWith = (
  changes: Partial<TelemetryInput>,
  more: Partial<Parameters<typeof examplePlatform>[0]> = {},
): readonly [Platform, Platform["environments"][number]] => {
  const input = exampleProduction();
  const changed = examplePlatform({
    environments: [exampleDevelopment(), { ...input, telemetry: { ...input.telemetry, ...changes } }],
    ...more,
  });
  return [changed, environmentNamed(changed, "production")];
};

describe("sampling", () => {
  const names = (changes: Partial<TelemetryInput>): readonly string[] =>
    samplingPolicies(...productionWith(changes)).map(({ name }) => name);

  it("keeps errors and slow traces, and of the others a share by tier", () => {
    expect(samplingPolicies(platform, production).map(({ name }) => name)).toEqual([
      "errors",
      "slow",
      "slow-200ms",
      "tier-critical",
      "tier-high",
      "all-tiers",
    ]);
  });

  it("measures a service by what it promises: what it does for others, whatever the rest of the trace does", () => {
    expect(samplingPolicies(platform, production).find(({ name }) => name === "slow-200ms")).toEqual({
      name: "slow-200ms",
      type: "ottl_condition",
      ottl_condition: {
        error_mode: "ignore",
        span: [
          'span.kind == SPAN_KIND_SERVER and span.end_time_unix_nano - span.start_time_unix_nano >= 200000000 and ContainsValue(["checkout", "frontend"], resource.attributes["service.name"])',
        ],
      },
    });
    const { services } = examplePlatformInput();
    const [changed, environment] = productionWith(
      { slowerThan: "1s" },
      {
        services: services.map((service) =>
          service.name === "checkout"
            ? {
                ...service,
                promises: [
                  { kind: "latency", objective: 99, below: "350ms" },
                  { kind: "latency", name: "one-route", objective: 99, below: "50ms", route: "/orders" },
                ],
              }
            : service.name === "frontend"
              ? { ...service, promises: [{ kind: "latency", objective: 99, below: "3s" }] }
              : service,
        ),
      },
    );
    expect(slowFrom(serviceNamed(changed, "checkout"), environment)).toBe("350ms");
    expect(slowFrom(serviceNamed(changed, "frontend"), environment)).toBe("1s");
    expect(samplingPolicies(changed, environment).map(({ name }) => name)).toContain("slow-350ms");
  });

  it("keeps what has chosen attributes", () => {
    expect(
      samplingPolicies(...productionWith({ keep: [{ attribute: "app.order.type", values: ["wholesale"] }] })),
    ).toContainEqual({
      name: "app.order.type",
      type: "string_attribute",
      string_attribute: { key: "app.order.type", values: ["wholesale"] },
    });
  });

  it("names only tiers that get more than all do", () => {
    expect(names({ sampling: { critical: 100, high: 100, medium: 100, low: 100 } })).toEqual([
      "errors",
      "slow",
      "slow-200ms",
      "all-tiers",
    ]);
    expect(names({ sampling: { critical: 5, high: 15, medium: 5, low: 50 } })).toEqual([
      "errors",
      "slow",
      "slow-200ms",
      "tier-high",
      "tier-low",
      "all-tiers",
    ]);
    expect(names({ sampling: { critical: 10, high: 0, medium: 0, low: 0 } })).toEqual([
      "errors",
      "slow",
      "slow-200ms",
      "tier-critical",
    ]);
  });

  it("waits longer than a slow trace takes", () => {
    expect(decisionWait(production.telemetry)).toBe("30s");
    expect(decisionWait({ ...production.telemetry, slowerThan: "45s" })).toBe("90s");
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
      exporters: ["span_metrics", "service_graph", "forward/sampling"],
    });
    expect(connectors?.["span_metrics"]).toMatchObject({
      namespace: spanMetrics.namespace,
      histogram: { unit: spanMetrics.unit },
      dimensions: spanMetrics.dimensions.map(({ attribute }) => ({ name: attribute })),
      resource_metrics_key_attributes: spanMetrics.resourceKeyAttributes,
    });
  });
});

describe("what each pod counts", () => {
  it("is series of its own, which outlive its restart: the service graph gets the labels that the span metrics have", () => {
    const { processors, service } = samplingGateway(platform, production).config;
    expect(service.telemetry).toMatchObject({ resource: { "service.instance.id": "${env:COLLECTOR_POD}" } });
    expect(processors?.["attributes/writer"]).toEqual({
      actions: [
        { action: "upsert", key: "collector.instance.id", value: "${env:COLLECTOR_POD}" },
        { action: "upsert", key: "deployment.environment.name", value: "production" },
      ],
    });
    expect(service.pipelines["metrics/graph"]?.processors?.[0]).toBe("attributes/writer");
  });
});

describe("what several pods write", () => {
  it("are series of their own: target_info would be one that Prometheus refuses from the second pod", () => {
    const off = { target_info: { enabled: false } };
    expect(samplingGateway(platform, production).config.exporters["prometheus_remote_write/metrics"]).toMatchObject(
      off,
    );
    expect(balancingGateway(platform, production).config.exporters["prometheus_remote_write/metrics"]).toMatchObject(
      off,
    );
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
      sending_queue: {
        sizer: "bytes",
        queue_size: 3 * 1024 ** 3,
        block_on_overflow: true,
        storage: "file_storage/queue",
        batch: { sizer: "bytes", min_size: 1024 ** 2, max_size: 3 * 1024 ** 2 },
      },
      retry_on_failure: { enabled: true, max_elapsed_time: "1h" },
    });
    expect(balancingGateway(elsewhere, environment).config.exporters["otlp_http/logs"]).toMatchObject({
      endpoint: "https://logs.example.com/otlp",
    });
    expect(balancingGateway(elsewhere, environment).config.exporters["prometheus_remote_write/metrics"]).toMatchObject({
      endpoint: "https://metrics.example.com/write",
    });
  });
});
