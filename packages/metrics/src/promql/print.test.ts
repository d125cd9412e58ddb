import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metric } from "../catalogue/catalogue.ts";
import { spanMetrics } from "../span-metrics/profile.ts";
import { avg, sum, topk } from "./aggregate.ts";
import type { Expression } from "./expression.ts";
import { call, histogramQuantile, rate } from "./functions.ts";
import { noneOf, notEqualTo, oneOf } from "./matcher.ts";
import { add, and, divide, greaterThan, multiply, negative, power, subtract, unless } from "./operators.ts";
import { printPromql, printPromqlLine } from "./print.ts";
import { parsePromql } from "./promql.ts";
import { unquotePromql } from "./quote.ts";
import { ago, bucketsOf, over, rawPromql, select } from "./select.ts";
import { selectorsOf, visitPromql } from "./visit.ts";

const up = metric("up");

describe("an expression is printed as promtool formats it", () => {
  it("on one line while it fits into 100 characters", () => {
    expect(
      printPromql(sum(rate(select(spanMetrics.calls, { service_name: "cart" }), "5m"), { by: ["span_name"] })),
    ).toBe('sum by (span_name) (rate(traces_span_metrics_calls_total{service_name="cart"}[5m]))');
  });

  it("split and indented beyond", () => {
    const slow = histogramQuantile(
      0.95,
      sum(rate(select(bucketsOf(spanMetrics.duration), { service_name: "checkout" }), "5m"), {
        by: ["service_name", "le"],
      }),
    );
    expect(printPromql(greaterThan(slow, 0.2))).toBe(
      [
        "  histogram_quantile(",
        "    0.95,",
        "    sum by (service_name, le) (",
        '      rate(traces_span_metrics_duration_seconds_bucket{service_name="checkout"}[5m])',
        "    )",
        "  )",
        ">",
        "  0.2",
      ].join("\n"),
    );
  });

  it("with the matchers in order", () => {
    expect(printPromql(select(metric("kube_pod_status_phase"), { pod: notEqualTo(""), namespace: "team-data" }))).toBe(
      'kube_pod_status_phase{namespace="team-data",pod!=""}',
    );
  });

  it("with the matchers in the order of their bytes, which is not that of JavaScript's characters", () => {
    // U+1F600 is greater than U+FF5E, and its first half in UTF-16 less.
    expect(printPromqlLine(select(up, { job: [notEqualTo("\u{1f600}"), notEqualTo("\uff5e")] }))).toBe(
      'up{job!="\uff5e",job!="\u{1f600}"}',
    );
  });

  it("with several matchers for one label", () => {
    expect(
      printPromql(
        select(metric("container_memory_working_set_bytes"), { container: [notEqualTo(""), noneOf("POD", "pause")] }),
      ),
    ).toBe('container_memory_working_set_bytes{container!="",container!~"POD|pause"}');
  });

  it("with offset, step, bool and matching clauses", () => {
    expect(printPromql(call("avg_over_time", over(ago(select(up), "1d"), "1h")))).toBe(
      "avg_over_time(up[1h] offset 1d)",
    );
    expect(printPromql(call("avg_over_time", over(divide(up, 2), "1h", { step: "5m" })))).toBe(
      "avg_over_time((up / 2)[1h:5m])",
    );
    expect(printPromql(greaterThan(up, 1, { bool: true }))).toBe("up > bool 1");
    expect(printPromql(multiply(up, metric("kube_pod_info"), { on: ["namespace", "pod"], groupLeft: ["node"] }))).toBe(
      "up * on (namespace, pod) group_left (node) kube_pod_info",
    );
    expect(printPromql(divide(up, up, { ignoring: ["pod"] }))).toBe("up / ignoring (pod) up");
    expect(printPromql(topk(5, up, { by: ["job"] }))).toBe("topk by (job) (5, up)");
    expect(printPromql(avg(up, { without: ["instance"] }))).toBe("avg without (instance) (up)");
  });

  it("with parentheses only where the meaning needs them", () => {
    expect(printPromqlLine(subtract(up, subtract(up, 1)))).toBe("up - (up - 1)");
    expect(printPromqlLine(subtract(subtract(up, up), 1))).toBe("up - up - 1");
    expect(printPromqlLine(multiply(add(up, 1), 2))).toBe("(up + 1) * 2");
    expect(printPromqlLine(power(power(2, 3), 2))).toBe("(2 ^ 3) ^ 2");
    expect(printPromqlLine(power(2, power(3, 2)))).toBe("2 ^ 3 ^ 2");
    expect(printPromqlLine(power(-1, 2))).toBe("(-1) ^ 2");
    expect(printPromqlLine(and(unless(up, up), up))).toBe("up unless up and up");
    expect(printPromqlLine(negative(add(up, 1)))).toBe("-(up + 1)");
    expect(printPromqlLine(add(rawPromql("a or b"), 1))).toBe("(a or b) + 1");
  });

  it("numbers have all their digits and no exponent", () => {
    expect(printPromqlLine(1e21)).toBe("1000000000000000000000");
    expect(printPromqlLine(1e-7)).toBe("0.0000001");
    expect(printPromqlLine(1.5e-7)).toBe("0.00000015");
    expect(printPromqlLine(Number.POSITIVE_INFINITY)).toBe("+Inf");
  });
});

