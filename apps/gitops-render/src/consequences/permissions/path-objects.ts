import { type Resource, textAt, textMapAt } from "@plinth/core";
import type { ObjectChange } from "../../comparison/tree-comparison.ts";

/** What escalation paths depend on beside roles and bindings: identities of pods, what a namespace lets in, tokens that lie about. */
export const pathKinds: readonly string[] = ["ServiceAccount", "Namespace", "Secret"];

/** True where a change may open or close a way: of a ServiceAccount its cloud role and its token, of a namespace what it lets in, of a Secret whose token it is. */
export function changesPaths({ before, after }: ObjectChange): boolean {
  return openingsOf(before?.resource) !== openingsOf(after?.resource);
}

function openingsOf(resource: Resource | undefined): string {
  if (resource === undefined) return "nothing";
  const annotations = textMapAt(resource.metadata, "annotations");
  switch (resource.kind) {
    case "ServiceAccount":
      return JSON.stringify([
        annotations[cloudRoleAnnotation] ?? "",
        resource["automountServiceAccountToken"] !== false,
      ]);
    case "Namespace":
      return textMapAt(resource.metadata, "labels")["pod-security.kubernetes.io/enforce"] ?? "privileged";
    default:
      return textAt(resource, "type") === serviceAccountToken
        ? (annotations["kubernetes.io/service-account.name"] ?? "nothing")
        : "nothing";
  }
}

const cloudRoleAnnotation = "eks.amazonaws.com/role-arn";
const serviceAccountToken = "kubernetes.io/service-account-token";
