import {
  environmentNamed,
  fieldAt,
  type InstrumentationInput,
  type Language,
  languages,
  type Platform,
  plan,
  type Resource,
  serviceNamed,
} from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { instrumentation } from "./instrumentation-components.ts";
import { podTelemetry } from "./pod-telemetry.ts";
import { propagatorsIn } from "./propagators.ts";

interface Written {
  readonly language: Language;
  readonly instrumentation?: InstrumentationInput;
}

function platformWith(...services: readonly Written[]): Platform {
  return examplePlatform({
    dataStores: [],
    services: services.map((service, index) => ({ name: `s${index}`, team: "backend", tier: "high", ...service })),
  });
}

function resourcesOf(platform: Platform, environment = "production"): readonly Resource[] {
  return plan(platform, instrumentation()).files.flatMap(({ entry, resource }) =>
    entry.environment === environment && resource !== undefined ? [resource] : [],
  );
}

const findingsOf = (platform: Platform): readonly string[] =>
  plan(platform, instrumentation()).findings.map(({ code, path }) => `${code} ${path}`);

const first = (platform: Platform, environment = "production") =>
  podTelemetry(platform, serviceNamed(platform, "s0"), environmentNamed(platform, environment));

describe("an Instrumentation", () => {
  it("is there for each agent that a service of the environment needs, beside the collectors", () => {
    const platform = platformWith(
      { language: "java" },
      { language: "kotlin" },
      { language: "python" },
      { language: "rust" },
      { language: "ruby" },
      { language: "elixir", instrumentation: "none" },
    );
    expect(
      resourcesOf(platform)
        .filter(({ kind }) => kind === "Instrumentation")
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    ).toEqual(["java", "python", "sdk-grpc", "sdk-http"].map((name) => `opentelemetry/${name}`));
    expect(findingsOf(platform)).toEqual([]);
  });

  it("sends to the agent of the node, samples nothing away, and says what environment it is", () => {
    const [java] = resourcesOf(platformWith({ language: "java" }));
    expect(java?.["spec"]).toMatchObject({
      exporter: { endpoint: "http://otel-agent-collector.opentelemetry.svc:4318" },
      sampler: { type: "parentbased_always_on" },
      propagators: ["tracecontext", "baggage"],
      resource: { resourceAttributes: { "deployment.environment.name": "production" } },
    });
  });

  it("puts an image of an exact version into pods, in a container whose memory is requested", () => {
    const fields = { java: "resources", dotnet: "resourceRequirements", nodejs: "resourceRequirements" } as const;
    for (const language of ["java", "dotnet", "nodejs"] as const) {
      const [resource] = resourcesOf(platformWith({ language }));
      expect(fieldAt(resource, "spec", language, "image")).toMatch(/:\d+\.\d+\.\d+$/);
      expect(fieldAt(resource, "spec", language, fields[language])).toMatchObject({
        requests: { memory: "256Mi" },
        limits: { memory: "256Mi" },
      });
    }
  });

  it("takes its image from where an option says", () => {
    const image = "registry.example.com/otel/autoinstrumentation-java:2.30.0";
    const { files } = plan(platformWith({ language: "java" }), instrumentation({ images: { java: image } }));
    const images = files.flatMap(({ resource }) => fieldAt(resource, "spec", "java", "image") ?? []);
    expect(new Set(images)).toEqual(new Set([image]));
  });
});

describe("propagators", () => {
  const backends = { traces: "tempo.monitoring.svc:4317", metrics: "http://p.svc/write", logs: "http://l.svc/otlp" };
  const sampling = { critical: 20, high: 15, medium: 10, low: 10 };
  const environmentWith = (changes: object) =>
    environmentNamed(
      examplePlatform({
        environments: [
          exampleDevelopment(),
          exampleProduction({ telemetry: { sampling, retention: "30d", backends, ...changes } }),
        ],
      }),
      "production",
    );

  it("are those of the W3C, and of what is still to be moved", () => {
    expect(propagatorsIn(environmentWith({}))).toEqual(["tracecontext", "baggage"]);
    expect(propagatorsIn(environmentWith({ accepts: ["zipkin", "jaeger", "fluent-forward"] }))).toEqual([
      "tracecontext",
      "baggage",
      "b3multi",
      "jaeger",
    ]);
  });

  it("are X-Ray's too where traces go there, each once", () => {
    const traces = [{ name: "x", kind: "x-ray" }];
    const cloud = environmentWith({ backends: { ...backends, traces }, cloudRole: "telemetry-gateway" });
    expect(propagatorsIn(cloud, ["xray", "b3"])).toEqual(["tracecontext", "baggage", "xray", "b3"]);
  });
});

