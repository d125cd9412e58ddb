import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogueWith, defineMetric, metric } from "../catalogue/catalogue.ts";
import { promqlFindings, promqlSyntaxFindings } from "./findings.ts";
import type { PromqlContext } from "./labels.ts";

const messages = (text: string, context?: PromqlContext): readonly string[] =>
  promqlFindings(text, context).map(({ message }) => message);

describe("an expression that Prometheus can evaluate on the platform's metrics", () => {
  it.each([
    "up",
    "sum(rate(traces_span_metrics_calls_total[5m]))",
    "sum by (service_name) (increase(traces_span_metrics_calls_total[1h] offset 1d))",
    "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
    "rate(traces_span_metrics_duration_seconds_sum[5m]) / rate(traces_span_metrics_duration_seconds_count[5m])",
    "kube_pod_status_phase * on (namespace, pod) group_left (node) kube_pod_info",
    "sum by (node) (kube_pod_status_phase * on (namespace, pod) group_left (node) kube_pod_info)",
    "deriv(node_filesystem_avail_bytes[1h])",
    "max_over_time((node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)[1h:5m])",
    'sum by (team) (label_replace(kube_pod_info, "team", "$1", "namespace", "team-(.*)"))',
    "sum without (le) (traces_span_metrics_duration_seconds_bucket)",
    'topk by (namespace) (3, kube_pod_info{namespace!=""})',
    'absent(up{job="checkout"})',
    '{__name__="up"}',
    '{"up", job="checkout"}',
    '{job="checkout"}',
    "1 - slo:period_burn_rate:ratio",
    "time() - certmanager_certificate_expiration_timestamp_seconds > 0",
    "vector(1)",
    'up{job="a"} # comment',
  ])("%s", (text) => expect(messages(text)).toEqual([]));
});

describe("an expression that does not parse", () => {
  it.each([
    ["", "line 1, column 1"],
    ["sum(rate(up[5m])", "line 1, column 17"],
    ["sum(up)\n  by namespace", "line 2, column 6"],
    ['up{job="checkout}', "line 1, column 8"],
    ['up{job=~"\\d+"}', "line 1, column 10"],
    ["up[5 m]", "line 1, column 6"],
    ["sum(rate(up[{{.window}}]))", "line 1, column 13"],
  ])("%j is refused at its place", (text, place) => {
    const [finding, ...others] = promqlFindings(text);
    expect(finding?.code).toBe("invalid-expression");
    expect(finding?.message).toContain(place);
    expect(others).toEqual([]);
    expect(promqlSyntaxFindings(text)).toEqual([finding]);
  });

  it("is a finding, never an exception, whatever the text", () => {
    const few = new Map([["up", metric("up")]]);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom(..."up{}[]()\"'`\\=~!<>,:$5m. \nsumrateby#") }),
        ),
        (text) => {
          for (const variables of [undefined, "grafana", "sloth"] as const) {
            expect(
              promqlFindings(text, { catalogue: few, ...(variables === undefined ? {} : { variables }) }),
            ).toBeInstanceOf(Array);
          }
        },
      ),
    );
  });
});

