import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metric } from "../catalogue/catalogue.ts";
import { sum } from "./aggregate.ts";
import { avgOverTime, rate } from "./functions.ts";
import { oneOf } from "./matcher.ts";
import { divide, greaterThan, multiply } from "./operators.ts";
import { printPromql, printPromqlLine } from "./print.ts";
import { formatPromql, formatPromqlLine, parsePromql, promql } from "./promql.ts";
import { ago, atTime, over, select } from "./select.ts";
import { valueTypeOf } from "./types.ts";

const up = metric("up");

describe("a text becomes the value that the functions make", () => {
  it.each([
    ['sum by (job) (rate(up{job="a"}[5m]))', sum(rate(select(up, { job: "a" }), "5m"), { by: ["job"] })],
    ['sum(rate(up{job="a"}[5m])) by (job)', sum(rate(select(up, { job: "a" }), "5m"), { by: ["job"] })],
    ["up offset 1d", ago(select(up), "1d")],
    ["up offset -1d", ago(select(up), "-1d")],
    ["rate(up[5m] offset 1h)", rate(ago(select(up), "1h"), "5m")],
    ["up @ end()", atTime(select(up), "end")],
    ["avg_over_time((up / 2)[1h:5m])", avgOverTime(over({ ...divide(up, 2), parentheses: 1 }, "1h", { step: "5m" }))],
    [
      "up * on (namespace, pod) group_left (node) kube_pod_info",
      multiply(up, metric("kube_pod_info"), { on: ["namespace", "pod"], groupLeft: ["node"] }),
    ],
    ["up > bool 1", greaterThan(up, 1, { bool: true })],
    ["up{job=~'a\\\\.b|c'}", select(up, { job: oneOf("a.b", "c") })],
  ])("%s", (text, expression) => {
    expect(promql(text)).toEqual(expression);
    expect(printPromqlLine(expression)).toBe(formatPromqlLine(text));
  });

  it("once: the same text is the same value", () => {
    expect(promql("sum(up)")).toBe(promql("sum(up)"));
    expect(parsePromql("up > $limit", { variables: "grafana" })).not.toBe(parsePromql("up > $limit"));
  });

  it("or says where it is wrong", () => {
    expect(() => promql("sum(up\n  by (job)")).toThrow(/line 2, column 3/);
    expect(() => formatPromql("up[5m")).toThrow(TypeError);
  });

  it("that can stand inside others", () => {
    expect(printPromql(multiply(promql("up + 1"), 2))).toBe("(up + 1) * 2");
    expect(printPromql(multiply(promql("(up + 1)"), 2))).toBe("(up + 1) * 2");
  });
});

