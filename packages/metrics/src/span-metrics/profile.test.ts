import { parseDuration, serviceNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleProduction, platformOf } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { targetLabels } from "../catalogue/scrape.ts";
import { printPromql } from "../promql/print.ts";
import { bucketsOf, select } from "../promql/select.ts";
import { spanMetricBuckets, spanMetrics } from "./profile.ts";
import { bucketBelow, servedSpanKind, servedSpans } from "./served-spans.ts";

const input = examplePlatformInput();

describe("the span-metric profile", () => {
  // https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector: namespace, then the metric, then the unit.
  it("names the series that the connector's settings give", () => {
    const prefix = spanMetrics.namespace.replaceAll(".", "_");
    expect(spanMetrics.calls.name).toBe(`${prefix}_calls_total`);
    expect(spanMetrics.duration.name).toBe(`${prefix}_duration_seconds`);
  });

  it("gives each metric the labels of the connector and of the dimensions, and no others", () => {
    const labels = Object.values(spanMetrics.labels).sort();
    for (const { labels: own } of [spanMetrics.calls, spanMetrics.duration]) {
      expect(own.filter((label) => !targetLabels.some((target) => target === label)).sort()).toEqual(labels);
    }
    for (const { attribute, label } of spanMetrics.dimensions) expect(attribute.replaceAll(".", "_")).toBe(label);
  });

  it("has ascending bounds, among them the 200ms of the critical tier", () => {
    const bounds = spanMetrics.buckets.map((text) => parseDuration(text) ?? Number.NaN);
    expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
    expect(spanMetrics.buckets).toContain("200ms");
  });
});

describe("the bounds of a platform's histogram", () => {
  it("hold the threshold of each latency promise, once, in order", () => {
    const services = input.services.map((service) => ({
      ...service,
      promises: [
        { kind: "latency" as const, objective: 99, below: "350ms" },
        { kind: "latency" as const, name: "tail", objective: 99.9, below: "1000ms" },
      ],
    }));
    const buckets = spanMetricBuckets(examplePlatform({ services }));
    expect(buckets).toContain("350ms");
    const bounds = buckets.map((text) => parseDuration(text) ?? Number.NaN);
    expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
    expect(bounds).toHaveLength(spanMetrics.buckets.length + 1);
  });

  it("are the profile's own where nothing else is promised", () => {
    expect(spanMetricBuckets(examplePlatform())).toEqual(spanMetrics.buckets);
  });
});

describe("the bucket below a duration", () => {
  it("is selected whether a whole second is written 1 or 1.0", () => {
    const selector = (below: string): string =>
      printPromql(select(bucketsOf(spanMetrics.duration), { le: bucketBelow(below) }));
    expect(selector("200ms")).toBe('traces_span_metrics_duration_seconds_bucket{le="0.2"}');
    expect(selector("1500ms")).toBe('traces_span_metrics_duration_seconds_bucket{le="1.5"}');
    expect(selector("1s")).toBe('traces_span_metrics_duration_seconds_bucket{le=~"1(\\\\.0)?"}');
  });

  it("needs a duration", () => expect(() => bucketBelow("200")).toThrow(TypeError));
});

describe("what a service does for others", () => {
  const platform = platformOf({
    ...input,
    services: [
      ...input.services,
      {
        name: "cron",
        team: "backend",
        tier: "low",
        language: "go",
        ports: { metrics: { port: 9464, protocol: "prometheus" } },
      },
    ],
  });
  const [production] = platform.environments.filter(({ name }) => name === exampleProduction().name);

  it.each([
    ["checkout", "SPAN_KIND_SERVER"],
    ["mailer", "SPAN_KIND_CONSUMER"],
    ["cron", undefined],
  ])("%s: %s", (name, kind) => expect(servedSpanKind(serviceNamed(platform, name))).toBe(kind));

  it("is counted in one environment", () => {
    expect(production && servedSpans(serviceNamed(platform, "checkout"), production)).toEqual({
      deployment_environment_name: "production",
      service_name: "checkout",
      span_kind: "SPAN_KIND_SERVER",
    });
    expect(production && servedSpans(serviceNamed(platform, "cron"), production)).toBeUndefined();
  });
});
