import { fieldAt, listAt, textMapAt } from "@plinth/core";
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
  return {
    matchLabels: textMapAt(value, "matchLabels"),
    matchExpressions: listAt(value, "matchExpressions").map((expression) => ({
      key: String(fieldAt(expression, "key")),
      operator: String(fieldAt(expression, "operator")),
      values: listAt(expression, "values").map(String),
    })),
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
