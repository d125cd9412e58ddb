import { describe, expect, it } from "vitest";
import { examplePlatform, examplePlatformInput } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import { definePlatform } from "./define.ts";
import { metricsEndpointsOf, scrapedPortsOf, serviceNamed } from "./dependencies.ts";
import { injectionOf, podAnnotationsOf } from "./injection.ts";
import { defaultInstrumentation } from "./instrumentation.ts";
import { languages } from "./language.ts";
import type { Platform, PlatformInput } from "./platform.ts";
import type { Service, ServiceInput } from "./service.ts";

const cart = { name: "cart", team: "backend", tier: "low" } as const;

function serviceOf(changes: Partial<ServiceInput>): Service {
  const platform = examplePlatform({ dataStores: [], services: [{ ...cart, language: "go", ...changes }] });
  return serviceNamed(platform, "cart");
}

/** Findings of an input that no compiler has seen. */
function findingsOf(changes: Readonly<Record<string, unknown>>): readonly { path?: string; example?: string }[] {
  const input = { ...examplePlatformInput(), dataStores: [], services: [{ ...cart, language: "go", ...changes }] };
  return buildPlatform({ kind: "PlatformDefinition", input: Object.assign(examplePlatformInput(), input) }).findings;
}

describe("a service's instrumentation", () => {
  it("follows from its language unless it says otherwise", () => {
    for (const language of languages)
      expect(serviceOf({ language }).instrumentation.mode).toBe(defaultInstrumentation[language]);
    expect(serviceOf({ language: "java", instrumentation: "manual" }).instrumentation).toEqual({
      mode: "manual",
      containers: [],
      libc: "glibc",
      protocol: "http/protobuf",
    });
    expect(serviceOf({ language: "java", instrumentation: { libc: "musl" } }).instrumentation).toMatchObject({
      mode: "automatic",
      libc: "musl",
    });
  });

  it("sends what the SDKs of the language send, and agents send HTTP", () => {
    expect(serviceOf({ language: "rust" }).instrumentation.protocol).toBe("grpc");
    expect(serviceOf({ language: "ruby" }).instrumentation.protocol).toBe("http/protobuf");
    expect(serviceOf({ language: "go", instrumentation: "automatic" }).instrumentation.protocol).toBe("http/protobuf");
    expect(serviceOf({ language: "go", instrumentation: { protocol: "http/protobuf" } }).instrumentation.protocol).toBe(
      "http/protobuf",
    );
  });

  it("names what is injected: an agent, or the variables of an SDK by protocol", () => {
    expect(injectionOf(serviceOf({ language: "kotlin" }))?.name).toBe("java");
    expect(injectionOf(serviceOf({ language: "cpp" }))?.name).toBe("sdk-grpc");
    expect(injectionOf(serviceOf({ language: "php" }))?.name).toBe("sdk-http");
    expect(injectionOf(serviceOf({ instrumentation: "none" }))).toBeUndefined();
    const platform: Platform = examplePlatform();
    expect(podAnnotationsOf(platform, serviceOf({ language: "python" }))).toMatchObject({
      "instrumentation.opentelemetry.io/inject-python": "opentelemetry/python",
    });
  });

  it("is found wrong where it is none, or names no program", () => {
    expect(findingsOf({ instrumentation: "automtic" }).map(({ path }) => path)).toEqual([
      "services[cart].instrumentation",
    ]);
    expect(findingsOf({ instrumentation: { executable: "app/cart" } }).map(({ path }) => path)).toEqual([
      "services[cart].instrumentation.executable",
    ]);
  });
});

describe("a language that is unknown", () => {
  it.each([
    ["typescript", "nodejs"],
    ["C#", "dotnet"],
    ["golang", "go"],
    ["pyhton", "python"],
    ["c++", "cpp"],
  ])("is found, and for %s %s is suggested", (language, meant) => {
    expect(findingsOf({ language })).toMatchObject([
      { path: "services[cart].language", example: `language: ${JSON.stringify(meant)}` },
    ]);
  });
});

describe("pages of metrics", () => {
  const ports = {
    http: { port: 8080, protocol: "http" },
    metrics: { port: 9464, protocol: "prometheus" },
  } as const;

  it("are at each port that is scraped, and where the service says so", () => {
    expect(metricsEndpointsOf(serviceOf({ ports }))).toMatchObject([
      { port: "metrics", path: "/metrics", interval: "30s", timeout: "10s" },
    ]);
    const said = serviceOf({ ports, metrics: [{ port: "http", interval: "5s" }] });
    expect(metricsEndpointsOf(said).map(({ port, timeout }) => `${port} ${timeout}`)).toEqual([
      "http 5s",
      "metrics 10s",
    ]);
    expect(scrapedPortsOf(said).map(({ name }) => name)).toEqual(["http", "metrics"]);
  });

  it("are at ports that there are, once, and scraped no faster than they answer", () => {
    const metrics = [
      { port: "admin" },
      { port: "metrics", interval: "10s", timeout: "15s" },
      { port: "metrics", drop: ["go_.*"] },
    ];
    expect(findingsOf({ ports, metrics }).map(({ path }) => path)).toEqual([
      "services[cart].metrics[0].port",
      "services[cart].metrics[1].timeout",
      "services[cart].metrics[2]",
    ]);
  });

  it.each([["(go_.*"], ["go_(?!gc).*"], [""]])("drop by a regular expression of RE2, which %j is not", (drop) =>
    expect(findingsOf({ ports, metrics: [{ port: "metrics", drop: [drop] }] })).toHaveLength(1),
  );

  it("are those of data stores and components, too", () => {
    const { dataStores = [], components = [] } = examplePlatformInput();
    const input: PlatformInput = {
      ...examplePlatformInput(),
      dataStores: dataStores.map((store) => ({ ...store, metrics: [{ port: 9187 }, { port: 9187 }] })),
      components: components.map((component) => ({ ...component, metrics: [{ port: "telemetry" }] })),
    };
    const { findings } = buildPlatform(definePlatform(input));
    expect(findings.filter(({ code }) => code === "duplicate-name")).toHaveLength(dataStores.length);
    expect(findings.filter(({ code }) => code === "unknown-reference")).toHaveLength(components.length);
  });
});
