import { printDuration } from "@plinth/core";
import {
  type Comparison,
  type ComparisonOperator,
  comparisonOf,
  count,
  type Expression,
  formatDecimal,
  metricCatalogue,
  or,
  presentOverTime,
  type ResultUnit,
  selectorsOf,
  subtract,
  time,
  unitOf,
  vector,
} from "@plinth/metrics";
import { badAbove, badBelow, type Thresholds } from "../model/thresholds.ts";
import type { Unit } from "../model/units.ts";
import type { AlertPanel } from "./alert-panel.ts";

/** What an alert, or one of several conditions of it, measures. */
export interface Measurement {
  /** Tells it from the alert's others: the name of its first series. */
  readonly name: string;
  readonly measured: Expression;
  /** What it is compared with, where that is no number. */
  readonly limit?: Expression;
  readonly unit: Unit;
  readonly thresholds?: Thresholds;
  /** When the alert fires, as the end of a sentence: `this is above 90 %`. */
  readonly fires: string;
  /** Something else must hold, too, which is not drawn. */
  readonly guarded: boolean;
}

type AlertCondition = Pick<AlertPanel, "expression" | "threshold">;

/** What the conditions of an alert measure: those between `or` each by itself. */
export function measurementsOf({ expression, threshold }: AlertCondition): readonly Measurement[] {
  return conditionsOf(expression).map((condition) => {
    const comparison = comparisonOf(condition);
    const name = seriesIn(condition);
    if (comparison !== undefined) return { name, ...comparedMeasurement(comparison, threshold) };
    return { name, ...(absenceMeasurement(condition) ?? plainMeasurement(condition)) };
  });
}

/** The conditions of which one is enough; what must hold beside all of them is not drawn. */
function conditionsOf(expression: Expression): readonly Expression[] {
  if (expression.kind !== "binary" || comparisonOf(expression) !== undefined) return [expression];
  const { operator, left, right } = expression;
  if (operator === "or") return [...conditionsOf(left), ...conditionsOf(right)];
  return operator === "and" && conditionsOf(left).length > 1 ? conditionsOf(left) : [expression];
}

const words: Readonly<Record<ComparisonOperator, string>> = {
  ">": "above",
  ">=": "at least",
  "<": "below",
  "<=": "at most",
  "==": "exactly",
  "!=": "anything but",
};

function comparedMeasurement(
  { measured, operator, threshold: limit, value, guards }: Comparison,
  threshold: AlertCondition["threshold"],
): Omit<Measurement, "name"> {
  const guarded = guards.length > 0;
  const of = unitOf(measured);
  if (value === undefined) {
    const aged = of === "timestamp";
    const least = aged ? ageLimit(limit) : undefined;
    if (least !== undefined) {
      return {
        measured: subtract(time(), measured),
        unit: "s",
        thresholds: badAbove({ bad: least }),
        fires: `this is above ${limitText(least, "s")}`,
        guarded,
      };
    }
    return {
      measured: aged ? subtract(time(), measured) : measured,
      limit: aged ? subtract(time(), limit) : limit,
      unit: aged ? "s" : panelUnit(measured, of),
      // What is later is younger.
      fires: `this is ${words[aged ? turned(operator) : operator]} its limit`,
      guarded,
    };
  }
  // Somebody who says a threshold in a unit knows better than what can be told from the metrics; in another scale it is another number.
  const unit = panelUnit(measured, threshold !== undefined && threshold.value === value ? threshold.unit : of);
  const limited = withoutNoise(value);
  return {
    measured,
    unit,
    thresholds: thresholdsOf(operator, limited),
    fires: `this is ${words[operator]} ${limitText(limited, unit)}`,
    guarded,
  };
}

function turned(operator: ComparisonOperator): ComparisonOperator {
  const other: Partial<Record<ComparisonOperator, ComparisonOperator>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
  return other[operator] ?? operator;
}

/** `time() - 3600`: an age of an hour. */
function ageLimit(limit: Expression): number | undefined {
  if (limit.kind !== "binary" || limit.operator !== "-") return undefined;
  const { left, right } = limit;
  return left.kind === "call" && left.name === "time" && right.kind === "number" ? right.value : undefined;
}

/** How many there are of what must not be absent: none fires. */
function absenceMeasurement(expression: Expression): Omit<Measurement, "name"> | undefined {
  if (expression.kind !== "call") return undefined;
  const [what] = expression.arguments;
  if (what === undefined) return undefined;
  const there =
    expression.name === "absent"
      ? what
      : expression.name === "absent_over_time" && what.kind === "range"
        ? presentOverTime(what)
        : undefined;
  if (there === undefined) return undefined;
  return {
    measured: or(count(there), vector(0)),
    unit: "short",
    thresholds: badBelow({ bad: 1 }),
    fires: "there is none",
    guarded: false,
  };
}

function plainMeasurement(expression: Expression): Omit<Measurement, "name"> {
  const of = unitOf(expression);
  const aged = of === "timestamp";
  return {
    measured: aged ? subtract(time(), expression) : expression,
    unit: aged ? "s" : panelUnit(expression, of),
    fires: "there is any",
    guarded: false,
  };
}

function thresholdsOf(operator: ComparisonOperator, value: number): Thresholds {
  switch (operator) {
    case "<":
    case "<=":
      return badBelow({ bad: value });
    case "==":
      // A flag that is 0 where it should be 1, and the other way round.
      return value === 0 ? badBelow({ bad: 1 }) : badAbove({ bad: value });
    case ">":
    case ">=":
    case "!=":
      return badAbove({ bad: value });
  }
}

/** 0.0144 where binary arithmetic says 0.014400000000000001. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(12));
}

/** A limit as people say it: `90 %`, `1h`, `6 GB`. */
function limitText(value: number, unit: Unit): string {
  switch (unit) {
    case "percentunit":
      return `${formatDecimal(withoutNoise(value * 100))} %`;
    case "s": {
      const milliseconds = withoutNoise(Math.abs(value) * 1000);
      // Shorter than Prometheus' durations can say.
      if (!Number.isInteger(milliseconds)) return `${formatDecimal(value)} s`;
      return `${value < 0 ? "-" : ""}${printDuration(milliseconds)}`;
    }
    case "bytes":
      return value < 1e9 ? `${formatDecimal(value)} bytes` : `${formatDecimal(withoutNoise(value / 1e9))} GB`;
    case "ms":
      return `${formatDecimal(value)} ms`;
    case "cps":
    case "Bps":
      return `${formatDecimal(value)} per second`;
    default:
      return formatDecimal(value);
  }
}

const units: Readonly<Record<ResultUnit, Unit>> = {
  seconds: "s",
  milliseconds: "ms",
  // An age is drawn instead: nobody reads seconds since 1970.
  timestamp: "s",
  bytes: "bytes",
  "bytes-per-second": "Bps",
  ratio: "percentunit",
  cores: "short",
  count: "short",
  boolean: "short",
  info: "short",
  "per-second": "cps",
};

function panelUnit(measured: Expression, unit: ResultUnit | undefined): Unit {
  // Istio measures in milliseconds, which the catalogue has no unit for.
  const inMilliseconds = measured.kind === "call" && /_milliseconds(?:_bucket)?$/.test(seriesIn(measured));
  if (inMilliseconds) return "ms";
  return unit === undefined ? "short" : units[unit];
}

/** The name of the first series that the catalogue has; of any where it has none. */
function seriesIn(expression: Expression): string {
  const names = selectorsOf(expression).map(({ series }) => series);
  return names.find((name) => metricCatalogue.has(name)) ?? names[0] ?? "";
}
