import { goDuration } from "../configuration/go-duration.ts";
import { report } from "./rule.ts";
import { each, eachNamed, inside, needs, notTogether, oneOf, type ValueRule, when, within } from "./value-rule.ts";

/** Labels that span_metrics adds itself: a dimension of that name would stand there twice. */
const spanMetricLabels: readonly string[] = ["service.name", "span.name", "span.kind", "status.code"];

/** What the connectors ask for, each by its own `config.go`. */
export const connectorRules: Readonly<Record<string, readonly ValueRule[]>> = {
  span_metrics: [
    ownDimensions("dimensions"),
    ownDimensions("calls_dimensions"),
    inside(
      "histogram",
      oneOf("unit", ["ms", "s"]),
      notTogether(["explicit", "exponential"]),
      ownDimensions("dimensions"),
      inside("explicit", rising("buckets")),
    ),
    ...["metrics_flush_interval", "metrics_expiration", "series_expiration"].map((name) =>
      within(name, { atLeast: 0 }, "60s"),
    ),
    within("aggregation_cardinality_limit", { atLeast: 0 }, "2000"),
    oneOf("aggregation_temporality", ["AGGREGATION_TEMPORALITY_CUMULATIVE", "AGGREGATION_TEMPORALITY_DELTA"]),
    inside(
      "events",
      when(
        ({ enabled }) => enabled === true,
        needs(["dimensions"], "it is not said by what events are counted", "dimensions: [{ name: exception.type }]"),
      ),
    ),
  ],
  service_graph: [
    notTogetherCount("latency_histogram_buckets", "exponential_histogram_max_size"),
    within("exponential_histogram_max_size", { atLeast: 0 }, "160"),
    rising("latency_histogram_buckets"),
    inside("store", within("ttl", { above: 0 }, "2s"), within("max_items", { above: 0 }, "1000")),
    within("metrics_flush_interval", { atLeast: 0 }, "60s"),
  ],
  count: [
    ...["spans", "spanevents", "datapoints", "logs"].map((name) =>
      eachNamed(name, each("attributes", needs(["key"], "it is not said which attribute", "key: event.name"))),
    ),
    eachNamed("metrics", noAttributes),
  ],
  routing: [
    needs(
      ["table"],
      "nothing is led anywhere",
      'table: [{ condition: \'resource.attributes["team"] == "shop"\', pipelines: [logs/shop] }]',
    ),
    oneOf("error_mode", ["ignore", "silent", "propagate"]),
    each(
      "table",
      needs(
        ["condition", "statement"],
        "the route has no condition",
        'condition: \'resource.attributes["team"] == "shop"\'',
      ),
      notTogether(["condition", "statement"]),
      needs(["pipelines"], "the route leads nowhere", "pipelines: [logs/shop]"),
      oneOf("action", ["move", "copy"]),
      oneOf("context", ["request", "resource", "span", "metric", "datapoint", "log", "otelcol"]),
    ),
  ],
};

function ownDimensions(name: string): ValueRule {
  return (options, path) => {
    const dimensions = options[name];
    if (!Array.isArray(dimensions)) return [];
    const names = dimensions.map((dimension: unknown) => (isOptionsWithName(dimension) ? dimension.name : undefined));
    return names.flatMap((dimension, index) => {
      const at = `${path}.${name}[${index}]`;
      const entry: unknown = dimensions[index];
      if (dimension === undefined) {
        const hasGlob = typeof entry === "object" && entry !== null && "glob" in entry;
        return hasGlob
          ? []
          : [report("valid-option", at, { message: "the dimension has no name", expected: "name, or glob" })];
      }
      if (spanMetricLabels.includes(dimension) || names.indexOf(dimension) < index)
        return [
          report("valid-option", `${at}.name`, {
            message: `the dimension ${dimension} is there already`,
            expected: "each once",
          }),
        ];
      return [];
    });
  };
}

function isOptionsWithName(value: unknown): value is { readonly name: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    value.name !== ""
  );
}

/** Bounds of a histogram rise: the collector takes others, and counts wrongly. */
function rising(name: string): ValueRule {
  return (options, path) => {
    const bounds = options[name];
    if (!Array.isArray(bounds)) return [];
    const values = bounds.map((bound: unknown) =>
      typeof bound === "string" ? (goDuration(bound) ?? Number.NaN) : Number.NaN,
    );
    const index = values.findIndex((value, at) => at > 0 && value <= (values[at - 1] ?? -Infinity));
    return index < 0
      ? []
      : [
          report("valid-option", `${path}.${name}[${index}]`, {
            message: `${String(bounds[index])} stands after ${String(bounds[index - 1])}`,
            expected: "bounds that rise",
          }),
        ];
  };
}

function notTogetherCount(buckets: string, size: string): ValueRule {
  return (options, path) =>
    Array.isArray(options[buckets]) && typeof options[size] === "number" && options[size] > 0
      ? [
          report("valid-option", `${path}.${size}`, {
            message: `${buckets} and ${size} are both there`,
            expected: "one of them",
          }),
        ]
      : [];
}

function noAttributes(options: Parameters<ValueRule>[0], path: string): ReturnType<ValueRule> {
  const attributes = options["attributes"];
  return Array.isArray(attributes) && attributes.length > 0
    ? [
        report("valid-option", `${path}.attributes`, {
          message: "metrics have no attributes",
          expected: "count their datapoints",
        }),
      ]
    : [];
}
