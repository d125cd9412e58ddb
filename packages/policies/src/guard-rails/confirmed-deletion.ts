import { type CelExpression, cel } from "../admission/cel.ts";
import { isRequestedBy, type Requesters } from "../native-admission/requesters.ts";

/** What an object says of itself before it may be deleted. */
export const deletionAnnotation = "plinth.dev/deletion";

/** What is wrong with deleting an object: somebody else does it, or nobody has said so on the object itself. */
export function unconfirmedDeletion(keepers: Requesters): CelExpression {
  return cel`(${isRequestedBy(keepers)} ? [] : [request.kind.kind + ' ' + oldObject.metadata.name + ' is deleted by ' + request.userInfo.username])
    + (oldObject.metadata.?annotations[?${deletionAnnotation}].orValue('') == oldObject.metadata.name ? []
      : [request.kind.kind + ' ' + oldObject.metadata.name + ${` does not say ${deletionAnnotation}=`} + oldObject.metadata.name])`;
}

/** Who does it, and how. */
export function confirmation(kind: string, admins: string): string {
  return `If that is meant, ${admins} say so first: kubectl annotate ${kind} <name> ${deletionAnnotation}=<name>.`;
}
