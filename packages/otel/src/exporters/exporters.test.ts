import { describe, expect, it } from "vitest";
import { fileStorage } from "../extensions/file-storage.ts";
import { loadBalancing } from "./load-balancing.ts";
import { otlpGrpc } from "./otlp-grpc.ts";
import { prometheusRemoteWrite } from "./prometheus-remote-write.ts";

describe("load balancing", () => {
  it("says the port of DNS as a text and those of Kubernetes as numbers, as the collector reads them", () => {
    expect(
      loadBalancing({ backends: { dns: { hostname: "sampling.opentelemetry.svc", port: 4317 } } }).options["resolver"],
    ).toEqual({ dns: { hostname: "sampling.opentelemetry.svc", port: "4317" } });
    expect(
      loadBalancing({ backends: { kubernetes: { service: "sampling.opentelemetry", ports: [4317] } } }).options[
        "resolver"
      ],
    ).toEqual({ k8s: { service: "sampling.opentelemetry", ports: [4317] } });
    expect(loadBalancing({ backends: { static: ["a:4317", "b:4317"] } }).options["resolver"]).toEqual({
      static: { hostnames: ["a:4317", "b:4317"] },
    });
  });

  it("pauses between its attempts: its own defaults are zeros", () => {
    expect(
      loadBalancing({ backends: { static: ["a:4317"] }, retry: { maxElapsedTime: "10m" } }).options["retry_on_failure"],
    ).toEqual({
      enabled: true,
      initial_interval: "5s",
      max_interval: "30s",
      max_elapsed_time: "10m",
      multiplier: 1.5,
      randomization_factor: 0.5,
    });
  });
});

describe("delivery", () => {
  it("writes what was said and nothing else", () => {
    expect(otlpGrpc({ endpoint: "tempo:4317" }).options).toEqual({ endpoint: "tempo:4317" });
    expect(otlpGrpc({ endpoint: "tempo:4317", queue: "off", retry: "off", timeout: "2s" }).options).toEqual({
      endpoint: "tempo:4317",
      timeout: "2s",
      sending_queue: { enabled: false },
      retry_on_failure: { enabled: false },
    });
  });

  it("brings the storage of its queue with it", () => {
    const storage = fileStorage({ directory: "/var/lib/otelcol", name: "queue" });
    const exporter = otlpGrpc({ endpoint: "tempo:4317", queue: { size: 5000, storage } });
    expect(exporter.options["sending_queue"]).toEqual({ queue_size: 5000, storage: "file_storage/queue" });
    expect(exporter.uses).toEqual([storage]);
  });
});

describe("remote write", () => {
  it("says how names become those of Prometheus: rules and dashboards depend on it", () => {
    expect(prometheusRemoteWrite({ endpoint: "http://p:9090/api/v1/write" }).options).toEqual({
      endpoint: "http://p:9090/api/v1/write",
      translation_strategy: "UnderscoreEscapingWithSuffixes",
    });
  });
});
