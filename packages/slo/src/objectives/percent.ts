/** A percentage as people write it: without the noise of binary fractions. */
export function percent(value: number): string {
  return `${Number(value.toPrecision(12))} %`;
}
