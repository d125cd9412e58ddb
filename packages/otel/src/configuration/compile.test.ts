import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../checks/check-config.ts";
import { forward } from "../connectors/forward.ts";
import { spanMetricsConnector } from "../connectors/span-metrics.ts";
import { debug } from "../exporters/debug.ts";
import { loadBalancing } from "../exporters/load-balancing.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { otlpHttp } from "../exporters/otlp-http.ts";
import { prometheusRemoteWrite } from "../exporters/prometheus-remote-write.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { batch } from "../processors/batch.ts";
import { k8sAttributes } from "../processors/k8s-attributes.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resource } from "../processors/resource.ts";
import { resourceDetection } from "../processors/resource-detection.ts";
import { tailSampling } from "../processors/tail-sampling.ts";
import { fileLog } from "../receivers/file-log.ts";
import { hostMetrics } from "../receivers/host-metrics.ts";
import { otlp } from "../receivers/otlp.ts";
import { keepErrors, share } from "../tail-sampling/policy.ts";
import type { CollectorVersion } from "./collector-version.ts";
import { compileCollector } from "./compile.ts";
import { from, type Pipeline, pipeline, to } from "./pipeline.ts";
import { plainExporter, plainReceiver } from "./plain.ts";

const tempo = otlpGrpc({ name: "tempo", endpoint: "tempo.monitoring.svc:4317", tls: "plaintext" });
const prometheus = prometheusRemoteWrite({ endpoint: "http://prometheus:9090/api/v1/write" });

describe("a compiled collector", () => {
  it("reads as its pipelines were written", () => {
    const { config, findings } = compileCollector({
      extensions: [healthCheck()],
      pipelines: [
        pipeline(
          "traces",
          from(otlp({ grpc: {} })),
          [memoryLimiter(), tailSampling([keepErrors(), share(0.1)]), batch()],
          to(tempo),
        ),
      ],
    });
    expect(findings).toEqual([]);
    expect(config).toEqual({
      receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } },
      processors: {
        memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 25 },
        tail_sampling: {
          policies: [
            { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } },
            { name: "share", type: "probabilistic", probabilistic: { sampling_percentage: 10 } },
          ],
        },
        batch: {},
      },
      exporters: { "otlp_grpc/tempo": { endpoint: "tempo.monitoring.svc:4317", tls: { insecure: true } } },
      extensions: { health_check: { endpoint: "0.0.0.0:13133", path: "/" } },
      service: {
        extensions: ["health_check"],
        pipelines: {
          traces: {
            receivers: ["otlp"],
            processors: ["memory_limiter", "tail_sampling", "batch"],
            exporters: ["otlp_grpc/tempo"],
          },
        },
      },
    });
  });

  it("has the sections that it needs and no others", () => {
    const { config } = compileCollector({ pipelines: [pipeline("traces", from(otlp()), [], to(debug()))] });
    expect(Object.keys(config)).toEqual(["receivers", "exporters", "service"]);
    expect(config.service).toEqual({ pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } });
  });

  it("switches on the extensions that its components refer to", () => {
    const positions = fileStorage({ directory: "/var/lib/otelcol" });
    const { config, findings } = compileCollector({
      pipelines: [
        pipeline(
          "logs",
          from(fileLog({ include: ["/var/log/app.log"], storage: positions })),
          [memoryLimiter()],
          to(debug()),
        ),
      ],
    });
    expect(findings).toEqual([]);
    expect(config.service.extensions).toEqual(["file_storage"]);
    expect(config.extensions).toEqual({ file_storage: { directory: "/var/lib/otelcol" } });
  });

  it("is spelled for its release", () => {
    const sampled = forward("sampled");
    const pipelines = [
      pipeline("traces/in", from(otlp()), [k8sAttributes()], to(spanMetricsConnector(), sampled)),
      pipeline("traces/sampled", from(sampled), [tailSampling([keepErrors()])], to(tempo)),
      pipeline("metrics", from(spanMetricsConnector(), hostMetrics({ scrapers: { cpu: {} } })), [], to(prometheus)),
    ];
    const old = compileCollector({ pipelines, version: "0.145" });
    expect(old.findings).toEqual([]);
    expect(old.config.service.pipelines).toEqual({
      "traces/in": {
        receivers: ["otlp"],
        processors: ["k8sattributes"],
        exporters: ["spanmetrics", "forward/sampled"],
      },
      "traces/sampled": {
        receivers: ["forward/sampled"],
        processors: ["tail_sampling"],
        exporters: ["otlp_grpc/tempo"],
      },
      metrics: { receivers: ["spanmetrics", "hostmetrics"], exporters: ["prometheusremotewrite"] },
    });
    expect(compileCollector({ pipelines }).config.service.pipelines["metrics"]?.exporters).toEqual([
      "prometheus_remote_write",
    ]);
  });

  it("finds one id that stands for two components", () => {
    const { findings } = compileCollector({
      pipelines: [
        pipeline("traces", from(otlp()), [], to(otlpGrpc({ endpoint: "a:4317" }), otlpGrpc({ endpoint: "b:4317" }))),
      ],
    });
    expect(findings.map(({ code, path, message }) => ({ code, path, message }))).toEqual([
      {
        code: "duplicate-name",
        path: "exporters.otlp_grpc",
        message: "two exporters with different options are called otlp_grpc",
      },
    ]);
  });

  it("takes one component that several pipelines name, also when it was made twice", () => {
    const { config, findings } = compileCollector({
      pipelines: [
        pipeline("traces", from(otlp()), [memoryLimiter()], to(debug())),
        pipeline("logs", from(otlp()), [memoryLimiter()], to(debug())),
      ],
    });
    expect(findings).toEqual([]);
    expect(Object.keys(config.receivers)).toEqual(["otlp"]);
  });

  it("finds two pipelines of one name", () => {
    const traces = pipeline("traces", from(otlp()), [], to(debug()));
    expect(compileCollector({ pipelines: [traces, traces] }).findings.map(({ message }) => message)).toEqual([
      "two pipelines are called traces",
    ]);
  });

  it("takes components of unknown types as they are given, and knows their signals", () => {
    const carbon = plainReceiver({ type: "carbon", emits: ["metrics"], options: { endpoint: "0.0.0.0:2003" } });
    const kafka = plainExporter({ type: "kafka", accepts: ["traces", "metrics"] });
    const good = compileCollector({ pipelines: [pipeline("metrics", from(carbon), [], to(kafka))] });
    expect(good.findings).toEqual([]);
    expect(good.config.receivers).toEqual({ carbon: { endpoint: "0.0.0.0:2003" } });
    // @ts-expect-error carbon emits no traces
    const bad = compileCollector({ pipelines: [pipeline("traces", from(carbon), [], to(kafka))] });
    expect(bad.findings.map(({ message }) => message)).toEqual(["the receiver carbon emits no traces"]);
  });

  it("refuses a component that does not carry the signal, before it is run", () => {
    // @ts-expect-error host_metrics emits no traces
    pipeline("traces", from(hostMetrics({ scrapers: { cpu: {} } })), [], to(debug()));
    // @ts-expect-error tail_sampling carries no logs
    pipeline("logs", from(otlp()), [tailSampling([keepErrors()])], to(debug()));
    // @ts-expect-error prometheus_remote_write takes no traces
    pipeline("traces/kept", from(otlp()), [], to(prometheus));
    // @ts-expect-error span_metrics emits metrics only
    pipeline("traces", from(spanMetricsConnector()), [], to(debug()));
    // @ts-expect-error span_metrics takes traces only
    pipeline("metrics", from(otlp()), [], to(spanMetricsConnector()));
    // @ts-expect-error no signal is called spans
    pipeline("spans", from(otlp()), [], to(debug()));
    expect(
      compileCollector({
        pipelines: [
          pipeline("metrics", from(otlp(), hostMetrics({ scrapers: { cpu: {} } })), [], to(debug(), prometheus)),
        ],
      }).findings,
    ).toEqual([]);
  });
});

