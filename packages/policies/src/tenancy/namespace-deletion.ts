import type { Resource } from "@plinth/core";
import { cel } from "../admission/cel.ts";
import { admissionPolicy } from "./admission-policy.ts";

const annotation = "plinth.dev/deletion";

/** Namespaces of the foundation take everything in them along: they are deleted only after somebody has said so on the namespace itself. */
export function namespaceDeletionPolicy(): readonly Resource[] {
  return admissionPolicy({
    name: "tenancy-namespace-deletion",
    description: `A namespace of the foundation is deleted only when its annotation ${annotation} says its name.`,
    operations: ["DELETE"],
    resources: [{ group: "", versions: ["v1"], resources: ["namespaces"] }],
    scope: "Cluster",
    labels: {
      "app.kubernetes.io/managed-by": ["plinth"],
      "plinth.dev/component": ["platform-namespaces", "tenancy"],
    },
    validations: [
      {
        holds: cel`oldObject.metadata.?annotations[?${annotation}].orValue('') == oldObject.metadata.name`,
        message: cel`'the namespace ' + oldObject.metadata.name + ' belongs to the foundation, and all that is in it goes with it. If that is meant: kubectl annotate namespace ' + oldObject.metadata.name + ${` ${annotation}=`} + oldObject.metadata.name`,
      },
    ],
  });
}
