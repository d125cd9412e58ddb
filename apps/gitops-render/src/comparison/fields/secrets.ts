import { groupOf, type Resource } from "@plinth/core";
import type { Place } from "./place.ts";

/** What is said of a value that must not be shown. */
export const hiddenValue = "(secret)";

// Everything that a reader may know of a Secret. `kubectl apply` keeps a copy of all values in an annotation, so annotations are not among it.
const shownFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "type", "immutable"]);
const shownMetadata: ReadonlySet<string> = new Set(["name", "namespace", "labels"]);

/** True for a field whose value must not be shown. */
export function isHidden(object: Resource, above: Place, field: string): boolean {
  if (object.kind !== "Secret" || groupOf(object) !== "") return false;
  if (above.token === undefined) return !shownFields.has(field);
  return above.token === "metadata" && above.above?.token === undefined && !shownMetadata.has(field);
}
