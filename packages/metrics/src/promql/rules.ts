/** What the checker looks for. The rules from `always` on are hints: what they find may be meant. */
export const promqlRules = {
  syntax: "The text is an expression.",
  type: "Functions and operators get as many operands as they take, and of the right type.",
  regex: "Regular expressions are RE2, and match some of the values that a label can have.",
  "unknown-metric": "The platform has the metric.",
  "unknown-label": "The series have the label.",
  "unknown-value": "The label can have the value.",
  "metric-type": "The function makes sense of a counter, a gauge or a histogram.",
  "histogram-quantile": "Quantiles are between 0 and 1, and computed from buckets that are kept apart.",
  "rate-of-sum": "Counters are summed after rate, not before: a sum hides their resets.",
  matching: "Series of both sides of an operator can find each other, one for one unless it says otherwise.",
  "dropped-label": "The result has the labels that are asked of it.",
  impossible: "The comparison can be true.",
  "short-range": "A range holds at least two samples.",
  always: "The comparison can be false.",
  "raw-counter": "A counter's value is not compared: only its increase says something.",
  "matches-everything": "A matcher leaves something out.",
  "absent-over-many": "`absent` is asked of one thing: of many, it only fires when all are gone.",
  division: "What is divided by cannot be 0, or the comparison around it says what then.",
  unitless: "Ranges and offsets have a unit.",
} as const;

/** A rule of the checker. */
export type PromqlRule = keyof typeof promqlRules;