describe("the pods of a service", () => {
  it("are annotated with the agent of their language, and say which service they are", () => {
    expect(first(platformWith({ language: "kotlin" }))).toEqual({
      annotations: {
        "instrumentation.opentelemetry.io/inject-java": "opentelemetry/java",
        "resource.opentelemetry.io/service.criticality": "high",
        "resource.opentelemetry.io/service.name": "s0",
      },
      variables: {},
    });
  });

  it("name their containers and their C library where that is said", () => {
    const alpine: InstrumentationInput = { libc: "musl", containers: ["app", "worker"] };
    expect(first(platformWith({ language: "dotnet", instrumentation: alpine })).annotations).toMatchObject({
      "instrumentation.opentelemetry.io/dotnet-container-names": "app,worker",
      "instrumentation.opentelemetry.io/otel-dotnet-auto-runtime": "linux-musl-x64",
    });
    expect(first(platformWith({ language: "python", instrumentation: alpine })).annotations).toMatchObject({
      "instrumentation.opentelemetry.io/otel-python-platform": "musl",
    });
  });

  it("take the variables of an SDK from a ConfigMap, at the port of what the SDK speaks", () => {
    const { configMap, variables } = first(platformWith({ language: "rust" }));
    expect(configMap).toBe("s0-telemetry");
    expect(variables).toEqual({
      OTEL_SERVICE_NAME: "s0",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-agent-collector.opentelemetry.svc:4317",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_METRICS_EXPORTER: "otlp",
      OTEL_LOGS_EXPORTER: "none",
      OTEL_SEMCONV_STABILITY_OPT_IN: "http",
      OTEL_PROPAGATORS: "tracecontext,baggage",
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
      OTEL_RESOURCE_ATTRIBUTES:
        "deployment.environment.name=production,service.criticality=high,service.namespace=team-backend",
    });
    expect(first(platformWith({ language: "ruby" })).variables).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel-agent-collector.opentelemetry.svc:4318",
    });
    const rendered = resourcesOf(platformWith({ language: "rust" })).find(({ kind }) => kind === "ConfigMap");
    expect(rendered).toMatchObject({ metadata: { name: configMap, namespace: "team-backend" }, data: variables });
  });

  it("say nothing where the service sends nothing", () => {
    const silent = platformWith({ language: "go", instrumentation: "none" });
    expect(first(silent)).toEqual({ annotations: {}, variables: {} });
    expect(resourcesOf(silent)).toEqual([]);
  });

  it("get something in every language, without being told", () => {
    for (const language of languages) {
      const platform = platformWith({ language });
      expect(findingsOf(platform)).toEqual([]);
      const { annotations, variables } = first(platform);
      expect(Object.keys({ ...annotations, ...variables })).not.toEqual([]);
    }
  });
});

describe("what cannot be instrumented as it is said is found", () => {
  it("an agent for a language that has none", () => {
    expect(findingsOf(platformWith({ language: "rust", instrumentation: "automatic" }))).toEqual([
      "conflicting-fields services[s0].instrumentation",
    ]);
  });

  it("the agent for Go where Pod Security refuses privileged containers, and without its program", () => {
    expect(findingsOf(platformWith({ language: "go", instrumentation: "automatic" }))).toEqual([
      "conflicting-fields services[s0].instrumentation",
      "invalid-field services[s0].instrumentation.executable",
    ]);
    const executable = { mode: "automatic", executable: "/app/s0" } as const;
    const inDevelopment = examplePlatform({
      dataStores: [],
      services: [
        {
          name: "s0",
          team: "backend",
          tier: "low",
          language: "go",
          instrumentation: executable,
          environments: ["development"],
        },
      ],
    });
    expect(findingsOf(inDevelopment)).toEqual([]);
    expect(first(inDevelopment, "development").annotations).toMatchObject({
      "instrumentation.opentelemetry.io/inject-go": "opentelemetry/go",
      "instrumentation.opentelemetry.io/otel-go-auto-target-exe": "/app/s0",
    });
  });

  it("gRPC for an agent, and a path that nothing looks for", () => {
    const written = { protocol: "grpc", mode: "automatic", executable: "/app/s0" } as const;
    expect(findingsOf(platformWith({ language: "python", instrumentation: written }))).toEqual([
      "without-effect services[s0].instrumentation.executable",
      "conflicting-fields services[s0].instrumentation.protocol",
    ]);
  });

  it("annotations that nobody writes", () => {
    const { telemetry } = exampleProduction();
    const platform = examplePlatform({
      environments: [
        exampleDevelopment(),
        exampleProduction({ telemetry: { ...telemetry, instrument: "every-service" } }),
      ],
      components: [],
    });
    expect(findingsOf(platform)).toEqual(["without-effect environments[production].telemetry.instrument"]);
  });
});
