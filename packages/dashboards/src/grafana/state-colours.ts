import type { Annotation, NamedState } from "../model/dashboard.ts";
import type { State } from "../model/thresholds.ts";

/**
 * One colour for each state, on every dashboard, whether a threshold, a mapping or an annotation says it: names of Grafana's palette.
 *
 * @see https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/themes/createVisualizationColors.ts
 */
export const stateColours: Readonly<Record<State | NamedState["state"] | Annotation["state"], string>> = {
  good: "green",
  warning: "orange",
  bad: "red",
  unknown: "gray",
  neutral: "blue",
};

/** Grafana's own thresholds turn red at 80 where none are given: what is not judged has the colour of the text. */
export const unjudged = "text";
