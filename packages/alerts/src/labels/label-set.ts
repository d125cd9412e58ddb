/** Labels of an alert or a series by name. A label that is not there is the same as an empty one. */
export type LabelSet = Readonly<Record<string, string>>;

/** The label's value, or an empty text when it is not there. */
export function labelValue(labels: LabelSet, name: string): string {
  // A label may be called `constructor`.
  return Object.hasOwn(labels, name) ? (labels[name] ?? "") : "";
}
