import { fieldAt, groupOf, type Resource } from "@plinth/core";

interface ImmutableFields {
  /** API group and kind. */
  readonly of: string;
  readonly fields: readonly (readonly string[])[];
  /** Only where this holds of the earlier object. */
  readonly when?: (resource: Resource) => boolean;
}

// What the API server refuses to change: validation of updates in kubernetes/pkg/apis/*/validation, and rules of CRDs.
const immutable: readonly ImmutableFields[] = [
  { of: "apps/Deployment", fields: [["spec", "selector"]] },
  { of: "apps/DaemonSet", fields: [["spec", "selector"]] },
  {
    of: "apps/StatefulSet",
    fields: [
      ["spec", "selector"],
      ["spec", "serviceName"],
      ["spec", "podManagementPolicy"],
      ["spec", "volumeClaimTemplates"],
    ],
  },
  {
    of: "batch/Job",
    fields: [
      ["spec", "selector"],
      ["spec", "template"],
      ["spec", "completionMode"],
    ],
  },
  {
    of: "/PersistentVolumeClaim",
    fields: [
      ["spec", "storageClassName"],
      ["spec", "accessModes"],
      ["spec", "volumeName"],
      ["spec", "volumeMode"],
    ],
  },
  {
    of: "storage.k8s.io/StorageClass",
    fields: [["provisioner"], ["parameters"], ["reclaimPolicy"], ["volumeBindingMode"]],
  },
  { of: "scheduling.k8s.io/PriorityClass", fields: [["value"], ["preemptionPolicy"]] },
  { of: "rbac.authorization.k8s.io/RoleBinding", fields: [["roleRef"]] },
  { of: "rbac.authorization.k8s.io/ClusterRoleBinding", fields: [["roleRef"]] },
  {
    of: "/ResourceQuota",
    fields: [
      ["spec", "scopes"],
      ["spec", "scopeSelector"],
    ],
  },
  { of: "/Service", fields: [["spec", "clusterIP"]] },
  {
    of: "/Secret",
    fields: [["type"]],
  },
  { of: "/Secret", fields: [["data"], ["stringData"]], when: (resource) => fieldAt(resource, "immutable") === true },
  {
    of: "/ConfigMap",
    fields: [["data"], ["binaryData"]],
    when: (resource) => fieldAt(resource, "immutable") === true,
  },
  {
    of: "apiextensions.k8s.io/CustomResourceDefinition",
    fields: [
      ["spec", "scope"],
      ["spec", "names", "kind"],
    ],
  },
  // A rule of the operator's CRDs: https://grafana.github.io/grafana-operator/docs/api/
  { of: "grafana.integreatly.org/GrafanaDashboard", fields: [["spec", "uid"]] },
  {
    of: "grafana.integreatly.org/GrafanaFolder",
    fields: [
      ["spec", "uid"],
      ["spec", "parentFolderUID"],
    ],
  },
  {
    of: "grafana.integreatly.org/GrafanaManifest",
    fields: [
      ["spec", "template", "kind"],
      ["spec", "template", "metadata", "name"],
      ["spec", "template", "metadata", "namespace"],
    ],
  },
  { of: "grafana.integreatly.org/GrafanaDatasource", fields: [["spec", "uid"]] },
  // The operator makes a StatefulSet of it, whose claims cannot change.
  { of: "opentelemetry.io/OpenTelemetryCollector", fields: [["spec", "volumeClaimTemplates"]] },
];

const byKind = Map.groupBy(immutable, ({ of }) => of);

/** Kinds that have such fields. */
export const immutableKinds: readonly string[] = [...byKind.keys()].map((of) => of.slice(of.indexOf("/") + 1));

/** Fields of an object that cannot change once it is there. */
export function immutableFieldsOf(resource: Resource): readonly (readonly string[])[] {
  return (byKind.get(`${groupOf(resource)}/${resource.kind}`) ?? [])
    .filter(({ when }) => when === undefined || when(resource))
    .flatMap(({ fields }) => fields);
}
