import type { LabelSet } from "../labels/label-set.ts";

/**
 * References of Prometheus' alert templates. Texts are written with them once, and the same texts are expanded for the unit tests, so that what a
 * test expects cannot drift from what the rule says.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
const reference = /\{\{ \$(?:labels\.([a-zA-Z_][a-zA-Z0-9_]*)|value \| humanizePercentage) \}\}/g;

/** The value of an alert in a text, in one of the ways in which Prometheus prints it. */
export interface AlertValue {
  /** `0.25` is `25%`: four significant digits. */
  readonly percentage: string;
}

/** What `summary` and `description` are given: the labels, and the value. */
export const valueReference: AlertValue = { percentage: "{{ $value | humanizePercentage }}" };

/** `{{ $labels.name }}`: where the label's value will stand. */
export function labelReference(label: string): string {
  return `{{ $labels.${label} }}`;
}

/** The labels that a text names. */
export function labelsInText(text: string): readonly string[] {
  return [...text.matchAll(reference)].flatMap(([, label]) => (label === undefined ? [] : [label]));
}

/** Everything between double braces that is none of the references above: Prometheus might expand it, the unit tests could not. */
export function foreignReferences(text: string): readonly string[] {
  return text.replace(reference, "").match(/\{\{.*?(\}\}|$)/g) ?? [];
}

/** The text as Prometheus expands it for an alert with these labels and this value. */
export function expandText(text: string, labels: LabelSet, value: number): string {
  return text.replace(reference, (_, label: string | undefined) =>
    label === undefined ? humanizePercentage(value) : (labels[label] ?? ""),
  );
}

// Go's %.4g: four significant digits, no zeros at the end, an exponent below 1e-4 and from 1e4 on.
function humanizePercentage(ratio: number): string {
  const percent = ratio * 100;
  const [mantissa = "", exponent = ""] = percent.toExponential(3).split("e");
  if (Number(exponent) >= -4 && Number(exponent) < 4) return `${Number(percent.toPrecision(4))}%`;
  return `${Number(mantissa)}e${exponent.replace(/^([+-])(\d)$/, "$10$2")}%`;
}
