import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import type { State, Thresholds } from "../model/thresholds.ts";

/** One colour for each state, on every dashboard: names of Grafana's palette. */
const stateColours: Readonly<Record<State, string>> = { good: "green", warning: "orange", bad: "red" };

/** Grafana's own thresholds turn red at 80 where none are given: what is not judged has the colour of the text. */
const neutral = "text";

/** Grafana's thresholds: a first step without a value, which everything below the others has. */
export function thresholdsBuilder(thresholds: Thresholds | undefined): ThresholdsConfigBuilder {
  const lowest: Threshold = {
    value: null,
    color: thresholds === undefined ? neutral : stateColours[thresholds.lowest],
  };
  const steps = (thresholds?.steps ?? []).map(
    ({ from, state }): Threshold => ({ value: from, color: stateColours[state] }),
  );
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([lowest, ...steps]);
}