describe("any collector", () => {
  const anySource = [otlp(), otlp({ grpc: {}, name: "edge" })];
  const anyProcessor = [
    memoryLimiter(),
    resource({ upsert: { a: "b" } }),
    resourceDetection({ detectors: ["env"] }),
    k8sAttributes(),
    batch(),
  ];
  const anySink = [
    debug(),
    tempo,
    otlpHttp({ endpoint: "http://loki/otlp", queue: { batch: {}, storage: fileStorage({ directory: "/q" }) } }),
    loadBalancing({ backends: { dns: { hostname: "s", port: 4317 } } }),
  ];
  const somePipeline = fc
    .record({
      id: fc.constantFrom("traces", "metrics", "logs", "traces/a", "logs/b"),
      sources: fc.subarray(anySource, { minLength: 1 }),
      processors: fc.shuffledSubarray(anyProcessor),
      sinks: fc.subarray(anySink, { minLength: 1 }),
    })
    .map((drawn): Pipeline => drawn);
  const someVersion = fc.integer({ min: 140, max: 170 }).map((minor): CollectorVersion => `0.${minor}`);

  it("names only components that are configured, in names that its release knows", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(somePipeline, { minLength: 1, selector: ({ id }) => id }),
        someVersion,
        (pipelines, version) => {
          const { config, findings } = compileCollector({ pipelines, version });
          const orders = ["conflicting-fields"];
          expect(findings.filter(({ code }) => !orders.includes(code))).toEqual([]);
          expect(checkConfig(config, version)).toEqual(findings);
        },
      ),
    );
  });

  it("is the same, however often it is compiled", () => {
    fc.assert(
      fc.property(fc.array(somePipeline), (pipelines) => {
        expect(JSON.stringify(compileCollector({ pipelines }))).toBe(JSON.stringify(compileCollector({ pipelines })));
      }),
    );
  });
});
