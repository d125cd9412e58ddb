import { labelsOfPromql } from "@plinth/metrics";

/** Whether the results of two queries have the same labels, as far as the catalogue can tell: only then does each series of one meet one of the other. */
export function haveSameLabels(one: string, other: string): boolean {
  const [first, second] = [one, other].map((query) => labelsOfPromql(query, { variables: "sloth" }));
  if (first === undefined || second === undefined) return false;
  return first.size === second.size && [...first].every((label) => second.has(label));
}

/** Whether the results of two queries are known to have other labels: then they never meet. */
export function haveOtherLabels(one: string, other: string): boolean {
  const [first, second] = [one, other].map((query) => labelsOfPromql(query, { variables: "sloth" }));
  return first !== undefined && second !== undefined && !haveSameLabels(one, other);
}
