/** A fraction as a percentage. 0.07 * 100 is 7.000000000000001: a fraction that a person types has at most a few digits. */
export function percentOf(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}
