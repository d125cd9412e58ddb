import { describe, expect, it } from "vitest";
import { evaluatePromql } from "./evaluate-promql.ts";

// Prometheus itself says in the judge rule-evaluation what thousands of expressions give; here is what a reader should know.
const valuesOf = (expression: string, series: Readonly<Record<string, string>>, at?: string): readonly number[] =>
  evaluatePromql(expression, series, at === undefined ? {} : { at }).map(({ value }) => value);

describe("an expression over series", () => {
  const jobs = { 'up{job="a",instance="1"}': "1x10", 'up{job="a",instance="2"}': "0x10", 'up{job="b"}': "1x10" };

  it("selects, adds up and keeps the labels that it is told to", () => {
    expect(evaluatePromql("sum by (job) (up)", jobs)).toEqual([
      { labels: { job: "a" }, value: 1 },
      { labels: { job: "b" }, value: 1 },
    ]);
    expect(evaluatePromql('up{instance=~"1|3"}', jobs)).toEqual([
      { labels: { __name__: "up", instance: "1", job: "a" }, value: 1 },
    ]);
    expect(evaluatePromql("1 + 1", {})).toEqual([{ labels: {}, value: 2 }]);
  });

  it("extends a rate to its whole range, and takes a counter that begins anew for what it is", () => {
    expect(valuesOf("rate(x[5m])", { x: "0+60x10" })).toEqual([1]);
    expect(valuesOf("increase(x[5m])", { x: "0+60x5 0+60x5" })).toEqual([300]);
    expect(valuesOf("rate(x[1m])", { x: "0+60x10" })).toEqual([]);
  });

  it("looks five minutes back, and no further than the end of a series", () => {
    expect(valuesOf("x", { x: "1 _x9" }, "4m")).toEqual([1]);
    expect(valuesOf("x", { x: "1 _x9" }, "5m")).toEqual([]);
    expect(valuesOf("x", { x: "1 stale" }, "1m")).toEqual([]);
    expect(valuesOf("count_over_time(x[5m])", { x: "1 stale 1x3" }, "4m")).toEqual([4]);
  });

  it("sees nothing of what has not happened yet", () => {
    expect(valuesOf("x offset -2m", { x: "0+1x10" }, "3m")).toEqual([3]);
  });

  it("knows histograms, labels and subqueries", () => {
    const buckets = { 'd_bucket{le="1"}': "0+6x10", 'd_bucket{le="2"}': "0+12x10", 'd_bucket{le="+Inf"}': "0+12x10" };
    expect(valuesOf("histogram_quantile(0.75, rate(d_bucket[5m]))", buckets)).toEqual([1.5]);
    expect(evaluatePromql('label_replace(x, "b", "<$1>", "a", "(.).*")', { 'x{a="yz"}': "1" })).toEqual([
      { labels: { __name__: "x", a: "yz", b: "<y>" }, value: 1 },
    ]);
    expect(valuesOf("max_over_time(sum(up)[10m:1m])", jobs)).toEqual([2]);
    expect(evaluatePromql('absent(x{job="a",instance!="b"})', {})).toEqual([{ labels: { job: "a" }, value: 1 }]);
    expect(valuesOf("sort_desc(y)", { 'y{a="1"}': "1", 'y{a="2"}': "NaN", 'y{a="3"}': "3" })).toEqual([
      3,
      1,
      Number.NaN,
    ]);
  });

  it.each([
    ["histogram_count(x)", "The function histogram_count is not evaluated here"],
    ["limitk(1, x)", "The aggregation limitk is not evaluated here"],
    ["rate(x[5m] smoothed)", "smoothed is not evaluated here"],
    ["sum(", "is no PromQL"],
    ["x[5m]", "A range has no value at a moment"],
  ])("says of %s what is the matter", (expression, message) =>
    expect(() => evaluatePromql(expression, { x: "1" })).toThrow(message),
  );

  it("fails where Prometheus does", () => {
    expect(() => evaluatePromql("up + on () up", jobs)).toThrow("have the same labels to match by");
    expect(() => evaluatePromql('label_replace(up, "instance", "", "", "")', jobs)).toThrow("the same labels");
  });

  it("takes series as they are written, and nothing else", () => {
    expect(() => evaluatePromql("x", { 'x{a=~"b"}': "1" })).toThrow("is no series");
    expect(() => evaluatePromql("x", { x: "1" }, { at: "soon" })).toThrow("Expected a Prometheus duration");
  });
});
