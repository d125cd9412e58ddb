import { emitYaml, type Platform } from "@plinth/core";
import { deliveryNamespace } from "@plinth/rbac";
import { resourceHealth } from "./resource-health.ts";

/**
 * What Argo CD itself has to be told so that the rest means what it says: whom it syncs as, and the health of kinds that it does not know. Keys for its ConfigMap
 * `argocd-cm`, which others own: applied server-side, these are added and nothing else is touched.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/
 */
export function argoCdSettings(platform: Platform): string {
  return emitYaml({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "argocd-cm",
      namespace: deliveryNamespace(platform),
      // Argo CD reads only ConfigMaps with this label.
      labels: { "app.kubernetes.io/part-of": "argocd" },
    },
    data: {
      "application.sync.impersonation.enabled": "true",
      ...Object.fromEntries(
        resourceHealth.map(({ group, kind, lua }) => [`resource.customizations.health.${group}_${kind}`, lua]),
      ),
    },
  });
}
