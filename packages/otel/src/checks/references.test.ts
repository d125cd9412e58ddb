import { describe, expect, it } from "vitest";
import type { CollectorConfig } from "../configuration/collector-config.ts";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { plainExporter } from "../configuration/plain.ts";
import { routing } from "../connectors/routing.ts";
import { debug } from "../exporters/debug.ts";
import { otlp } from "../receivers/otlp.ts";
import { checkConfig } from "./check-config.ts";

const found = (config: CollectorConfig): readonly (readonly [string | undefined, string])[] =>
  checkConfig(config).map(({ path, message }) => [path, message]);

const sending = (
  queue: string,
  extensions: CollectorConfig["extensions"],
  running: readonly string[],
): CollectorConfig => ({
  receivers: { otlp: { protocols: { grpc: {} } } },
  exporters: { otlp_grpc: { endpoint: "tempo:4317", sending_queue: { storage: queue } } },
  ...(extensions === undefined ? {} : { extensions }),
  service: { extensions: running, pipelines: { traces: { receivers: ["otlp"], exporters: ["otlp_grpc"] } } },
});

describe("what options refer to", () => {
  it("is switched on", () => {
    expect(found(sending("file_storage/q", { "file_storage/q": { directory: "/q" } }, ["file_storage/q"]))).toEqual([]);
    expect(found(sending("file_storage", undefined, []))).toEqual([
      ["exporters.otlp_grpc.sending_queue.storage", 'the extension "file_storage" is not switched on'],
    ]);
  });

  it("is of a kind that can stand there", () => {
    expect(found(sending("health_check", { health_check: {} }, ["health_check"]))).toEqual([]);
    expect(found(sending("sigv4auth", { sigv4auth: {} }, ["sigv4auth"]))).toEqual([
      ["exporters.otlp_grpc.sending_queue.storage", "the extension sigv4auth cannot stand here"],
    ]);
    expect(found(sending("redis_storage", {}, ["redis_storage"])).map(([path]) => path)).toEqual([
      "service.extensions[0]",
    ]);
  });

  it("is not looked at in plain data", () => {
    const { findings } = compileCollector({
      pipelines: [
        pipeline(
          "traces",
          from(otlp()),
          [],
          to(plainExporter({ type: "kafka", accepts: ["traces"], options: { storage: "s3" } })),
        ),
      ],
    });
    expect(findings).toEqual([]);
  });
});

describe("the pipelines of a routing connector", () => {
  const byTeam = routing({
    table: [{ condition: 'resource.attributes["team"] == "shop"', pipelines: ["logs/shop"] }],
    defaultPipelines: ["logs/rest"],
  });

  it("are there, and begin with it", () => {
    const into = pipeline("logs", from(otlp()), [], to(byTeam));
    const shop = pipeline("logs/shop", from(byTeam), [], to(debug()));
    expect(
      compileCollector({ pipelines: [into, shop, pipeline("logs/rest", from(byTeam), [], to(debug()))] }).findings,
    ).toEqual([]);
    expect(compileCollector({ pipelines: [into, shop] }).findings.map(({ path, message }) => [path, message])).toEqual([
      ["connectors.routing.default_pipelines[0]", 'there is no pipeline "logs/rest"'],
    ]);
    expect(
      compileCollector({ pipelines: [into, shop, pipeline("logs/rest", from(otlp()), [], to(debug()))] }).findings.map(
        ({ message }) => message,
      ),
    ).toEqual(["the pipeline logs/rest does not begin with routing"]);
  });

  it("are of its signal", () => {
    // @ts-expect-error it leads logs
    pipeline("traces", from(otlp()), [], to(byTeam));
    // @ts-expect-error it leads logs
    pipeline("metrics/shop", from(byTeam), [], to(debug()));
    expect(byTeam.emits).toEqual({ logs: true });
  });
});
