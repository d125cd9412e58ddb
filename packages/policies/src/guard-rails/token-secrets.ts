import { buildResource, type Resource } from "@plinth/core";
import { Secret } from "kubernetes-models/v1/Secret";
import { controlsOf } from "../admission/policy.ts";
import { disallowTokenSecrets } from "../secrets/disallow-token-secrets.ts";
import { creates } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import { type Guarded, lastResort } from "./guarded.ts";

/** No token that never ends, where teams' accounts live and where those live that Argo CD delivers as. The expression is Kyverno's policy's. */
export function tokenSecretsRail({ teamNamespaces, deliveryNamespace }: Guarded): GuardRail {
  const namespaces = [...new Set([...teamNamespaces, deliveryNamespace])].sort();
  const makes = (namespace: string, type: string) =>
    creates({ apiVersion: "v1", resource: "secrets", namespace }, secret(namespace, type));
  return {
    name: "guard-token-secrets",
    title: "No Secret is the token of a ServiceAccount",
    severity: disallowTokenSecrets.severity,
    control: controlsOf(disallowTokenSecrets),
    why: disallowTokenSecrets.why,
    fix: disallowTokenSecrets.fix,
    spares: [{ groups: [lastResort], users: [] }],
    operations: ["CREATE"],
    resources: [{ group: "", versions: ["v1"], resources: ["secrets"] }],
    namespaces,
    offenders: disallowTokenSecrets.offenders,
    attempts: namespaces.flatMap(
      (namespace) =>
        [
          {
            what: `makes a token that never ends in ${namespace}`,
            by: "platform-admin",
            request: makes(namespace, "kubernetes.io/service-account-token"),
            offenders: ["the type is kubernetes.io/service-account-token"],
          },
          { what: `makes a Secret in ${namespace}`, by: "platform-admin", request: makes(namespace, "Opaque") },
        ] as const,
    ),
  };
}

function secret(namespace: string, type: string): Resource {
  return buildResource(Secret, {
    metadata: { name: "tried", namespace, annotations: { "kubernetes.io/service-account.name": "default" } },
    type,
  });
}
