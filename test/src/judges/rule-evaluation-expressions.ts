import type { BinaryOperator, Expression, Grouping, Selector, VectorMatching } from "@plinth/metrics";
import fc from "fast-check";

const label = fc.constantFrom("job", "instance", "code");
const grouping: fc.Arbitrary<Grouping> = fc.record({
  clause: fc.constantFrom("by" as const, "without" as const),
  labels: fc.uniqueArray(label, { maxLength: 2 }),
});
const matchers = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        { label: "job", operator: "=", value: "a" } as const,
        { label: "job", operator: "!=", value: "a" } as const,
        { label: "instance", operator: "=~", value: "i[12]" } as const,
        { label: "code", operator: "!~", value: "5.." } as const,
        { label: "code", operator: "=", value: "" } as const,
        { label: "job", operator: "=", value: "nobody" } as const,
      )
      .map((matcher) => [matcher]),
  },
);
const duration = fc.constantFrom("90s", "2m", "5m", "7m30s", "20m", "1h");
const rarely = <Kind>(of: fc.Arbitrary<Kind>): fc.Arbitrary<Kind | undefined> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of });
const moment = {
  offset: rarely(fc.constantFrom("1m", "10m", "45s", "-5m")),
  at: rarely(fc.constantFrom(300, 1234.5, "start" as const, "end" as const)),
};
const gauges = ["temperature", "up", "weight"];
const counters = ["requests_total", "latency_seconds_bucket", "latency_seconds_count"];

const selectorOf = (names: readonly string[]): fc.Arbitrary<Selector> =>
  fc
    .record({ series: fc.constantFrom(...names), matchers, ...moment })
    .map((parts): Selector => ({ kind: "selector", ...parts }));
const selector = selectorOf([...gauges, ...counters]);
const number: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: -3, max: 40 }).map((value): Expression => ({ kind: "number", value })),
  fc
    .constantFrom(0.5, 1.7, Number.POSITIVE_INFINITY, Number.NaN)
    .map((value): Expression => ({ kind: "number", value })),
);
const share: fc.Arbitrary<Expression> = fc
  .constantFrom(0, 0.25, 0.5, 0.99, 1, 2, -1)
  .map((value): Expression => ({ kind: "number", value }));
const text = (value: string): Expression => ({ kind: "text", value });
const call = (name: string, ...list: readonly Expression[]): Expression => ({ kind: "call", name, arguments: list });

