import { type CelExpression, cel } from "../admission/cel.ts";

/** What is being removed may still be changed: else its finalizers would keep it for ever. */
export const notBeingDeleted: CelExpression = cel`!has(object.metadata.deletionTimestamp)`;
