import type { Line } from "./drawing.ts";

/** The newest number of a series; none where there is none. */
export function newest({
  name,
  labels,
  values,
}: Line): readonly (Pick<Line, "name" | "labels"> & { readonly value: number })[] {
  const value = values.findLast((candidate) => candidate !== undefined);
  return value === undefined || Number.isNaN(value) ? [] : [{ name, labels, value }];
}