const ofRange = [
  ...["rate", "increase", "irate", "delta", "idelta", "deriv", "resets", "changes", "absent_over_time"],
  ...["avg", "min", "max", "sum", "count", "last", "first", "present", "stddev", "stdvar"].map(
    (name) => `${name}_over_time`,
  ),
];
const ofVector = [
  ...["abs", "ceil", "floor", "sgn", "sqrt", "exp", "ln", "log2", "log10", "round", "absent", "sort", "sort_desc"],
  ...["deg", "sin", "atan"],
];
const calendar = ["hour", "minute", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year"];
// Of `@` with an offset Prometheus reads samples of one time and looks for those of another.
const timestamped = selector.map(({ offset, ...rest }) =>
  call("timestamp", rest.at === undefined && offset !== undefined ? { ...rest, offset } : rest),
);
// The date of what is no date is Go's to say: whole numbers only.
const seconds = fc.oneof(
  timestamped,
  timestamped.map(
    (of): Expression => ({ kind: "binary", operator: "*", left: of, right: { kind: "number", value: 123_456 } }),
  ),
);
const arithmetic: readonly BinaryOperator[] = ["+", "-", "*", "/", "%", "^", "atan2"];
const comparisons: readonly BinaryOperator[] = ["==", "!=", "<", "<=", ">", ">="];
const matching: fc.Arbitrary<VectorMatching> = fc
  .record({
    clause: fc.constantFrom("on" as const, "ignoring" as const),
    labels: fc.uniqueArray(label, { maxLength: 2 }),
    group: fc.option(
      fc.record({
        side: fc.constantFrom("left" as const, "right" as const),
        labels: fc.uniqueArray(fc.constantFrom("code", "instance"), { maxLength: 1 }),
      }),
      { nil: undefined },
    ),
  })
  // Prometheus refuses a label in both lists.
  .filter(
    ({ clause, labels, group }) => clause === "ignoring" || !(group?.labels ?? []).some((one) => labels.includes(one)),
  )
  .map(({ clause, labels, group }) => ({ clause, labels, ...(group === undefined ? {} : { group }) }));

const { vector, scalar } = fc.letrec<{ vector: Expression; scalar: Expression; range: Expression }>((tie) => ({
  range: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ of: selector, range: duration }).map((parts): Expression => ({ kind: "range", ...parts })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          of: tie("vector"),
          range: duration,
          step: fc.option(fc.constantFrom("30s", "1m", "3m"), { nil: undefined }),
          ...moment,
        })
        .map(
          ({ step, ...parts }): Expression => ({
            kind: "range",
            ...parts,
            ...(step === undefined ? { subquery: true } : { step }),
          }),
        ),
    },
  ),
  vector: fc.oneof(
    { depthSize: "xsmall", withCrossShrink: true },
    { weight: 3, arbitrary: selector },
    { weight: 6, arbitrary: fc.tuple(fc.constantFrom(...ofRange), tie("range")).map(([name, of]) => call(name, of)) },
    { weight: 1, arbitrary: fc.tuple(share, tie("range")).map(([q, of]) => call("quantile_over_time", q, of)) },
    { weight: 1, arbitrary: fc.tuple(tie("range"), number).map(([of, after]) => call("predict_linear", of, after)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...ofVector), tie("vector")).map(([name, of]) => call(name, of)) },
    { weight: 1, arbitrary: timestamped },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...calendar), seconds).map(([name, of]) => call(name, of)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("clamp_min", "clamp_max", "round"), tie("vector"), number)
        .map(([name, of, by]) => call(name, of, by)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(tie("vector"), number, number).map(([of, least, most]) => call("clamp", of, least, most)),
    },
    { weight: 1, arbitrary: tie("scalar").map((of) => call("vector", of)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          tie("vector"),
          fc.constantFrom("(i)(.)", "(?P<x>.*)", "i1", "nothing"),
          fc.constantFrom("$2-$1", "${x}y", "", "$$"),
        )
        .map(([of, pattern, to]) => call("label_replace", of, text("code"), text(to), text("instance"), text(pattern))),
    },
    {
      weight: 1,
      arbitrary: tie("vector").map((of) =>
        call("label_join", of, text("code"), text("+"), text("job"), text("instance")),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(share, selectorOf(["latency_seconds_bucket"]), duration, fc.boolean())
        .map(([q, of, range, rated]) =>
          call("histogram_quantile", q, rated ? call("rate", { kind: "range", of: { ...of }, range }) : of),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(number, number, selectorOf(["latency_seconds_bucket"]))
        .map(([lower, upper, of]) => call("histogram_fraction", lower, upper, of)),
    },
    {
      weight: 4,
      arbitrary: fc
        .record(
          {
            operator: fc.constantFrom("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"),
            of: tie("vector"),
            grouping,
          },
          { requiredKeys: ["operator", "of"] },
        )
        .map((parts): Expression => ({ kind: "aggregation", ...parts })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ parameter: share, of: tie("vector"), grouping }, { requiredKeys: ["parameter", "of"] })
        .map((parts): Expression => ({ kind: "aggregation", operator: "quantile", ...parts })),
    },
    {
      // Of equal values promtool itself takes now these, now those: these are never equal.
      weight: 1,
      arbitrary: fc
        .record(
          {
            operator: fc.constantFrom("topk", "bottomk"),
            parameter: fc.integer({ min: 0, max: 4 }),
            of: selectorOf(["weight"]),
            grouping,
          },
          { requiredKeys: ["operator", "parameter", "of"] },
        )
        .map(
          ({ parameter, ...parts }): Expression => ({
            kind: "aggregation",
            parameter: { kind: "number", value: parameter },
            ...parts,
          }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({ of: selectorOf(["up"]), grouping }, { requiredKeys: ["of"] })
        .map(
          (parts): Expression => ({ kind: "aggregation", operator: "count_values", parameter: text("code"), ...parts }),
        ),
    },
    {
      weight: 3,
      arbitrary: fc
        .record(
          {
            operator: fc.constantFrom(...arithmetic, ...comparisons),
            left: tie("vector"),
            right: tie("vector"),
            bool: fc.boolean(),
            matching,
          },
          { requiredKeys: ["operator", "left", "right"] },
        )
        .map(
          ({ bool, ...parts }): Expression => ({
            kind: "binary",
            ...parts,
            ...(bool === true && comparisons.includes(parts.operator) ? { bool } : {}),
          }),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .record(
          {
            operator: fc.constantFrom("and" as const, "or" as const, "unless" as const),
            left: tie("vector"),
            right: tie("vector"),
            matching,
          },
          { requiredKeys: ["operator", "left", "right"] },
        )
        .map(
          ({ matching: by, ...parts }): Expression => ({
            kind: "binary",
            ...parts,
            ...(by === undefined ? {} : { matching: { clause: by.clause, labels: by.labels } }),
          }),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...arithmetic, ...comparisons), tie("vector"), tie("scalar"), fc.boolean(), fc.boolean())
        .map(
          ([operator, one, other, swapped, bool]): Expression => ({
            kind: "binary",
            operator,
            left: swapped ? other : one,
            right: swapped ? one : other,
            ...(bool && comparisons.includes(operator) ? { bool } : {}),
          }),
        ),
    },
    { weight: 1, arbitrary: tie("vector").map((of): Expression => ({ kind: "negation", of })) },
  ),
  scalar: fc.oneof(
    { depthSize: "xsmall", withCrossShrink: true },
    { weight: 5, arbitrary: number },
    { weight: 1, arbitrary: fc.constantFrom(call("time"), call("pi")) },
    { weight: 1, arbitrary: tie("vector").map((of) => call("scalar", of)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...arithmetic), tie("scalar"), tie("scalar"))
        .map(([operator, left, right]): Expression => ({ kind: "binary", operator, left, right })),
    },
  ),
}));

/** Expressions over the series of `evaluationSeries`, with everything that is evaluated. */
export const evaluatedExpression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 12, arbitrary: vector },
  { weight: 1, arbitrary: scalar },
);
