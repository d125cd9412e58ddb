import type { Expression, Grouping, LabelMatcher, Selector, VectorMatching } from "@plinth/metrics";
import fc from "fast-check";

// Characters that Go and JavaScript escape alike, whatever their Unicode tables.
const character = fc.constantFrom(..."abz_09 :.-/\\\"'`|*+?()[]{}^$#,=~\n\t\u0000\u007f\u00a0éß漢😀");
const text = fc.string({ unit: character, maxLength: 8 });
const metricName = fc.constantFrom(
  "up",
  "a:b:rate5m",
  "sum",
  "offset",
  "step",
  "fill",
  "http.requests",
  "métrique",
  "bool",
  "on",
);
const labelName = fc.constantFrom("job", "le", "by", "group_left", "k8s.pod", "_x", "__name__");
const listedLabel = fc.constantFrom("job", "le", "by", "on", "k8s.pod", "_x");
const duration = fc.constantFrom("30s", "5m", "1h30m", "4w", "8d", "1y", "250ms");
const rangeText = fc.oneof(
  { weight: 6, arbitrary: duration },
  { weight: 1, arbitrary: fc.constantFrom("(5m + 30s)", "5m * 2", "-(5m) + 2h", "max_of(5m, step())", "range() + 1s") },
);
const offset = fc.oneof(
  { weight: 4, arbitrary: duration },
  { weight: 1, arbitrary: duration.map((ahead) => `-${ahead}`) },
  { weight: 1, arbitrary: fc.constantFrom("step()", "-range()", "(1m + 5s)", "min_of(1h, 2h)") },
);
const moment = {
  offset: fc.option(offset, { nil: undefined, freq: 6 }),
  at: fc.option(
    fc.oneof(
      fc.constantFrom("start" as const, "end" as const),
      fc.integer({ min: -9999, max: 99999 }).map((tenths) => tenths / 10),
    ),
    {
      nil: undefined,
      freq: 6,
    },
  ),
};

const matcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({ label: labelName, operator: fc.constantFrom("=" as const, "!=" as const), value: text }),
  fc.record({
    label: labelName,
    operator: fc.constantFrom("=~" as const, "!~" as const),
    value: fc.constantFrom("", ".*", ".+", "a|b", "[a-z]+\\.x", "(a", "a{2}", "\\d+", "(?i)a", "a**", "^a$"),
  }),
);

const selector: fc.Arbitrary<Selector> = fc
  .record({
    series: fc.oneof({ weight: 5, arbitrary: metricName }, { weight: 1, arbitrary: fc.constant("") }),
    matchers: fc.array(matcher, { maxLength: 3 }),
    ends: fc.option(fc.constantFrom("anchored" as const, "smoothed" as const), { nil: undefined, freq: 10 }),
    ...moment,
  })
  .map((parts): Selector => ({ kind: "selector", ...parts }));

const number: fc.Arbitrary<Expression> = fc.oneof(
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }).map((value): Expression => ({ kind: "number", value })),
  fc.integer({ min: -5, max: 100 }).map((value): Expression => ({ kind: "number", value })),
  fc.constantFrom(300, 3600, 0.25).map((value): Expression => ({ kind: "number", value, duration: true })),
  fc
    .constantFrom(Number.POSITIVE_INFINITY, Number.NaN, 1e-7, 1e21)
    .map((value): Expression => ({ kind: "number", value })),
);

const grouping: fc.Arbitrary<Grouping> = fc.record({
  clause: fc.constantFrom("by" as const, "without" as const),
  labels: fc.uniqueArray(listedLabel, { maxLength: 3 }),
});

const fillValue = fc.constantFrom(0, 1, -2.5, 1e6, 1e-5, 123456789);
const matching: fc.Arbitrary<VectorMatching> = fc.record(
  {
    clause: fc.constantFrom("on" as const, "ignoring" as const),
    labels: fc.uniqueArray(listedLabel, { maxLength: 2 }),
    group: fc.record({
      side: fc.constantFrom("left" as const, "right" as const),
      labels: fc.uniqueArray(listedLabel, { maxLength: 2 }),
    }),
    fill: fc.record({ left: fillValue, right: fillValue }, { requiredKeys: [] }),
  },
  { requiredKeys: ["clause", "labels"] },
);

const vectorFunctions = ["abs", "absent", "sort_desc", "histogram_count", "timestamp", "hour"];
const rangeFunctions = ["rate", "increase", "max_over_time", "absent_over_time", "mad_over_time"];

