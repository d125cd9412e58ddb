import type { Row } from "./row.ts";

/** A label's values, as rows. */
export function values(label: string, ...all: readonly string[]): readonly Row[] {
  return all.map((value) => ({ [label]: value }));
}
