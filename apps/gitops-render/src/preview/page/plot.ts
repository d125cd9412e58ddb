/** What the page's script draws a time series of. */
export interface Plot {
  /** The first moment, the distance between two, and how many there are. Seconds. */
  readonly time: readonly [from: number, step: number, count: number];
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly stacked: boolean;
  /** How much of the area below a line is seen, of 100. */
  readonly fill: number;
  readonly width: number;
  readonly lines: readonly {
    readonly name: string;
    readonly colour: string;
    readonly values: readonly (number | null)[];
  }[];
  readonly thresholds: readonly { readonly value: number; readonly colour: string }[];
  readonly marks: readonly { readonly time: number; readonly colour: string; readonly text: string }[];
  readonly exemplars: readonly { readonly time: number; readonly value: number }[];
}

/** A number with as many digits as a picture shows. */
export function drawnNumber(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(5));
}
