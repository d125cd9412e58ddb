import type { JsonSchema } from "./json-schema.ts";
import type { NameRule } from "./names.ts";
import { objectMetaSchema } from "./object-meta.ts";

/** The JSON Schema of one kind in one version, as it is written to a file. */
export interface KindSchema {
  /** `apps/v1`, `v1` for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: JsonSchema;
}

/** A version of a kind that is described and that the API server does not take. */
export interface UnservedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** `apps` and `v1` give `apps/v1`; the core group, whose name is empty, gives `v1`. */
export function apiVersionOf(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/** What every object of a kind has: its version, its kind and its metadata. */
export function typeMetaFields(kind: {
  readonly apiVersion: string;
  readonly kind: string;
}): Record<string, JsonSchema> {
  return {
    apiVersion: { type: "string", enum: [kind.apiVersion] },
    kind: { type: "string", enum: [kind.kind] },
  };
}

/** The metadata of an object of its own. */
export function ownMetadata(nameRule: NameRule, namespaced: boolean): JsonSchema {
  return objectMetaSchema({ nameRule, namespaced, named: true, labelsChecked: true });
}
