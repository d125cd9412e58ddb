import { buildPromises, type ServicePromiseInput } from "@plinth/core";
import { printPromqlLine, promqlFindings, promqlSyntaxFindings } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { availability } from "../promises/availability.ts";
import { counter } from "../promises/counter.ts";
import { events } from "../promises/events.ts";
import { freshness } from "../promises/freshness.ts";
import { latency } from "../promises/latency.ts";
import { plugin } from "../promises/plugin.ts";
import { raw } from "../promises/raw.ts";
import { saturation } from "../promises/saturation.ts";
import { throughput } from "../promises/throughput.ts";
import { indicatorOf } from "./indicator-of.ts";
import type { RequestPlace } from "./requests.ts";
import { selectorOf } from "./selector-text.ts";

const place: RequestPlace = {
  service: "loyalty",
  namespace: "team-backend",
  environment: "production",
  spanKind: "SPAN_KIND_SERVER",
};

function queriesOf(input: ServicePromiseInput, where = place): readonly string[] | undefined {
  const { promises, findings } = buildPromises([input], "high");
  expect(findings).toEqual([]);
  const [promise] = promises;
  const indicator = promise && indicatorOf(promise, where);
  if (indicator === undefined || indicator.kind === "plugin") return undefined;
  const expressions = indicator.kind === "events" ? [indicator.bad, indicator.total] : [indicator.errorRatio];
  const texts = expressions.map((expression) => printPromqlLine(expression));
  expect(texts.flatMap((text) => promqlSyntaxFindings(text, { variables: "sloth" }))).toEqual([]);
  return texts;
}

const spans =
  'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="loyalty",span_kind="SPAN_KIND_SERVER"';

describe("what is counted", () => {
  it("requests of a route", () =>
    expect(queriesOf(availability({ objective: 99, route: "/points/**" }))?.[1]).toBe(
      `sum(rate(${spans},span_name=~"([A-Z]+ )?/points(/.*)?"}[{{.window}}])) > 0`,
    ));

  it("requests as OpenTelemetry's own HTTP metrics count them", () => {
    const [bad, total] = queriesOf(availability({ objective: 99, from: "http-server", route: "/points/*" })) ?? [];
    const own = 'deployment_environment_name="production",';
    expect(bad).toBe(
      `sum(rate(http_server_request_duration_seconds_count{${own}http_response_status_code=~"5..",http_route=~"/points/[^/]*",service_name="loyalty"}[{{.window}}])) or vector(0)`,
    );
    expect(total).toContain("http_server_request_duration_seconds_count{");
    expect(queriesOf(latency({ percentile: 99, below: "300ms", from: "http-server" }))?.[0]).toContain(
      'http_server_request_duration_seconds_bucket{deployment_environment_name="production",le="0.3"',
    );
  });

  it("requests as the mesh counts them: a failed gRPC call is answered with 200", () => {
    const [bad] = queriesOf(availability({ objective: 99, from: "istio" })) ?? [];
    expect(bad).toContain('response_code=~"5.."');
    expect(bad).toContain('grpc_response_status=~"2|4|12|13|14|15"');
    expect(queriesOf(latency({ percentile: 99, below: "1s", from: "istio" }))?.[0]).toContain('le=~"1000(\\\\.0)?"');
  });

  it("series of one's own", () =>
    expect(
      queriesOf(
        availability({
          objective: 99,
          from: {
            calls: 'http_requests_total{job="{{.service}}"}',
            errors: 'http_requests_total{job="{{.service}}",code=~"5.."}',
          },
        }),
      ),
    ).toEqual([
      'sum(rate(http_requests_total{code=~"5..",job="loyalty"}[{{.window}}])) or vector(0)',
      'sum(rate(http_requests_total{job="loyalty"}[{{.window}}])) > 0',
    ]));

  it("a native histogram", () =>
    expect(queriesOf(latency({ percentile: 99, below: "250ms", histogram: "native" }))?.[0]).toContain(
      "(1 - histogram_fraction(0, 0.25, sum(rate(traces_span_metrics_duration_seconds{",
    ));

  it("a budget for each route: before the first error of a route there are none", () =>
    expect(queriesOf(availability({ objective: 99, by: ["span_name"] }))?.[0]).toBe(
      `sum by (span_name) (rate(${spans},status_code="STATUS_CODE_ERROR"}[{{.window}}])) or sum by (span_name) (rate(${spans}}[{{.window}}])) * 0`,
    ));

  it("time in which too little is done", () =>
    expect(queriesOf(throughput({ objective: 99, atLeast: 30 }))).toEqual([
      `avg_over_time(((sum(rate(${spans}}[5m])) or vector(0)) < bool 0.5)[{{.window}}:5m])`,
    ]));

  it("time since the last success, counted or told", () => {
    expect(queriesOf(freshness({ objective: 99, within: "10m" }))?.[0]).toMatch(
      /== bool 0\)\[\{\{\.window\}\}:5m\]\)$/,
    );
    expect(queriesOf(freshness({ objective: 99, within: "1h", lastSuccess: "max(last_success)" }))).toEqual([
      "avg_over_time((time() - (max(last_success)) > bool 3600)[{{.window}}:5m])",
    ]);
  });

  it("time in which a container is full", () => {
    const [ratio = ""] = queriesOf(saturation({ objective: 99, of: "memory", below: 80 })) ?? [];
    expect(ratio).toContain(
      'container_memory_working_set_bytes{container="loyalty",namespace="team-backend",pod=~"loyalty-.*"}',
    );
    expect(ratio).toContain(">= bool 0.8");
    expect(promqlFindings(ratio, { variables: "sloth" })).toEqual([]);
  });

  it("events of one's own: counters alone are taken as their rates", () => {
    expect(
      queriesOf(
        events("booked", { objective: 99, bad: counter("failed_total"), total: counter("all_total", { a: "b" }) }),
      ),
    ).toEqual([
      '(sum(rate(failed_total[{{.window}}]))) or (sum(rate(all_total{a="b"}[{{.window}}]))) * 0',
      '(sum(rate(all_total{a="b"}[{{.window}}]))) > 0',
    ]);
    expect(
      queriesOf(
        events("sent", { objective: 99, good: "rate(good_total[{{.window}}])", total: "rate(all_total[{{.window}}])" }),
      )?.[0],
    ).toBe("(rate(all_total[{{.window}}])) - (rate(good_total[{{.window}}]))");
  });

  it("a share that somebody else computes", () =>
    expect(queriesOf(raw("probe", { objective: 99, errorRatio: "1 - avg_over_time(up[{{.window}}])" }))).toEqual([
      "1 - avg_over_time(up[{{.window}}])",
    ]));

  it("nothing, where Sloth's plugin does, or where no span is the service's work", () => {
    expect(queriesOf(plugin("mesh", { objective: 99, id: "sloth-common/istio/v1/availability" }))).toBeUndefined();
    expect(queriesOf(availability(99), { service: "cron" })).toBeUndefined();
  });
});

describe("a selector that was typed", () => {
  it.each([
    ["up", "up", 0],
    [' http_requests_total{job="a", code=~"5..",} ', "http_requests_total", 2],
  ])("%s", (text, series, matchers) => {
    expect(selectorOf(text)?.series).toBe(series);
    expect(selectorOf(text)?.matchers).toHaveLength(matchers);
  });

  it.each(["rate(up[5m])", "up[5m]", "up{", 'up{a="b"', "up{a=b}", "up + up", ""])("is none: %s", (text) =>
    expect(selectorOf(text)).toBeUndefined(),
  );
});
