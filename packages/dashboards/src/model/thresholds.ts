/** What a value means to the reader. One state has one colour on every dashboard. */
export type State = "good" | "warning" | "bad";

/** From this value on, the state is this one. */
export interface ThresholdStep {
  readonly from: number;
  readonly state: State;
}

/** Which values are good, which are not. */
export interface Thresholds {
  /** The state below the first step. */
  readonly lowest: State;
  /** Ascending. */
  readonly steps: readonly ThresholdStep[];
}

/**
 * Good at first, then a warning, then bad: errors, latency, the burn of a budget.
 *
 * @example
 * badAbove({ warning: 1, bad: 14.4 });
 */
export function badAbove({ warning, bad }: { readonly warning?: number; readonly bad: number }): Thresholds {
  return {
    lowest: "good",
    steps: [
      ...(warning === undefined ? [] : [{ from: warning, state: "warning" as const }]),
      { from: bad, state: "bad" },
    ],
  };
}

/**
 * Bad at first, then a warning, then good: what is left of a budget, free space.
 *
 * @example
 * badBelow({ warning: 0.25, bad: 0 });
 */
export function badBelow({ warning, bad }: { readonly warning?: number; readonly bad: number }): Thresholds {
  if (warning === undefined) return { lowest: "bad", steps: [{ from: bad, state: "good" }] };
  return {
    lowest: "bad",
    steps: [
      { from: bad, state: "warning" },
      { from: warning, state: "good" },
    ],
  };
}