// What `promtool promql format` of Prometheus 3.15 prints.
describe("a text is formatted as promtool does", () => {
  it.each([
    ["sum(rate(up[60m]))by(job)", "sum by (job) (rate(up[1h]))"],
    ["SUM(up) BY (job)", "sum by (job) (up)"],
    ["( ( up ) )", "((up))"],
    ["up{b='1',a=`2`,}", 'up{a="2",b="1"}'],
    ['{"http.requests", a="b"}', '{__name__="http.requests",a="b"}'],
    ['{__name__="up"}', '{__name__="up"}'],
    ["up offset 3600", "up offset 1h"],
    ["up offset -90s", "up offset -1m30s"],
    ["up offset 0s", "up"],
    ["up[5m:]", "up[5m:]"],
    ["rate(up[5m] @ 1.5 offset 1m)", "rate(up[5m] @ 1.500 offset 1m)"],
    ["up @ start() offset 1m", "up @ start() offset 1m"],
    ["up[300]", "up[5m]"],
    ["up[5m] smoothed @ end()", "up[5m] smoothed @ end()"],
    ["up @ end() anchored", "up @ end() anchored"],
    ["up[max_of(5m, step()) + 2 * 30s]", "up[max_of(5m, step()) + 2 * 30s]"],
    ["up offset (5m+30s)", "up offset (5m + 30s)"],
    ["up offset 5m + 1", "up offset 5m + 1"],
    ["min_of(1, 2) + max_of(3,4)", "min_of(1, 2) + max_of(3, 4)"],
    ["- - 1", "1"],
    ["-up^2", "-up ^ 2"],
    ["+up", "+up"],
    ["2^-1", "2 ^ -1"],
    ["0x1F + 010 + 1_000 + .5 + 1e3 + Inf + NaN", "31 + 8 + 1000 + 0.5 + 1000 + +Inf + NaN"],
    ["up > 5m", "up > 5m"],
    ["a + ignoring () b", "a + b"],
    ["1 + on () 2", "1 + 2"],
    ["a / on (x) group_left b", "a / on (x) group_left () b"],
    ["a + fill(1e6) b", "a + fill (1e+06) b"],
    ["a - on (x) fill_left(-1) fill_right (0) b", "a - on (x) fill_left (-1) fill_right (0) b"],
    ["a </ 5", "a </ 5"],
    ["fill + fill", "fill + fill"],
    ["and and or or offset", "and and or or offset"],
    ['count_values by (job) ("v", up)', 'count_values by (job) ("v", up)'],
    ["sum without () (up)", "sum without () (up)"],
    ["sum by () (up)", "sum(up)"],
    ['"\\xc3\\xa9\\u00e9"', '"éé"'],
    ["up # comment", "up"],
  ])("%s", (text, formatted) => {
    expect(formatPromqlLine(text)).toBe(formatted);
    expect(formatPromql(formatted)).toBe(formatted);
  });

  it("with what is longer than 100 characters split", () => {
    const text = `-(${"a".repeat(60)} + ${"b".repeat(60)})`;
    expect(formatPromql(text)).toBe(`-(\n    ${"a".repeat(60)}\n  +\n    ${"b".repeat(60)}\n)`);
  });
});

describe("what Prometheus refuses", () => {
  it.each([
    "up[0s]",
    "up[-5m]",
    "up[1m1h]",
    "up[5m][5m]",
    "up offset",
    "up @ inf",
    "sum(up) offset 5m",
    "up anchored smoothed",
    "sum()",
    "sum by (job) (up) by (job)",
    "sum(up,)",
    "topk(5)",
    "rate up",
    "up +",
    "on",
    "bool",
    "up{job}",
    "up{job=a}",
    "up{'job'='a'",
    "a:b(up)",
    "by(up)",
    "Rate(up[5m])",
    "08x",
    "1e999",
    "0x",
    "1__0",
    "up and on (x) group_left () up",
    "up * on (x) group_left (x) up",
    "up + fill (up) up",
    '"\\z"',
    "'a\nb'",
    "up[# comment\n5m]",
    "up[step():1m]",
    "up[5m / 0]",
    "up;",
    "$x",
  ])("%s", (text) => expect(parsePromql(text).problem).toBeDefined());
});

describe("the type of a value", () => {
  it.each([
    ["1 + time()", "scalar"],
    ["1 + up", "vector"],
    ["-up", "vector"],
    ["up[5m]", "matrix"],
    ["sum(up)[5m:]", "matrix"],
    ["'a'", "string"],
    ["scalar(up)", "scalar"],
    ["(vector(1))", "vector"],
  ])("of %s is %s", (text, type) => expect(valueTypeOf(promql(text))).toBe(type));
});

describe("whatever text there is", () => {
  it("is an expression or a problem inside it, and what is formatted stays so", () => {
    const words = fc.constantFrom(
      "up",
      "sum",
      "(",
      ")",
      "by",
      "[5m]",
      "[1h:5m]",
      "{a='b'}",
      "+",
      "-",
      "^",
      "1",
      "5m",
      " ",
      "offset 1m",
      "@ 3",
      "==",
      "bool",
      "and",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (parts) => {
        const text = parts.join(" ");
        const { expression, problem } = parsePromql(text);
        if (expression === undefined) expect(problem?.at).toBeLessThanOrEqual(text.length);
        else expect(formatPromql(printPromql(expression))).toBe(printPromql(expression));
      }),
      { numRuns: 300 },
    );
  });
});
