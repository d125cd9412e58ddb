/** Which labels are meant: all pairs, and all requirements. Without either it means everything. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelRequirement[];
}

interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** Reads a selector out of plain data. */
export function readLabelSelector(value: unknown): LabelSelector {
  const { matchLabels, matchExpressions } = record(value);
  return {
    matchLabels: Object.fromEntries(
      Object.entries(record(matchLabels)).flatMap(([key, label]) => (typeof label === "string" ? [[key, label]] : [])),
    ),
    matchExpressions: list(matchExpressions).map((expression) => {
      const { key, operator, values } = record(expression);
      return { key: String(key), operator: String(operator), values: list(values).map(String) };
    }),
  };
}

/**
 * True when the selector means an object with these labels. An operator that there is not means nothing.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 */
export function selects(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => meets(requirement, labels[requirement.key]))
  );
}

function meets({ operator, values }: LabelRequirement, label: string | undefined): boolean {
  switch (operator) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    default:
      return false;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
