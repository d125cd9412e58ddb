import { type CelExpression, cel } from "./cel.ts";
import { readCel } from "./cel-text.ts";
import type { PolicyMatch } from "./match.ts";

const sameMetadata: CelExpression = cel`object.metadata.?labels == oldObject.metadata.?labels
      && object.metadata.?annotations == oldObject.metadata.?annotations`;

// Of pods: what Kyverno can rewrite for controllers, and nothing else.
const ofPods: Readonly<Record<string, CelExpression>> = {
  "object.spec": cel`object.spec == oldObject.spec`,
  "object.metadata": sameMetadata,
};

/** What an update leaves alone when it leaves alone this part of the object; `undefined` when that cannot be told. */
function sameness(match: PolicyMatch, path: string): CelExpression | undefined {
  if (match.kind === "pods") return ofPods[path];
  const field = /^object\.\??([A-Za-z]+)$/.exec(path)?.[1];
  if (field === undefined) return undefined;
  return field === "metadata" ? sameMetadata : { expression: `object.?${field} == oldObject.?${field}` };
}

/**
 * True for an update that leaves alone what the policy reads; `undefined` when that cannot be told, so that every update is judged. Without it a policy
 * that begins to refuse would hold up those who only take a finalizer or an annotation off an object from before, such as the Job controller. Pod
 * Security admission makes the same exception.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/pod-security-admission/admission/admission.go
 */
export function unchangedVariable(
  match: PolicyMatch,
  expressions: readonly CelExpression[],
): CelExpression | undefined {
  if (!match.operations.includes("UPDATE")) return undefined;
  const read = expressions.flatMap(({ expression }) => readCel(expression).objectPaths);
  const same = new Set<string>();
  for (const path of read) {
    // `kind` and `apiVersion` never change.
    if (match.kind === "objects" && (path === "object.kind" || path === "object.apiVersion")) continue;
    const expression = sameness(match, path)?.expression;
    if (expression === undefined) return undefined;
    same.add(expression);
  }
  if (same.size === 0) return undefined;
  return { expression: ["request.operation == 'UPDATE'", ...same].join("\n  && ") };
}
