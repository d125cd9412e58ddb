import type { BinaryOperation, VectorMatching } from "../promql/expression.ts";
import { setOperators } from "../promql/keywords.ts";
import { type LabelSet, nameLabel } from "./labels.ts";
import { arithmetic, comparisons } from "./value-computations.ts";
import { checkedVector, EvaluationProblem, type Value, type VectorSample } from "./values.ts";

type Operation = Pick<BinaryOperation, "operator" | "bool" | "matching">;

/**
 * What an operator makes of its two sides.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/engine.go (VectorBinop, VectorscalarBinop)
 */
export function combined(operation: Operation, left: Value, right: Value): Value {
  if (left.type === "scalar" && right.type === "scalar")
    return { type: "scalar", value: computed(operation, left.value, right.value, true).value };
  const samples =
    left.type === "vector" && right.type === "vector"
      ? setOperators.has(operation.operator)
        ? joined(operation, left.samples, right.samples)
        : matched(operation, left.samples, right.samples)
      : left.type === "vector" && right.type === "scalar"
        ? withNumber(operation, left.samples, right.value, false)
        : left.type === "scalar" && right.type === "vector"
          ? withNumber(operation, right.samples, left.value, true)
          : undefined;
  if (samples === undefined) throw new TypeError(`${operation.operator} goes with numbers and series only.`);
  return { type: "vector", samples: checkedVector(samples) };
}

/** The value of two numbers, and whether a comparison keeps the series. */
function computed(
  { operator }: Operation,
  left: number,
  right: number,
  bool: boolean,
): { readonly value: number; readonly kept: boolean } {
  const compare = comparisons[operator];
  if (compare !== undefined) {
    const holds = compare(left, right);
    return bool ? { value: Number(holds), kept: true } : { value: left, kept: holds };
  }
  const compute = arithmetic[operator];
  if (compute === undefined) throw new TypeError(`The operator ${operator} is not evaluated here.`);
  return { value: compute(left, right), kept: true };
}

/** A comparison keeps the name of what it compares. */
function keepsName({ operator, bool }: Operation): boolean {
  return comparisons[operator] !== undefined && bool !== true;
}

function withNumber(
  operation: Operation,
  samples: readonly VectorSample[],
  number: number,
  numberFirst: boolean,
): readonly VectorSample[] {
  const bool = operation.bool === true;
  return samples.flatMap(({ labels, value }) => {
    const result = numberFirst ? computed(operation, number, value, bool) : computed(operation, value, number, bool);
    if (!result.kept) return [];
    return keepsName(operation) ? [{ labels, value }] : [{ labels: labels.withoutName(), value: result.value }];
  });
}

const everyLabel: VectorMatching = { clause: "ignoring", labels: [] };

/** What two series must share to find each other. */
function meetingPoint(labels: LabelSet, matching: VectorMatching = everyLabel): LabelSet {
  return labels.once(matching, () =>
    matching.clause === "on" ? labels.only(matching.labels) : labels.without([nameLabel, ...matching.labels]),
  );
}

function joined(
  { operator, matching }: Operation,
  left: readonly VectorSample[],
  right: readonly VectorSample[],
): readonly VectorSample[] {
  const points = (samples: readonly VectorSample[]): ReadonlySet<LabelSet> =>
    new Set(samples.map(({ labels }) => meetingPoint(labels, matching)));
  if (operator === "or") {
    const known = points(left);
    return [...left, ...right.filter(({ labels }) => !known.has(meetingPoint(labels, matching)))];
  }
  const others = points(right);
  return left.filter(({ labels }) => others.has(meetingPoint(labels, matching)) === (operator === "and"));
}

function matched(
  operation: Operation,
  left: readonly VectorSample[],
  right: readonly VectorSample[],
): readonly VectorSample[] {
  const { matching } = operation;
  if (matching?.fill !== undefined) throw new TypeError("fill is not evaluated here.");
  if (left.length === 0 || right.length === 0) return [];
  const swapped = matching?.group?.side === "right";
  const [many, ones] = swapped ? [right, left] : [left, right];
  const single = new Map<LabelSet, VectorSample>();
  for (const sample of ones) {
    const point = meetingPoint(sample.labels, matching);
    if (single.has(point))
      throw new EvaluationProblem(
        `several series of the ${swapped ? "left" : "right"} side have the same labels to match by: ${point.key}`,
      );
    single.set(point, sample);
  }
  const met = new Map<LabelSet, Set<LabelSet>>();
  return many.flatMap((sample) => {
    const point = meetingPoint(sample.labels, matching);
    const one = single.get(point);
    if (one === undefined) return [];
    const [first, second] = swapped ? [one.value, sample.value] : [sample.value, one.value];
    const { value, kept } = computed(operation, first, second, operation.bool === true);
    const labels = resultLabels(operation, sample.labels, one.labels);
    const before = met.get(point) ?? new Set<LabelSet>();
    if (matching?.group === undefined ? before.size > 0 : before.has(labels))
      throw new EvaluationProblem(`several series match ${point.key}: group_left or group_right must say so`);
    met.set(point, before.add(labels));
    return kept ? [{ labels, value }] : [];
  });
}

function resultLabels(operation: Operation, many: LabelSet, one: LabelSet): LabelSet {
  const { matching } = operation;
  const named = keepsName(operation) ? many : many.withoutName();
  if (matching === undefined) return named;
  if (matching.group === undefined)
    return matching.clause === "on" ? named.only(matching.labels) : named.without(matching.labels);
  return named.with(Object.fromEntries(matching.group.labels.map((label) => [label, one.get(label)])));
}
