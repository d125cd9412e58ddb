import type { LabelSet } from "./labels.ts";
import type { SampleWindow } from "./sample-store.ts";

/** A series' value at a moment. */
export interface VectorSample {
  readonly labels: LabelSet;
  readonly value: number;
}

/** What an expression gives at a moment. */
export type Value =
  | { readonly type: "scalar"; readonly value: number }
  | { readonly type: "vector"; readonly samples: readonly VectorSample[] }
  | { readonly type: "matrix"; readonly range: EvaluatedRange }
  | { readonly type: "string"; readonly text: string };

/** What a range holds, and where it begins and ends: after the beginning, up to and with the end. Milliseconds. */
export interface EvaluatedRange {
  readonly windows: readonly SampleWindow[];
  readonly from: number;
  readonly to: number;
}

/** What is wrong with what an expression meets in the series: Prometheus fails there, too. */
export class EvaluationProblem extends Error {}

/** Throws where two series have the same labels, which no vector may have. */
export function checkedVector(samples: readonly VectorSample[]): readonly VectorSample[] {
  if (samples.length > 1 && new Set(samples.map(({ labels }) => labels)).size < samples.length)
    throw new EvaluationProblem("the result has several series with the same labels");
  return samples;
}
