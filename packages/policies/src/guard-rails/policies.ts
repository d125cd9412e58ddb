import { buildUntypedResource, type Resource } from "@plinth/core";
import { cel } from "../admission/cel.ts";
import { whatIsDone } from "../native-admission/request.ts";
import { type AttemptPlace, changes, creates, deletes } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const kinds = [
  "validatingpolicies",
  "mutatingpolicies",
  "generatingpolicies",
  "deletingpolicies",
  "imagevalidatingpolicies",
];
const place: AttemptPlace = { apiVersion: "policies.kyverno.io/v1", resource: "validatingpolicies" };

/**
 * Policies are the platform's. Those of the API server itself, and their bindings, no policy can guard: the API server never asks policies about policies, so
 * that a wrong one can be taken away. RBAC alone keeps them.
 */
export function policiesRail({ platform, keepers, kyverno }: Guarded): GuardRail {
  return {
    name: "guard-policies",
    title: "Policies are changed by those who apply the foundation",
    severity: "critical",
    why: "Whoever can take a policy away for a minute can admit anything in that minute.",
    fix: `Change the policy or its rollout in the model; ${platform.groups.admins} apply the foundation.`,
    spares: [keepers, kyverno],
    operations: ["CREATE", "UPDATE", "DELETE"],
    resources: [
      {
        group: "policies.kyverno.io",
        versions: ["*"],
        resources: kinds.flatMap((kind) => [kind, `namespaced${kind}`]),
      },
      {
        group: "kyverno.io",
        versions: ["*"],
        resources: ["cleanuppolicies", "clustercleanuppolicies", "clusterpolicies", "globalcontextentries", "policies"],
      },
    ],
    scope: "*",
    offenders: cel`[${whatIsDone}]`,
    before: [policy("kept")],
    attempts: [
      {
        what: "makes a policy of their own",
        by: "cluster-admin",
        request: creates(place, policy("own")),
        offenders: ["ValidatingPolicy own is created by jane"],
      },
      {
        what: "makes a policy only report",
        by: "delivery",
        request: changes({ ...place, name: "kept" }, { spec: { validationActions: ["Audit"] } }),
        offenders: ["ValidatingPolicy kept is changed by system:serviceaccount:argocd:argocd-application-controller"],
      },
      {
        what: "deletes a policy",
        by: "cluster-admin",
        request: deletes({ ...place, name: "kept" }),
        offenders: ["ValidatingPolicy kept is deleted by jane"],
      },
      {
        what: "deletes all policies",
        by: "cluster-admin",
        request: deletes(place),
        offenders: ["ValidatingPolicy kept is deleted by jane"],
      },
      { what: "makes a policy", by: "platform-admin", request: creates(place, policy("own")) },
      { what: "deletes a policy", by: "platform-admin", request: deletes({ ...place, name: "kept" }) },
      {
        what: "labels a policy",
        by: "kyverno",
        request: changes({ ...place, name: "kept" }, { metadata: { labels: { seen: "true" } } }),
      },
    ],
  };
}

function policy(name: string): Resource {
  return buildUntypedResource({
    apiVersion: place.apiVersion,
    kind: "ValidatingPolicy",
    metadata: { name },
    spec: {
      validationActions: ["Deny"],
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
      },
      validations: [{ expression: "true" }],
    },
  });
}
