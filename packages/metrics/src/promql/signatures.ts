/** What an expression's value is: one number, one value for each series, values over time for each series, or a text. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";

/** What a function takes and gives. */
export interface FunctionSignature {
  readonly arguments: readonly ValueType[];
  /** How many arguments may be left out or added at the end, as Prometheus counts them: -1 for any number. */
  readonly variadic: number;
  readonly returns: ValueType;
  /** Needs `--enable-feature=promql-experimental-functions`. */
  readonly experimental: boolean;
}

const [v, m, s, t] = ["vector", "matrix", "scalar", "string"] as const;

function takes(...args: readonly ValueType[]): FunctionSignature {
  return { arguments: args, variadic: 0, returns: "vector", experimental: false };
}

function upTo(variadic: number, signature: FunctionSignature): FunctionSignature {
  return { ...signature, variadic };
}

function gives(returns: ValueType, signature: FunctionSignature): FunctionSignature {
  return { ...signature, returns };
}

function experimental(signature: FunctionSignature): FunctionSignature {
  return { ...signature, experimental: true };
}

/**
 * Every function of Prometheus 3.15.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/parser/functions.go
 */
export const functionSignatures: ReadonlyMap<string, FunctionSignature> = new Map([
  ...[
    "abs",
    "absent",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "ceil",
    "cos",
    "cosh",
    "deg",
    "exp",
    "floor",
  ].map((name) => [name, takes(v)] as const),
  ...[
    "histogram_avg",
    "histogram_count",
    "histogram_sum",
    "histogram_stddev",
    "histogram_stdvar",
    "ln",
    "log10",
    "log2",
  ].map((name) => [name, takes(v)] as const),
  ...["rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt", "tan", "tanh", "timestamp"].map(
    (name) => [name, takes(v)] as const,
  ),
  ...["days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year"].map(
    (name) => [name, upTo(1, takes(v))] as const,
  ),
  ...[
    "absent_over_time",
    "avg_over_time",
    "changes",
    "count_over_time",
    "delta",
    "deriv",
    "first_over_time",
    "idelta",
  ].map((name) => [name, takes(m)] as const),
  ...[
    "increase",
    "irate",
    "last_over_time",
    "max_over_time",
    "min_over_time",
    "present_over_time",
    "rate",
    "resets",
  ].map((name) => [name, takes(m)] as const),
  ...["stddev_over_time", "stdvar_over_time", "sum_over_time"].map((name) => [name, takes(m)] as const),
  ...[
    "mad_over_time",
    "ts_of_first_over_time",
    "ts_of_last_over_time",
    "ts_of_max_over_time",
    "ts_of_min_over_time",
  ].map((name) => [name, experimental(takes(m))] as const),
  ["clamp", takes(v, s, s)],
  ["clamp_max", takes(v, s)],
  ["clamp_min", takes(v, s)],
  ["double_exponential_smoothing", experimental(takes(m, s, s))],
  ["histogram_fraction", takes(s, s, v)],
  ["histogram_quantile", takes(s, v)],
  ["histogram_quantiles", experimental(upTo(9, takes(v, t, s, s)))],
  ["info", experimental(upTo(1, takes(v, v)))],
  ["label_join", upTo(-1, takes(v, t, t, t))],
  ["label_replace", takes(v, t, t, t, t)],
  ["predict_linear", takes(m, s)],
  ["quantile_over_time", takes(s, m)],
  ["round", upTo(1, takes(v, s))],
  ["scalar", gives(s, takes(v))],
  ["sort_by_label", experimental(upTo(-1, takes(v, t)))],
  ["sort_by_label_desc", experimental(upTo(-1, takes(v, t)))],
  ["start_timestamp", experimental(takes(v))],
  ["time", gives(s, takes())],
  ["pi", gives(s, takes())],
  ["vector", takes(s)],
  ...["start", "end", "step", "range"].map((name) => [name, experimental(gives(s, takes()))] as const),
  ...["min_of", "max_of"].map((name) => [name, experimental(gives(s, takes(s, s)))] as const),
]);

/** Aggregations that take a parameter before their operand, and its type. */
export const aggregationParameters: ReadonlyMap<string, ValueType> = new Map([
  ["topk", s],
  ["bottomk", s],
  ["quantile", s],
  ["limitk", s],
  ["limit_ratio", s],
  ["count_values", t],
]);
