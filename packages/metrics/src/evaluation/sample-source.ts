import type { Selector } from "../promql/expression.ts";
import type { LabelSet } from "./labels.ts";
import type { StoredSeries } from "./sample-store.ts";

/** The part of time that an expression looks at: after its beginning, up to and with its end. Milliseconds. */
export interface LookedAt {
  readonly from: number;
  readonly to: number;
  /** Whether only the newest sample counts. */
  readonly newest: boolean;
}

/** Where an evaluation finds samples. */
export interface SampleSource {
  /** No labels: every other set is made of it. */
  readonly none: LabelSet;
  /** The time that it is, in milliseconds: nothing later is seen. */
  readonly now: number;
  /** The series that a selector means, with their samples in that time at least, in order of time. */
  select(selector: Selector, lookedAt: LookedAt): readonly StoredSeries[];
}
