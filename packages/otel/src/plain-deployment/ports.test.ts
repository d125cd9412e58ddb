import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { debug } from "../exporters/debug.ts";
import { fluentForward } from "../receivers/fluent-forward.ts";
import { jaeger } from "../receivers/jaeger.ts";
import { kubeletStats } from "../receivers/kubelet-stats.ts";
import { otlp } from "../receivers/otlp.ts";
import { zipkin } from "../receivers/zipkin.ts";
import { healthPort, listeningPorts, metricsPort } from "./ports.ts";

describe("the ports of a collector", () => {
  const { config } = compileCollector({
    telemetry: { port: 9999 },
    pipelines: [
      pipeline("traces", from(otlp(), zipkin(), jaeger()), [], to(debug())),
      pipeline("metrics", from(otlp(), kubeletStats({ endpoint: "https://10.0.0.1:10250" })), [], to(debug())),
      pipeline("logs", from(fluentForward()), [], to(debug())),
    ],
  });

  it("are those that its receivers listen on, under names that a Service takes", () => {
    const ports = listeningPorts(config);
    expect(ports.map(({ name, port }) => `${name} ${port}`)).toEqual([
      "otlp-grpc 4317",
      "otlp-http 4318",
      "zipkin 9411",
      "jaeger-grpc 14250",
      "jaeger-http 14268",
      "fluent-forward 8006",
    ]);
    for (const { name } of ports) expect(name).toMatch(/^[a-z][a-z0-9-]{0,14}$/);
  });

  it("are said for its metrics, and for its health where it is asked", () => {
    expect(metricsPort(config)).toBe(9999);
    expect(healthPort(config)).toBeUndefined();
  });
});
