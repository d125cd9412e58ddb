import { type Threshold, ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Thresholds } from "../model/thresholds.ts";
import { stateColours, unjudged } from "./state-colours.ts";

/** Grafana's thresholds: a first step without a value, which everything below the others has. */
export function thresholdsBuilder(thresholds: Thresholds | undefined): ThresholdsConfigBuilder {
  const lowest: Threshold = {
    value: null,
    color: thresholds === undefined ? unjudged : stateColours[thresholds.lowest],
  };
  const steps = (thresholds?.steps ?? []).map(
    ({ from, state }): Threshold => ({ value: from, color: stateColours[state] }),
  );
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([lowest, ...steps]);
}