describe("a metric or label that does not exist", () => {
  it("is found, with the one that was meant", () => {
    expect(promqlFindings('sum(rate(traces_span_metrics_call_total{service="x"}[5m]))')).toMatchObject([
      {
        code: "unknown-reference",
        message: "traces_span_metrics_call_total is not in the metric catalogue",
        hint: "Did you mean traces_span_metrics_calls_total?",
      },
    ]);
    expect(promqlFindings('kube_pod_status_phase{namespce="x"}')).toMatchObject([
      { message: 'kube_pod_status_phase has no label "namespce"', hint: "Did you mean namespace?" },
    ]);
  });

  it("is found in the metric of the connector's default unit", () => {
    expect(messages("rate(traces_span_metrics_duration_milliseconds_bucket[5m])")).toEqual([
      "traces_span_metrics_duration_milliseconds_bucket is not in the metric catalogue",
    ]);
  });

  it("is found in a clause: a label that no series below has", () => {
    expect(messages("sum by (service_nam) (traces_span_metrics_calls_total)")).toEqual([
      '"service_nam" at line 1, column 9 is a label that no series below has',
    ]);
    expect(messages("sum by (pod) (sum by (namespace) (kube_pod_info))")).toHaveLength(1);
  });

  it("is none once it is described", () => {
    const own = defineMetric({
      name: "loyalty_bookings_total",
      type: "counter",
      unit: "count",
      labels: ["route"],
      help: "Bookings.",
    });
    expect(
      messages('sum by (route) (rate(loyalty_bookings_total{route="/x"}[5m]))', { catalogue: catalogueWith(own) }),
    ).toEqual([]);
    expect(messages("rate(loyalty_bookings_total[5m])")).toHaveLength(1);
  });

  it("is none when all series have it", () => {
    expect(messages('up{cluster="a"}')).toHaveLength(1);
    expect(messages('up{cluster="a"}', { commonLabels: ["cluster"] })).toEqual([]);
  });
});

describe("a function that makes no sense of a metric", () => {
  it.each([
    ["rate(kube_pod_info[5m])", "rate of the gauge kube_pod_info"],
    ["increase(node_memory_MemAvailable_bytes[5m] offset 1h)", "increase of the gauge node_memory_MemAvailable_bytes"],
    [
      "delta(kube_pod_container_status_restarts_total[5m])",
      "delta of the counter kube_pod_container_status_restarts_total",
    ],
    ["predict_linear(node_cpu_seconds_total[1h], 3600)", "predict_linear of the counter node_cpu_seconds_total"],
    ["rate(up)", 'rate looks at a range, and "up" is none'],
    ["quantile_over_time(0.9, up)", 'quantile_over_time looks at a range, and "up" is none'],
    [
      "histogram_quantile(0.9, sum(rate(traces_span_metrics_duration_seconds_bucket[5m])))",
      "histogram_quantile without the label le",
    ],
    [
      "histogram_quantile(0.9, sum without (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
      "histogram_quantile without the label le",
    ],
    [
      "histogram_quantile(0.9, rate(traces_span_metrics_duration_seconds_count[5m]))",
      "histogram_quantile without the label le",
    ],
    [
      "traces_span_metrics_duration_seconds",
      "traces_span_metrics_duration_seconds is a histogram and has no samples of its own",
    ],
  ])("%s", (text, message) => expect(messages(text)).toContain(message));

  it("does not hide behind parentheses", () => {
    expect(messages("rate((kube_pod_info[5m]))")).toEqual(["rate of the gauge kube_pod_info"]);
  });
});

describe("variables", () => {
  it.each([
    ["grafana", 'sum(rate(traces_span_metrics_calls_total{service_name="$service"}[$__rate_interval]))'],
    ["grafana", "up > $limit"],
    ["grafana", "rate(traces_span_metrics_calls_total[${range:raw}])"],
    ["sloth", "sum(rate(traces_span_metrics_calls_total[{{.window}}]))"],
    ["sloth", "sum(rate(traces_span_metrics_calls_total[{{ .window }}])) # {{.window"],
  ] as const)("of %s are filled in: %s", (variables, text) => {
    expect(messages(text, { variables })).toEqual([]);
    expect(messages(text)).toHaveLength(1);
  });

  it("of one are none for the other", () => {
    expect(messages("rate(traces_span_metrics_calls_total[{{.window}}])", { variables: "grafana" })).toHaveLength(1);
    expect(messages("rate(traces_span_metrics_calls_total[$__interval])", { variables: "sloth" })).toHaveLength(1);
  });

  it("inside a string are text, and places stay where they are", () => {
    expect(messages('up{job="{{.window}}"}', { variables: "sloth" })).toEqual([]);
    expect(messages('up{jab="$service"}[$__interval', { variables: "grafana" })[0]).toContain("column 31");
  });
});
