import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogueWith, defineMetric, metric } from "../catalogue/catalogue.ts";
import type { PromqlContext } from "./context.ts";
import { promqlFindings, promqlSyntaxFindings } from "./findings.ts";
import { rate } from "./functions.ts";
import { greaterThan } from "./operators.ts";
import { promqlRules } from "./rules.ts";
import { select } from "./select.ts";

/** What is wrong, without the place that each message ends with. */
const messages = (text: string, context?: PromqlContext): readonly string[] =>
  promqlFindings(text, context).map(({ message }) => message.replace(/, at line \d+, column \d+$/, ""));

const door = defineMetric({
  name: "door_state",
  type: "gauge",
  unit: "boolean",
  labels: ["door", "state"],
  values: { state: ["open", "shut", "locked"] },
  help: "Whether a door is in a state.",
});
const knock = defineMetric({
  name: "knock_seconds",
  type: "histogram",
  unit: "seconds",
  labels: ["door"],
  native: true,
  help: "How long somebody knocked.",
});
const house: PromqlContext = { catalogue: catalogueWith(door, knock) };

describe("an expression that Prometheus can evaluate on the platform's metrics", () => {
  it.each([
    "up",
    "sum(rate(traces_span_metrics_calls_total[5m]))",
    "sum by (service_name) (increase(traces_span_metrics_calls_total[1h] offset 1d))",
    "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
    "histogram_fraction(0, 0.2, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
    "rate(traces_span_metrics_duration_seconds_sum[5m]) / rate(traces_span_metrics_duration_seconds_count[5m])",
    "kube_pod_status_phase * on (namespace, pod) group_left (node) kube_pod_info",
    "sum by (node) (kube_pod_status_phase * on (namespace, pod) group_left (node) kube_pod_info)",
    "deriv(node_filesystem_avail_bytes[1h])",
    "max_over_time((node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)[1h:5m])",
    'sum by (team) (label_replace(kube_pod_info, "team", "$1", "namespace", "team-(.*)"))',
    'label_replace(kube_pod_info, "team", "a", "", "")',
    "sum without (le) (traces_span_metrics_duration_seconds_bucket)",
    'topk by (namespace) (3, kube_pod_info{namespace!=""})',
    'absent(up{job="checkout"})',
    'absent(up{job="checkout"}) == 1',
    "count(up == 0) > 2",
    "sum(rate(traces_span_metrics_calls_total[5m])) or vector(0)",
    "up unless on (namespace) kube_namespace_status_phase",
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
    ["rate(up[5m) + 1]", "line 1, column 11"],
    ["up offset 5m offset 1h", "line 1, column 14"],
    ["(up)[5m]", "line 1, column 5"],
    ["rates(up[5m])", "line 1, column 1"],
    ["topk(up)", "line 1, column 1"],
    ["up + bool up", "line 1, column 4"],
    ["1 + on (job) up", "line 1, column 3"],
  ])("%j is refused at its place", (text, place) => {
    const [finding, ...others] = promqlFindings(text);
    expect(finding).toMatchObject({ code: "invalid-expression", rule: "syntax" });
    expect(finding?.message).toContain(`at ${place}:`);
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

  it("is one, however deep it is or however long", () => {
    expect(messages(`${"(".repeat(5000)}up${")".repeat(5000)}`)[0]).toContain("nested too deeply");
    expect(messages(`up${" + up".repeat(5000)}`)[0]).toContain("too many operators");
  });
});

describe("an operand of another type than Prometheus takes", () => {
  it.each([
    ["rate(up)", "rate looks at a range, and this is series", 6],
    ["quantile_over_time(0.9, up)", "quantile_over_time looks at a range, and this is series", 25],
    ["sum(up[5m])", "sum takes series, and this is a range", 5],
    ["abs(1)", "abs takes series, and this is a number", 5],
    ["abs()", "abs takes 1 argument, and here are 0", 1],
    ["round(up, 1, 2)", "round takes 1 to 2 arguments, and here are 3", 1],
    ['label_join(up, "a")', "label_join takes at least 3 arguments, and here are 2", 1],
    ["topk(up, up)", "topk takes a number, and this is series", 6],
    ["count_values(1, up)", "count_values takes a text, and this is a number", 14],
    ["1 > 2", "two numbers are compared without bool", 1],
    ["up and 1", "and goes with series on both sides", 1],
    ["-up[5m]", "a sign goes with numbers and series, and this is a range", 2],
    ['up + "a"', '"+" goes with numbers and series, and this is a text', 6],
    ["rate(up[5m])[1h:] + up[5m]", '"+" goes with numbers and series, and this is a range', 1],
    ["{}", "a selector without a metric selects everything: no matcher asks for something", 1],
    ['{job=~".*"}', "a selector without a metric selects everything: no matcher asks for something", 1],
    ['up{__name__="a"}', 'the metric\'s name is given twice: up and "a"', 4],
    ["info(up, up)", "info takes matchers only, and here is a metric", 10],
    ['up{job=~"(a"}', 'the expression "(a" of job is no RE2: missing closing )', 4],
    [
      'up{job=~"(?!a)"}',
      'the expression "(?!a)" of job is no RE2: invalid or unsupported Perl syntax: no lookaround',
      4,
    ],
  ])("%s", (text, message, column) => {
    const found = promqlSyntaxFindings(text);
    expect(found.map((finding) => finding.message)).toContain(`${message}, at line 1, column ${column}`);
    expect(promqlFindings(text)).toEqual(found);
  });
});

describe("a metric, label or value that does not exist", () => {
  it("is found, with the one that was meant", () => {
    expect(promqlFindings('sum(rate(traces_span_metrics_call_total{service="x"}[5m]))')).toMatchObject([
      {
        code: "unknown-reference",
        message: "traces_span_metrics_call_total is not in the metric catalogue, at line 1, column 10",
        hint: "Did you mean traces_span_metrics_calls_total?",
        rule: "unknown-metric",
        line: 1,
        column: 10,
      },
    ]);
    expect(promqlFindings('kube_pod_status_phase{namespce="x"}')).toMatchObject([
      {
        message: 'kube_pod_status_phase has no label "namespce", at line 1, column 23',
        hint: "Did you mean namespace?",
        rule: "unknown-label",
      },
    ]);
  });

  it("is found in the metric of the connector's default unit", () => {
    expect(messages("rate(traces_span_metrics_duration_milliseconds_bucket[5m])")).toEqual([
      "traces_span_metrics_duration_milliseconds_bucket is not in the metric catalogue",
    ]);
  });

  it("is found in a clause: a label that no series below has", () => {
    expect(messages("sum by (service_nam) (traces_span_metrics_calls_total)")).toEqual([
      '"service_nam" is a label that no series below has',
    ]);
    expect(messages("sum by (pod) (sum by (namespace) (kube_pod_info))")).toHaveLength(1);
    expect(promqlFindings("sum without (job, plod) (kube_pod_info)")).toMatchObject([{ column: 19 }]);
  });

  it("is found where label_replace reads it, and the group that it takes over", () => {
    expect(messages('label_replace(sum by (job) (up), "a", "$1", "pod", "(.*)")')).toEqual([
      '"pod" is a label that no series below has',
    ]);
    expect(messages('label_replace(up, "a", "$2", "job", "(.*)")')).toEqual([
      '"$2" takes over group 2, and "(.*)" has 1',
    ]);
  });

  it.each([
    ['door_state{state="opne"}', 'state of door_state is never "opne"'],
    ['door_state{state!="closed"}', 'state of door_state is never "closed"'],
    ['door_state{state=~"open|closed"}', 'state of door_state is never "closed"'],
    ['door_state{state=~"o.+x"}', '"o.+x" matches no value of state'],
    ['door_state{state!~".*"}', 'state!~".*" leaves no series: it matches every value'],
    [
      'traces_span_metrics_calls_total{span_kind="SERVER"}',
      'span_kind of traces_span_metrics_calls_total is never "SERVER"',
    ],
  ])("is found as a value: %s", (text, message) => {
    expect(messages(text, house)).toEqual([message]);
  });

  it("is none once it is described, or one of the values", () => {
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
    expect(messages('door_state{state=~"open|lock.*"} and door_state{state!=""}', house)).toEqual([]);
    expect(messages('door_state{state="$state"}', { ...house, variables: "grafana" })).toEqual([]);
  });

  it("is none when all series have it", () => {
    expect(messages('up{cluster="a"}')).toHaveLength(1);
    expect(messages('up{cluster="a"}', { commonLabels: ["cluster"] })).toEqual([]);
  });

  it("is found where the result must have it: where it is lost", () => {
    const text = "sum by (namespace) (kube_pod_info) > 3";
    expect(promqlFindings(text, { requiredLabels: ["namespace"] })).toEqual([]);
    expect(promqlFindings(text, { requiredLabels: ["pod"] })).toMatchObject([
      { rule: "dropped-label", message: 'the result does not have the label "pod", at line 1, column 1' },
    ]);
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
      "histogram_quantile(95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
      "histogram_quantile of 95: a quantile is a share of 1",
    ],
    ["quantile(-0.5, up)", "quantile of -0.5: a quantile is a share of 1"],
    [
      "rate(sum(traces_span_metrics_calls_total)[5m:1m])",
      "rate of a sum of counters: when one of them begins again, the sum falls, and all of it counts as new",
    ],
    [
      "traces_span_metrics_duration_seconds",
      "traces_span_metrics_duration_seconds is a histogram and has no samples of its own",
    ],
    [
      "histogram_count(rate(node_cpu_seconds_total[5m]))",
      "histogram_count looks at native histograms, and node_cpu_seconds_total is none",
    ],
  ])("%s", (text, message) => expect(messages(text)).toContain(message));

  it("does not hide behind parentheses", () => {
    expect(messages("rate((kube_pod_info[5m]))")).toEqual(["rate of the gauge kube_pod_info"]);
  });

  it("is none for a native histogram, which has no buckets apart", () => {
    expect(messages("histogram_quantile(0.9, sum by (door) (rate(knock_seconds[5m])))", house)).toEqual([]);
    expect(messages("histogram_avg(rate(knock_seconds[5m]))", house)).toEqual([]);
  });

  it("and a range that holds no two samples, where it is said how often there are some", () => {
    const context = { scrapeInterval: "30s" };
    expect(messages("rate(node_cpu_seconds_total[30s])", context)).toEqual([
      "rate over 30s of what is scraped each 30s: a range often holds one sample, and nothing comes of that",
    ]);
    expect(messages("rate(node_cpu_seconds_total[1m])", context)).toEqual([]);
    expect(messages("rate(node_cpu_seconds_total[30s])")).toEqual([]);
  });
});

describe("sides of an operator that never meet", () => {
  it.each([
    [
      "sum by (namespace) (kube_pod_info) / sum(kube_node_info)",
      'the sides of "/" never meet: only the left one has the label namespace',
    ],
    [
      "sum by (namespace) (kube_pod_info) and sum by (namespace, pod) (kube_pod_info)",
      'the sides of "and" never meet: only the right one has the label pod',
    ],
    ["up * on (node) kube_node_info", 'on (node): the left side never has the label "node"'],
    ["up * on (nod) up", '"nod" is a label that no series below has'],
    [
      "kube_pod_status_phase * on (namespace, pod) group_left (zone) kube_pod_info",
      'group_left (zone): the right side has no label "zone" to take over',
    ],
    [
      "door_state * on (door) door_state",
      'the left side of "*" has several series for one of the other: they differ in state',
    ],
    [
      'door_state{state="open"} * on (door) group_left () door_state',
      'the right side of "*" has several series for one of the other: they differ in state',
    ],
    [
      "rate(traces_span_metrics_duration_seconds_bucket[5m]) / ignoring (le) rate(traces_span_metrics_duration_seconds_count[5m])",
      'the left side of "/" has several series for one of the other: they differ in le',
    ],
  ])("%s", (text, message) => expect(messages(text, house)).toEqual([message]));

  it.each([
    'door_state{state="open"} * on (door) door_state{state="shut"}',
    "(door_state == 1) * on (door) (door_state == 1)",
    "door_state * on (door) group_left () max by (door) (door_state)",
    "door_state / ignoring (state) group_left () sum without (state) (door_state)",
    "door_state and on (door) door_state",
    "door_state or up",
  ])("and those that do: %s", (text) => expect(messages(text, house)).toEqual([]));
});

describe("a comparison that never holds", () => {
  it.each([
    ["up == 2", "== 2 is never true: the left side is between 0 and 1"],
    ["max(up) > 1", "> 1 is never true: the left side is between 0 and 1"],
    ["count(up == 0) == 0", "== 0 is never true: the left side is at least 1"],
    ['absent(up{job="a"}) == 0', "== 0 is never true: the left side is 1"],
    ["rate(node_cpu_seconds_total[5m]) < 0", "< 0 is never true: the left side is at least 0"],
    ["vector(1) > 2", "> 2 is never true: the left side is 1"],
    ["kube_pod_info != 1", "!= 1 is never true: the left side is 1"],
    ["(up > bool 0) > 1", "> 1 is never true: the left side is between 0 and 1"],
    ["(up > 0.5) < 0.25", "< 0.25 is never true: the left side is between 0.5 and 1"],
  ])("%s", (text, message) => expect(messages(text)).toEqual([message]));

  it("says what helps where nothing is counted", () => {
    expect(promqlFindings("count(up == 0) == 0")[0]?.hint).toContain("absent");
  });

  it.each([
    "up == 0",
    "up != 1",
    "sum(up) > 5",
    "count(up) >= 1",
    "-up < 0",
    "up - 1 == -1",
    "1 - up > 0",
    "clamp_min(up, 2) == 2",
  ])("and one that can: %s", (text) => expect(messages(text)).toEqual([]));
});

describe("what is only doubtful", () => {
  const hints = { hints: true };

  it.each([
    ["up / sum(up)", "division"],
    ["kube_pod_container_status_restarts_total > 5", "raw-counter"],
    ["up >= 0", "always"],
    ['up{job=~".*"}', "matches-everything"],
    ["absent(sum by (job) (up))", "absent-over-many"],
    ['absent(up{job=~"a|b"})', "absent-over-many"],
    ["rate(node_cpu_seconds_total[300])", "unitless"],
    ["up offset 60", "unitless"],
  ])("is a warning where it is asked for: %s", (text, rule) => {
    expect(promqlFindings(text)).toEqual([]);
    const found = promqlFindings(text, { ...house, ...hints });
    expect(found.map((finding) => finding.rule)).toContain(rule);
    expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  });

  it.each([
    "up / on () (sum(up) > 0)",
    "up / on () count(up)",
    "rate(node_cpu_seconds_total[5m]) > 0",
    'absent(up{job="a"})',
  ])("and what is not: %s", (text) => expect(messages(text, hints)).toEqual([]));
});

describe("an expression that is a value", () => {
  it("is checked as it is printed", () => {
    const gauge = metric("kube_node_info");
    expect(promqlFindings(greaterThan(rate(select(gauge), "5m"), 1)).map(({ rule, column }) => [rule, column])).toEqual(
      [["metric-type", 6]],
    );
  });
});

describe("every rule", () => {
  it("says in a sentence what it looks for", () => {
    for (const sentence of Object.values(promqlRules)) expect(sentence).toMatch(/^[A-Z`].*\.$/);
  });
});

describe("expressions of one shape", () => {
  const contexts: readonly PromqlContext[] = [house, { ...house, hints: true }];
  const sameHouse = catalogueWith(door, knock);
  const value = fc.constantFrom("open", "shut", "a", "b c", "=", "x=", ",", "$", "", "opne", "{", "}");
  const parts = fc.constantFrom(
    (a: string, b: string) => `door_state{door="${a}",state="${b}"}`,
    (a: string, b: string) => `up{job=~"${a.replace(/[{$]/g, "")}",pod!="${b}"}`,
    (a: string, b: string) => `{job="${a}",pod="${b}"}`,
    (a: string, b: string) => `label_replace(up{job="${a}"}, "x", "${b}", "job", "(.*)")`,
    (a: string, b: string) =>
      `sum by (door) (door_state{door!="${a}"}) and on (door) door_state{state=~"${b.replace(/[{$]/g, "")}.*"}`,
  );

  it("are judged alike, and unlike where a text matters: what is remembered never changes what is found", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(parts, value, value), { minLength: 2 }), (list) => {
        for (const context of contexts) {
          for (const [part, a, b] of list) {
            const text = part(a, b);
            // With a comment no shape is known: it is looked at anew.
            const fresh = promqlFindings(`${text}#${text.length}`, { ...context, catalogue: sameHouse });
            expect(promqlFindings(text, context)).toEqual(fresh);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("variables", () => {
  it.each([
    ["grafana", 'sum(rate(traces_span_metrics_calls_total{service_name="$service"}[$__rate_interval]))'],
    ["grafana", "up > $limit"],
    ["grafana", "topk($count, up)"],
    ["grafana", "rate(traces_span_metrics_calls_total[${range:raw}])"],
    ["grafana", "max_over_time(up[[[range]]:$__interval])"],
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
    expect(promqlFindings('up{jab="$service"}[$__interval', { variables: "grafana" })[0]?.message).toContain(
      "column 31",
    );
  });
});
