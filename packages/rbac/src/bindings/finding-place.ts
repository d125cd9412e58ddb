import type { SourceLocation } from "@plinth/core";

/** Where a person wrote something, as a finding names it. */
export interface FindingPlace {
  readonly path: string;
  readonly source?: SourceLocation;
}

/** The place of a field of something that a person defined. */
export function placeOf(path: string, { source }: { readonly source?: SourceLocation }): FindingPlace {
  return source === undefined ? { path } : { path, source };
}
