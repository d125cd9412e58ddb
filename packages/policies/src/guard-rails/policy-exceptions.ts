import { buildResource, buildUntypedResource, type Resource } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { cel } from "../admission/cel.ts";
import { exceptionsNamespace } from "../exceptions/policy-exceptions.ts";
import { whatIsDone } from "../native-admission/request.ts";
import { isRequestedBy } from "../native-admission/requesters.ts";
import { type AttemptPlace, creates, deletes } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const place: AttemptPlace = { apiVersion: "policies.kyverno.io/v1", resource: "policyexceptions" };

/** Exceptions come from the model, which knows owner, reason and last day, and lie where Kyverno reads them. Kyverno deletes those whose time is over. */
export function policyExceptionsRail({ platform, keepers, kyverno, ...guarded }: Guarded): GuardRail {
  const namespace = exceptionsNamespace;
  const [elsewhere = "default"] = guarded.teamNamespaces;
  const makes = (where: string, name = "own") => creates({ ...place, namespace: where }, exception(name, where));
  const kept: AttemptPlace = { ...place, namespace, name: "kept" };
  const misplaced = `namespace ${elsewhere} is not ${namespace}, where exceptions count`;
  return {
    name: "guard-policy-exceptions",
    title: "Exceptions to policies come from the model",
    severity: "critical",
    why: "An exception takes a policy away for whoever it names, and nobody sees it who does not look for it.",
    fix: `Declare the exception in the model, with owner, reason and last day; ${platform.groups.admins} apply the foundation.`,
    spares: [],
    operations: ["CREATE", "UPDATE", "DELETE"],
    resources: ["policies.kyverno.io", "kyverno.io"].map((group) => ({
      group,
      versions: ["*"],
      resources: ["policyexceptions"],
    })),
    offenders: cel`(${isRequestedBy({ groups: [...keepers.groups, ...kyverno.groups], users: keepers.users })} ? [] : [${whatIsDone}])
      + (request.operation == 'DELETE' || request.namespace == ${namespace} ? []
        : ['namespace ' + request.namespace + ${` is not ${namespace}, where exceptions count`}])`,
    before: [
      buildResource(Namespace, { metadata: { name: namespace } }),
      exception("kept", namespace),
      exception("stray", elsewhere),
    ],
    attempts: [
      {
        what: "makes an exception",
        by: "cluster-admin",
        request: makes(namespace),
        offenders: ["PolicyException own is created by jane"],
      },
      {
        what: "makes an exception in a team's namespace",
        by: "delivery",
        request: makes(elsewhere),
        offenders: [
          `PolicyException own is created by system:serviceaccount:${guarded.deliveryNamespace}:argocd-application-controller`,
          misplaced,
        ],
      },
      {
        what: "makes an exception where Kyverno does not read it",
        by: "platform-admin",
        request: makes(elsewhere),
        offenders: [misplaced],
      },
      {
        what: "deletes an exception",
        by: "cluster-admin",
        request: deletes(kept),
        offenders: ["PolicyException kept is deleted by jane"],
      },
      { what: "makes an exception", by: "platform-admin", request: makes(namespace) },
      {
        what: "deletes an exception that does not count",
        by: "platform-admin",
        request: deletes({ ...place, namespace: elsewhere, name: "stray" }),
      },
      { what: "deletes an exception whose time is over", by: "kyverno", request: deletes(kept) },
    ],
  };
}

function exception(name: string, namespace: string): Resource {
  return buildUntypedResource({
    apiVersion: place.apiVersion,
    kind: "PolicyException",
    metadata: { name, namespace },
    spec: { policyRefs: [{ kind: "ValidatingPolicy", name: "disallow-latest-tag" }] },
  });
}