describe("what would not be PromQL is refused where it is written", () => {
  it.each(["5 m", "", "0s", "5m]", "1.5h"])("the range %j", (range) => {
    expect(() => rate(up, range)).toThrow(TypeError);
  });

  it("a label without a name", () => {
    expect(() => select({ ...up, labels: [""] }, { "": "x" })).toThrow(TypeError);
  });

  it("variables of Grafana and Sloth are ranges", () => {
    expect(printPromql(rate(up, "$__rate_interval"))).toBe("rate(up[$__rate_interval])");
    expect(printPromql(rate(up, "{{.window}}"))).toBe("rate(up[{{.window}}])");
  });
});

const anyText = fc.string({ unit: "binary", maxLength: 12 });
const labelName = fc.oneof(
  fc.constantFrom("namespace", "pod", "_x", "le"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
);
const range = fc.constantFrom("30s", "5m", "1h30m", "4w");
const matchOperator = fc.constantFrom("=" as const, "!=" as const);

const selector = fc.record({
  kind: fc.constant("selector" as const),
  series: fc.oneof(fc.constantFrom("up", "a:b:rate5m"), fc.string({ unit: "binary", minLength: 1, maxLength: 8 })),
  matchers: fc.array(fc.record({ label: labelName, operator: matchOperator, value: anyText }), { maxLength: 3 }),
});
const labelList = fc.array(labelName, { maxLength: 3 });

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const operand = tie("expression");
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      selector,
      fc.record({ kind: fc.constant("number" as const), value: fc.double({ noNaN: true }) }),
      fc.record({
        kind: fc.constant("call" as const),
        name: fc.constant("rate"),
        arguments: fc.tuple(fc.record({ kind: fc.constant("range" as const), of: selector, range })),
      }),
      fc.record({
        kind: fc.constant("call" as const),
        name: fc.constant("max_over_time"),
        arguments: fc.tuple(fc.record({ kind: fc.constant("range" as const), of: operand, range, step: range })),
      }),
      fc.record({
        kind: fc.constant("call" as const),
        name: fc.constant("label_replace"),
        arguments: fc.tuple(
          operand,
          ...["a", "b", "c", "d"].map(() => fc.record({ kind: fc.constant("text" as const), value: anyText })),
        ),
      }),
      fc.record({
        kind: fc.constant("aggregation" as const),
        operator: fc.constantFrom("sum" as const, "avg" as const, "max" as const),
        of: operand,
        grouping: fc.record({ clause: fc.constantFrom("by" as const, "without" as const), labels: labelList }),
      }),
      fc.record({
        kind: fc.constant("binary" as const),
        operator: fc.constantFrom("+", "-", "*", "/", "%", "^", "==", ">", "and", "or", "unless"),
        left: operand,
        right: operand,
      }),
      fc.record({ kind: fc.constant("negation" as const), of: operand }),
    ),
  };
});

describe("whatever is built", () => {
  it("parses, on one line and split", () => {
    fc.assert(
      fc.property(expression, (built) => {
        expect(parsePromql(printPromql(built)).problem).toBeUndefined();
        expect(parsePromql(printPromqlLine(built)).problem).toBeUndefined();
      }),
    );
  });

  it("groups as it was built: the tree of operators that is parsed is the one that was printed", () => {
    fc.assert(
      fc.property(expression, (built) => {
        const { expression: parsed } = parsePromql(printPromqlLine(built));
        expect(parsed === undefined ? [] : operatorsOf(parsed)).toEqual(operatorsOf(built));
      }),
    );
  });
});

function operatorsOf(built: Expression): readonly string[] {
  const operators: string[] = [];
  visitPromql(built, (part) => {
    if (part.kind === "binary") operators.push(part.operator);
  });
  return operators;
}

describe("a label's value", () => {
  it("comes back from the text, whatever characters it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (value) => {
        const { expression: parsed } = parsePromql(printPromql(select(up, { job: value })));
        const matchers = parsed === undefined ? [] : selectorsOf(parsed).flatMap((found) => found.matchers);
        expect(matchers).toEqual([{ label: "job", operator: "=", value: value.toWellFormed() }]);
      }),
    );
  });

  it("lone surrogates become the replacement character, as UTF-8 cannot say them", () => {
    expect(printPromql(select(up, { job: "\ud800" }))).toBe('up{job="\\ufffd"}');
  });

  it("characters that cannot be seen are escaped as Go escapes them", () => {
    expect(printPromql(select(up, { job: "a\u0000\u0007\u007f\u00a0\u200b\u{e0001}\n" }))).toBe(
      'up{job="a\\x00\\a\\x7f\\u00a0\\u200b\\U000e0001\\n"}',
    );
  });

  it("of several texts is matched literally", () => {
    expect(printPromql(select(up, { job: oneOf("a.b", "c|d") }))).toBe('up{job=~"a\\\\.b|c\\\\|d"}');
  });

  it("is read from every form of literal", () => {
    expect(unquotePromql("'a\\'b'")).toBe("a'b");
    expect(unquotePromql("`a\\b`")).toBe("a\\b");
    expect(unquotePromql('"\\x41\\u00e9\\U0001f600\\101"')).toBe("Aé😀A");
  });
});
