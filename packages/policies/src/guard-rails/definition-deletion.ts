import { buildResource, type Resource } from "@plinth/core";
import { CustomResourceDefinition } from "kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition";
import { type AttemptPlace, deletes } from "./attempt.ts";
import { confirmation, deletionAnnotation, unconfirmedDeletion } from "./confirmed-deletion.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const tried = "policyexceptions.policies.kyverno.io";
const outdated = "widgets.example.com";
const at = (name: string): AttemptPlace => ({
  apiVersion: "apiextensions.k8s.io/v1",
  resource: "customresourcedefinitions",
  name,
});

/** A custom resource definition takes all objects of its kind along, in every namespace. */
export function definitionDeletionRail({ platform, keepers }: Guarded): GuardRail {
  const unsaid = `CustomResourceDefinition ${tried} does not say ${deletionAnnotation}=${tried}`;
  const request = deletes(at(tried));
  return {
    name: "guard-definition-deletion",
    title: "Custom resource definitions are deleted only after somebody has said so",
    severity: "critical",
    why: "Every object of the kind goes with its definition, in all namespaces: certificates, dashboards, policies.",
    fix: confirmation("crd", platform.groups.admins),
    // Not even the garbage collector: whoever gives a definition an owner that is gone would delete it by that.
    spares: [],
    operations: ["DELETE"],
    resources: [{ group: "apiextensions.k8s.io", versions: ["v1"], resources: ["customresourcedefinitions"] }],
    scope: "Cluster",
    offenders: unconfirmedDeletion(keepers),
    before: [definition(outdated)],
    attempts: [
      {
        what: "deletes a definition",
        by: "cluster-admin",
        request,
        offenders: [`CustomResourceDefinition ${tried} is deleted by jane`, unsaid],
      },
      { what: "deletes a definition by mistake", by: "platform-admin", request, offenders: [unsaid] },
      { what: "deletes a definition that is given free", by: "platform-admin", request: deletes(at(outdated)) },
    ],
  };
}

/** A kind that nobody needs any more. */
function definition(name: string): Resource {
  return buildResource(CustomResourceDefinition, {
    metadata: { name, annotations: { [deletionAnnotation]: name } },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { plural: "widgets", singular: "widget", kind: "Widget", listKind: "WidgetList" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  });
}
