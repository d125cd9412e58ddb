import { describe, expect, it } from "vitest";
import { catalogueWith, defineMetric, metric } from "../catalogue/catalogue.ts";
import { comparisonOf } from "./comparison.ts";
import { noneOf, notEqualTo, quoteRegex } from "./matcher.ts";
import { and, greaterThan, unless } from "./operators.ts";
import { printPromqlLine } from "./print.ts";
import { promql } from "./promql.ts";
import { rawPromql } from "./select.ts";
import { rewritePromql, selectorsOf, visitPromql } from "./visit.ts";
import { withMatchers } from "./with-matchers.ts";

const joined = promql('sum by (job) (rate(up{job="a"}[5m] offset 1h)) / on (job) topk(3, -kube_pod_info)');

describe("an expression is looked through", () => {
  it("from the outside in, in the order of the text", () => {
    const kinds: string[] = [];
    visitPromql(joined, ({ kind }) => kinds.push(kind));
    expect(kinds).toEqual([
      ...["binary", "aggregation", "call", "range", "selector"],
      ...["aggregation", "number", "negation", "selector"],
    ]);
    expect(selectorsOf(joined).map(({ series }) => series)).toEqual(["up", "kube_pod_info"]);
  });

  it("and rewritten: what does not change stays the same value", () => {
    expect(rewritePromql(joined, (part) => part)).toBe(joined);
    const doubled = rewritePromql(joined, (part) =>
      part.kind === "number" ? { ...part, value: part.value * 2 } : part,
    );
    expect(printPromqlLine(doubled)).toBe(
      'sum by (job) (rate(up{job="a"}[5m] offset 1h)) / on (job) topk(6, -kube_pod_info)',
    );
  });
});

describe("conditions are added", () => {
  it("to each selector whose series have the label", () => {
    expect(
      printPromqlLine(
        withMatchers(promql("kube_pod_info * on () group_left () count(kube_node_info)"), {
          created_by_kind: notEqualTo("Job"),
        }),
      ),
    ).toBe('kube_pod_info{created_by_kind!="Job"} * on () group_left () count(kube_node_info)');
  });

  it("once", () => {
    const once = withMatchers(joined, { namespace: [noneOf("a", "b"), notEqualTo("")] });
    expect(printPromqlLine(once)).toContain('up{job="a",namespace!="",namespace!~"a|b"}');
    expect(withMatchers(once, { namespace: noneOf("a", "b") })).toBe(once);
  });

  it("where it is asked for", () => {
    const only = withMatchers(joined, { namespace: "a" }, { where: ({ series }) => series === "up" });
    expect(printPromqlLine(only)).toBe(
      'sum by (job) (rate(up{job="a",namespace="a"}[5m] offset 1h)) / on (job) topk(3, -kube_pod_info)',
    );
  });

  it("not to what the catalogue does not have, until it does", () => {
    const own = defineMetric({ name: "door_open", type: "gauge", unit: "boolean", labels: ["door"], help: "Open." });
    const open = promql("door_open");
    expect(withMatchers(open, { door: "a" })).toBe(open);
    expect(printPromqlLine(withMatchers(open, { door: "a" }, { catalogue: catalogueWith(own) }))).toBe(
      'door_open{door="a"}',
    );
  });

  it("inside text that somebody vouches for, too", () => {
    expect(printPromqlLine(withMatchers(rawPromql("sum(up)"), { job: "a" }))).toBe('sum(up{job="a"})');
    expect(printPromqlLine(withMatchers(rawPromql("sum(up"), { job: "a" }))).toBe("sum(up");
  });
});

describe("a comparison is taken apart", () => {
  it.each([
    ["sum(up) > 5", "sum(up)", ">", 5],
    ["5 < sum(up)", "sum(up)", ">", 5],
    ["(up == 0)", "up", "==", 0],
    ["up <= 14 * 24 * 3600", "up", "<=", 1_209_600],
    ["up > sum(up)", "up", ">", undefined],
    ["up < -1 and on (job) kube_pod_info", "up", "<", -1],
  ])("%s", (text, measured, operator, value) => {
    const comparison = comparisonOf(promql(text));
    expect(comparison === undefined ? undefined : printPromqlLine({ ...comparison.measured })).toBe(measured);
    expect(comparison).toMatchObject({ operator });
    expect(comparison?.value).toBe(value);
  });

  it("with what must hold beside it", () => {
    const guarded = unless(and(greaterThan(metric("up"), 1), metric("kube_pod_info")), metric("kube_node_info"));
    expect(
      comparisonOf(guarded)?.guards.map(({ operator, expression }) => [operator, printPromqlLine(expression)]),
    ).toEqual([
      ["unless", "kube_node_info"],
      ["and", "kube_pod_info"],
    ]);
  });

  it.each(["up", "up > bool 1", "(up > 1) or up", "sum(up > 1)", "up + 1"])("and nothing else: %s", (text) =>
    expect(comparisonOf(promql(text))).toBeUndefined(),
  );
});

it("a text is quoted for a larger regular expression", () => {
  expect(quoteRegex("a.b|c")).toBe("a\\.b\\|c");
});
