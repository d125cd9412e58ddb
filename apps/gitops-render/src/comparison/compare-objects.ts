import { fieldChanges } from "./fields/field-changes.ts";
import { withOtherName, withoutRename } from "./renamed-environments.ts";
import type { FieldChange, ObjectChange, RenamedEnvironment, TreeObject } from "./tree-comparison.ts";
import { withoutStamps } from "./without-stamps.ts";

/** How two objects are compared that stand for the same thing. */
export interface ObjectComparison {
  readonly environment?: string;
  /** The environment has another name now: what says no more than that is no change. */
  readonly rename?: RenamedEnvironment;
  /** True for a file that holds other objects too: its bytes may differ on their account. */
  readonly shared: boolean;
}

/** What became of one object; nothing where it is the same. */
export function compareObjects(
  before: TreeObject | undefined,
  after: TreeObject | undefined,
  { environment, rename, shared }: ObjectComparison,
): ObjectChange | undefined {
  const place = environment === undefined ? {} : { environment };
  if (before === undefined) return after === undefined ? undefined : { kind: "added", ...place, after, fields: [] };
  if (after === undefined) return { kind: "removed", ...place, before, fields: [] };
  const fields = changedFields(before, after, rename);
  const path = rename === undefined ? before.path : withOtherName(before.path, rename.before, rename.after);
  const kind = fields.length > 0 ? "changed" : path === after.path ? "generated-only" : "moved";
  if (kind === "generated-only" && (rename !== undefined || (shared && isSame(before, after)))) return undefined;
  return { kind, ...place, before, after, fields };
}

function changedFields(
  before: TreeObject,
  after: TreeObject,
  rename: RenamedEnvironment | undefined,
): readonly FieldChange[] {
  if (before.resource === after.resource) return [];
  const fields = fieldChanges(withoutStamps(before.resource), withoutStamps(after.resource));
  return rename === undefined ? fields : withoutRename(fields, rename);
}

function isSame(before: TreeObject, after: TreeObject): boolean {
  return JSON.stringify(before.resource) === JSON.stringify(after.resource);
}
