import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metric, metricCatalogue } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";
import { sum } from "./aggregate.ts";
import type { Expression, Selector } from "./expression.ts";
import { histogramQuantile, increase, rate } from "./functions.ts";
import { matching, notEqualTo } from "./matcher.ts";
import { add, divide, multiply, or } from "./operators.ts";
import { printPromql, printPromqlLine } from "./print.ts";
import { promqlSelectors } from "./promql-selectors.ts";
import { select } from "./select.ts";

describe("the selectors of an expression", () => {
  it.each<[string, unknown[]]>([
    ["up", [{ series: "up", matchers: [] }]],
    ["rate(a_total[5m])", [{ series: "a_total", matchers: [], range: "5m", call: "rate" }]],
    [
      "rate(a_total[$__rate_interval] offset 5m)",
      [{ series: "a_total", matchers: [], range: "$__rate_interval", call: "rate" }],
    ],
    ["sum by (b, c) (a)", [{ series: "a", matchers: [], call: "sum" }]],
    ["sum(a) without (b)", [{ series: "a", matchers: [], call: "sum" }]],
    ["(a)", [{ series: "a", matchers: [] }]],
    ["max_over_time(rate(a[1m])[1h:5m])", [{ series: "a", matchers: [], range: "1m", call: "rate" }]],
    [
      "a * on (x) group_left (y) b",
      [
        { series: "a", matchers: [] },
        { series: "b", matchers: [] },
      ],
    ],
    [
      "a > bool 1 and b unless c",
      [
        { series: "a", matchers: [] },
        { series: "b", matchers: [] },
        { series: "c", matchers: [] },
      ],
    ],
    ["topk($n, a)", [{ series: "a", matchers: [], call: "topk" }]],
    ["NaN + Inf + 0x1f + 1e5 + a @ end()", [{ series: "a", matchers: [] }]],
    ['{__name__="a",b!="c"}', [{ series: "a", matchers: [{ label: "b", operator: "!=", value: "c" }] }]],
    ['{"a.b", c=~"d"}', [{ series: "a.b", matchers: [{ label: "c", operator: "=~", value: "d" }] }]],
    [
      "a{b='}[5m]',c=`\"`}",
      [
        {
          series: "a",
          matchers: [
            { label: "b", operator: "=", value: "}[5m]" },
            { label: "c", operator: "=", value: '"' },
          ],
        },
      ],
    ],
    ['a{} # b{c="d"}', [{ series: "a", matchers: [] }]],
    ["absent(a) or vector(0)", [{ series: "a", matchers: [], call: "absent" }]],
  ])("%s", (expression, selectors) => expect(promqlSelectors(expression)).toEqual(selectors));

  it("are read from any text, even from one that does not parse", () => {
    const part = fc.constantFrom(
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "a",
      "by",
      "rate",
      ",",
      "=",
      '"x"',
      "'",
      "$b",
      " ",
      "5m",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(promqlSelectors(parts.join("")).length).toBeLessThanOrEqual(parts.length);
      }),
    );
  });

  it("are those that an expression was made of, however it is printed", () => {
    fc.assert(
      fc.property(expressions, ({ expression, selectors }) => {
        const found = selectors.map(({ series, matchers }) => ({ series, matchers: [...matchers].sort(byLabel) }));
        for (const text of [printPromqlLine(expression), printPromql(expression)]) {
          expect(
            promqlSelectors(text).map(({ series, matchers }) => ({ series, matchers: [...matchers].sort(byLabel) })),
          ).toEqual(found);
        }
      }),
    );
  });
});

interface Made {
  readonly expression: Expression;
  readonly selectors: readonly Selector[];
}

const byLabel = (a: { label: string; value: string }, b: { label: string; value: string }): number =>
  `${a.label} ${a.value}` < `${b.label} ${b.value}` ? -1 : 1;

const metrics: readonly Metric[] = [...metricCatalogue.values()].filter(({ type }) => type === "counter");
const value = fc.string({ unit: fc.constantFrom("a", "1", "{", "}", "(", "]", ",", "=", '"', "$", " ", "#", "-") });
const leaf: fc.Arbitrary<Made> = fc
  .tuple(fc.constantFrom(...metrics), fc.option(value), fc.option(value), fc.boolean())
  .map(([counter, job, pod, ranged]) => {
    const selector = select(counter, {
      ...(job === null ? {} : { job: matching(job) }),
      ...(pod === null ? {} : { pod: notEqualTo(pod) }),
    });
    return { expression: ranged ? rate(selector, "$__rate_interval") : selector, selectors: [selector] };
  });
const expressions: fc.Arbitrary<Made> = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie("made").map(({ expression, selectors }) => ({
      expression: sum(expression, { by: ["job", "pod"] }),
      selectors,
    })),
    tie("made").map(({ expression, selectors }) => ({ expression: histogramQuantile(0.5, expression), selectors })),
    fc.tuple(fc.constantFrom(add, divide, or), tie("made"), tie("made")).map(([operator, left, right]) => ({
      expression: operator(left.expression, right.expression),
      selectors: [...left.selectors, ...right.selectors],
    })),
    fc.tuple(tie("made"), tie("made")).map(([left, right]) => ({
      expression: multiply(left.expression, right.expression, { on: ["pod"], groupLeft: ["job"] }),
      selectors: [...left.selectors, ...right.selectors],
    })),
  ),
})).made;

it("tell increase from the metric that is called so", () =>
  expect(promqlSelectors(printPromqlLine(increase(metric("up"), "1h")))).toEqual([
    { series: "up", matchers: [], range: "1h", call: "increase" },
  ]));
