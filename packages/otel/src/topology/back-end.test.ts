import { environmentNamed, type Platform, plan, type TelemetryInput } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { otelComponents } from "./components.ts";
import { agentWorkload, clusterWorkload, gatewayWorkload, samplingWorkload } from "./workloads.ts";

const withTelemetry = (changes: Partial<TelemetryInput>): Platform => {
  const input = exampleProduction();
  return examplePlatform({
    environments: [exampleDevelopment(), { ...input, telemetry: { ...input.telemetry, ...changes } }],
  });
};

describe("back ends of an environment", () => {
  const platform = withTelemetry({
    cloudRole: "telemetry",
    backends: {
      traces: [
        { name: "tempo", kind: "otlp-grpc", endpoint: "tempo.monitoring.svc:4317" },
        {
          name: "vendor",
          kind: "otlp-http",
          endpoint: "https://traces.example.com",
          headers: { "X-Scope-OrgID": "shop", authorization: { secret: "vendor", key: "header" } },
        },
        { name: "x-ray", kind: "x-ray" },
      ],
      metrics: [
        { name: "prometheus", kind: "remote-write", endpoint: "http://prometheus.monitoring.svc:9090/api/v1/write" },
        { name: "amp", kind: "amp", workspace: "ws-12345678-abcd-1234-abcd-123456789012", region: "eu-west-1" },
        { name: "cloudwatch", kind: "cloudwatch", namespace: "shop", logGroup: "/metrics/shop" },
      ],
      logs: [
        { name: "loki", kind: "otlp-http", endpoint: "http://loki.monitoring.svc:3100/otlp" },
        { name: "archive", kind: "cloudwatch-logs", logGroup: "/shop/production", logStream: "gateway" },
      ],
    },
  });
  const production = environmentNamed(platform, "production");
  const gateway = gatewayWorkload(platform, production);
  const sampler = samplingWorkload(platform, production);

  it("all get everything of their signal; those without a queue get it in batches", () => {
    const { pipelines } = gateway.collector.config.service;
    expect(pipelines["metrics"]?.exporters).toEqual([
      "prometheus_remote_write/prometheus",
      "prometheus_remote_write/amp",
      "forward/cloud",
    ]);
    expect(pipelines["metrics/cloud"]).toEqual({
      receivers: ["forward/cloud"],
      processors: ["batch"],
      exporters: ["awsemf/cloudwatch"],
    });
    expect(pipelines["logs"]?.exporters).toEqual(["otlp_http/loki", "awscloudwatchlogs/archive"]);
    const kept = sampler.collector.config.service.pipelines;
    expect(kept["traces/kept"]?.exporters).toEqual(["otlp_grpc/tempo", "otlp_http/vendor", "forward/cloud"]);
    expect(kept["traces/cloud"]?.exporters).toEqual(["awsxray/x-ray"]);
    // Span metrics cost by series in CloudWatch.
    expect(kept["metrics/spans"]?.exporters).toEqual([
      "prometheus_remote_write/prometheus",
      "prometheus_remote_write/amp",
    ]);
  });

  it("are written without a finding, and signed for where they are of the cloud", () => {
    expect(plan(platform, otelComponents).findings).toEqual([]);
    expect(gateway.collector.config.exporters["prometheus_remote_write/amp"]).toMatchObject({
      endpoint:
        "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-12345678-abcd-1234-abcd-123456789012/api/v1/remote_write",
      auth: { authenticator: "sigv4auth/amp" },
    });
    expect(gateway.collector.config.extensions?.["sigv4auth/amp"]).toEqual({ region: "eu-west-1", service: "aps" });
  });

  it("get their secrets from the cluster: the configuration names only a variable", () => {
    expect(sampler.collector.config.exporters["otlp_http/vendor"]).toMatchObject({
      headers: { "X-Scope-OrgID": "shop", authorization: "${env:BACKEND_VENDOR_AUTHORIZATION}" },
    });
    expect(sampler.secrets).toEqual({ BACKEND_VENDOR_AUTHORIZATION: { secret: "vendor", key: "header" } });
    expect(gateway.secrets).toEqual({});
  });

  it("know the gateways by a cloud role", () => {
    const accounts = plan(platform, otelComponents).files.filter(({ path }) =>
      /overlays\/production\/.*serviceaccount-otel-gateway/.test(path),
    );
    const role = "arn:aws:iam::444455556666:role/telemetry";
    expect(accounts.map(({ resource }) => resource?.metadata.annotations?.["eks.amazonaws.com/role-arn"])).toEqual([
      role,
      role,
    ]);
  });
});

describe("what is still to be moved", () => {
  const platform = withTelemetry({
    accepts: ["zipkin", "jaeger", "fluent-forward"],
    scrapes: [{ job: "billing", targets: ["billing.legacy.svc:9100"], interval: "1m" }],
  });
  const [development, production] = platform.environments;
  if (development === undefined || production === undefined) throw new Error("there are two environments");

  it("comes in at the agents of the environments that accept it, and at no others", () => {
    const receivers = (environment: typeof production): readonly string[] =>
      Object.keys(agentWorkload(platform, environment).collector.config.receivers);
    expect(receivers(production)).toEqual(expect.arrayContaining(["zipkin", "jaeger", "fluent_forward"]));
    expect(receivers(development)).toEqual(["otlp", "host_metrics", "kubelet_stats", "file_log"]);
    expect(agentWorkload(platform, production).collector.findings).toEqual([]);
  });

  it("is scraped once, by the collector of the cluster", () => {
    const { config, findings } = clusterWorkload(platform, production).collector;
    expect(findings).toEqual([]);
    expect(config.receivers["prometheus"]).toEqual({
      config: {
        scrape_configs: [
          {
            job_name: "billing",
            scrape_interval: "1m",
            metrics_path: "/metrics",
            static_configs: [{ targets: ["billing.legacy.svc:9100"] }],
          },
        ],
      },
    });
  });
});

describe("the collector of the cluster", () => {
  const platform = examplePlatform();
  const production = environmentNamed(platform, "production");

  it("is one pod, never two: everything would be said twice", () => {
    expect(clusterWorkload(platform, production).runs).toMatchObject({ mode: "statefulset", replicas: 1 });
  });

  it("lists and watches what its receivers read, and nothing secret", () => {
    const role = plan(platform, otelComponents).files.find(({ path }) => /clusterrole-.*otel-cluster/.test(path));
    const rules = JSON.stringify(role?.resource?.["rules"]);
    expect(rules).not.toMatch(/secrets|configmaps|\*|create|update|patch|delete|"get"/);
    expect(rules).toContain('{"apiGroups":["events.k8s.io"],"resources":["events"],"verbs":["list","watch"]}');
  });
});
