import { buildResource, type Resource } from "@plinth/core";
import { ValidatingWebhookConfiguration } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration";
import { cel } from "../admission/cel.ts";
import { nameOfObject, whatIsDone } from "../native-admission/request.ts";
import { type AttemptPlace, changes, creates, deletes } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const place: AttemptPlace = {
  apiVersion: "admissionregistration.k8s.io/v1",
  resource: "validatingwebhookconfigurations",
};

// Kyverno's own is kyverno-resource-validating-webhook-cfg; Kyverno would take this one for none of its own.
const kept = "kyverno-kept";

/**
 * Kyverno registers with the API server by webhook configurations, all of whose names begin with its own (kyverno, pkg/config/config.go): without them no policy
 * is asked.
 */
export function kyvernoWebhooksRail({ platform, keepers, kyverno }: Guarded): GuardRail {
  return {
    name: "guard-kyverno-webhooks",
    title: "Kyverno's webhooks are changed by Kyverno",
    severity: "critical",
    why: "Without its webhook configurations Kyverno is asked about nothing, and every policy passes everything.",
    fix: `Where Kyverno itself is in the way, ${platform.groups.admins} take its webhooks away, and Kyverno brings them back.`,
    spares: [keepers, kyverno],
    operations: ["CREATE", "UPDATE", "DELETE"],
    resources: [
      {
        group: "admissionregistration.k8s.io",
        versions: ["v1"],
        resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
      },
    ],
    scope: "Cluster",
    variables: { name: nameOfObject },
    offenders: cel`variables.name.startsWith('kyverno-') ? [${whatIsDone}] : []`,
    before: [webhooks(kept), webhooks("other")],
    attempts: [
      {
        what: "takes Kyverno's webhooks away",
        by: "cluster-admin",
        request: deletes({ ...place, name: kept }),
        offenders: [`ValidatingWebhookConfiguration ${kept} is deleted by jane`],
      },
      {
        what: "takes all webhooks away",
        by: "cluster-admin",
        request: deletes(place),
        offenders: [`ValidatingWebhookConfiguration ${kept} is deleted by jane`],
      },
      {
        what: "empties Kyverno's webhooks",
        by: "cluster-admin",
        request: changes({ ...place, name: kept }, { webhooks: [] }),
        offenders: [`ValidatingWebhookConfiguration ${kept} is changed by jane`],
      },
      { what: "writes its webhooks", by: "kyverno", request: creates(place, webhooks("kyverno-new")) },
      { what: "takes Kyverno's webhooks away", by: "platform-admin", request: deletes({ ...place, name: kept }) },
      {
        what: "deletes webhooks of something else",
        by: "cluster-admin",
        request: deletes({ ...place, name: "other" }),
      },
    ],
  };
}

/** Asked about nothing that there is. */
function webhooks(name: string): Resource {
  return buildResource(ValidatingWebhookConfiguration, {
    metadata: { name },
    webhooks: [
      {
        name: "nothing.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        failurePolicy: "Ignore",
        clientConfig: { url: "https://nothing.example.com" },
        rules: [{ apiGroups: ["example.com"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nothings"] }],
      },
    ],
  });
}
