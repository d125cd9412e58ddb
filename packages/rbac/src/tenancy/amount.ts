import { compareQuantities, parseQuantity, printQuantity, type ResourceQuantity } from "@plinth/core";

/** The quantity of a checked field. Throws a RangeError for a text that is none: the model lets none through. */
export function amount(text: string): ResourceQuantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new RangeError(`${JSON.stringify(text)} is not a Kubernetes quantity`);
  return quantity;
}

/** The quantity as the API server writes it back: "2048Mi" is "2Gi". */
export function canonical(text: string): string {
  return printQuantity(amount(text));
}

/** The smaller of two; the first where they are equal. */
export function smaller(a: ResourceQuantity, b: ResourceQuantity): ResourceQuantity {
  return compareQuantities(a, b) <= 0 ? a : b;
}