/** Kinds of expressions by the type of their value; each now and then has an operand of another type, as a slip of the hand would. */
const { vector, scalar, range, string } = fc.letrec<{
  vector: Expression;
  scalar: Expression;
  range: Expression;
  string: Expression;
}>((tie) => {
  const mostly = (kind: "vector" | "scalar" | "range" | "string"): fc.Arbitrary<Expression> =>
    fc.oneof(
      { weight: 60, arbitrary: tie(kind) },
      { weight: 1, arbitrary: tie("vector") },
      { weight: 1, arbitrary: tie("scalar") },
      { weight: 1, arbitrary: tie("range") },
      { weight: 1, arbitrary: tie("string") },
    );
  const wrapped = (of: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc
      .tuple(of, fc.integer({ min: 0, max: 12 }))
      .map(([inner, pairs]) => (pairs === 1 || pairs === 2 ? { ...inner, parentheses: pairs } : inner));
  const call = (names: readonly string[], ...args: readonly fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> =>
    fc.tuple(fc.constantFrom(...names), fc.tuple(...args), fc.integer({ min: 0, max: 40 })).map(
      ([name, list, slip]): Expression => ({
        kind: "call",
        name,
        arguments: slip === 1 ? list.slice(1) : slip === 2 ? [...list, ...list] : list,
      }),
    );
  const binary = (left: fc.Arbitrary<Expression>, right: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc
      .record(
        {
          operator: fc.constantFrom(
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "atan2",
            "==",
            "!=",
            "<",
            ">=",
            "and",
            "or",
            "unless",
            "</",
            ">/",
          ),
          left,
          right,
          bool: fc.boolean(),
          matching,
        },
        { requiredKeys: ["operator", "left", "right"] },
      )
      .map(({ bool, ...parts }): Expression => ({ kind: "binary", ...parts, ...(bool === true ? { bool } : {}) }));
  const signed = (of: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc
      .tuple(of, fc.boolean())
      .map(([inner, plus]): Expression => ({ kind: "negation", of: inner, ...(plus ? { sign: "+" } : {}) }));
  return {
    vector: wrapped(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        selector,
        call(rangeFunctions, mostly("range")),
        call(vectorFunctions, mostly("vector")),
        call(["histogram_quantile"], mostly("scalar"), mostly("vector")),
        call(["label_replace"], mostly("vector"), tie("string"), tie("string"), tie("string"), tie("string")),
        call(["vector"], mostly("scalar")),
        fc
          .record(
            { operator: fc.constantFrom("sum", "avg", "count", "group", "stddev"), of: mostly("vector"), grouping },
            { requiredKeys: ["operator", "of"] },
          )
          .map((parts): Expression => ({ kind: "aggregation", ...parts })),
        fc
          .record(
            {
              operator: fc.constantFrom("topk", "quantile", "limit_ratio"),
              parameter: mostly("scalar"),
              of: mostly("vector"),
              grouping,
            },
            { requiredKeys: ["operator", "parameter", "of"] },
          )
          .map((parts): Expression => ({ kind: "aggregation", ...parts })),
        fc
          .record({ parameter: mostly("string"), of: mostly("vector") })
          .map((parts): Expression => ({ kind: "aggregation", operator: "count_values", ...parts })),
        binary(mostly("vector"), mostly("vector")),
        binary(mostly("vector"), mostly("scalar")),
        signed(mostly("vector")),
      ),
    ),
    scalar: wrapped(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        number,
        call(["time", "pi", "step"]),
        call(["scalar"], mostly("vector")),
        call(["max_of"], mostly("scalar"), mostly("scalar")),
        binary(mostly("scalar"), mostly("scalar")),
        signed(mostly("scalar")),
      ),
    ),
    range: wrapped(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.record({ of: selector, range: rangeText }).map((parts): Expression => ({ kind: "range", ...parts })),
        fc
          .record({ of: mostly("vector"), range: rangeText, step: fc.option(duration, { nil: undefined }), ...moment })
          .map(
            ({ step, ...parts }): Expression => ({
              kind: "range",
              ...parts,
              ...(step === undefined ? { subquery: true } : { step }),
            }),
          ),
      ),
    ),
    string: wrapped(text.map((value): Expression => ({ kind: "text", value }))),
  };
});

/** Any expression, most of them right. */
export const anyExpression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 12, arbitrary: vector },
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: range },
  { weight: 1, arbitrary: string },
);

const pieces = [
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "+",
    "-",
    "*",
    "^",
    "==",
    " bool ",
    " on (a) ",
    " group_left ",
    " offset 5m",
    " offset -1h",
  ],
  ...[
    " @ 5",
    " @ end()",
    "[5m]",
    "[5m:1m]",
    "[1h:]",
    "sum by (a) (",
    "rate(",
    "topk(3, ",
    "1",
    "5m",
    "0x1f",
    "1e3",
    "1_000",
    "010",
    ".5",
  ],
  ...[
    '"x"',
    "'y'",
    "`z`",
    "=~",
    "!~",
    "=",
    " and ",
    " atan2 ",
    "inf",
    "step()",
    " fill (0)",
    " smoothed",
    " anchored",
    " </ ",
    "# c\n",
    "\n",
  ],
  ...["absent(", "a:b", "by", "offset", "--", "(-", "2 ^ ", "\\", '"', "\u0001", "SUM", " OR "],
];

/** A text with one or two slips of the hand: something put in, something left out. */
export function slipped(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const slip = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    piece: fc.constantFrom(...pieces),
    drop: fc.integer({ min: -2, max: 3 }),
  });
  return fc.tuple(of, fc.array(slip, { minLength: 1, maxLength: 2 })).map(([written, slips]) =>
    slips.reduce((result, { at, piece, drop }) => {
      const place = Math.floor(at * result.length);
      return drop > 0
        ? result.slice(0, place) + result.slice(place + drop)
        : result.slice(0, place) + piece + result.slice(place);
    }, written),
  );
}
