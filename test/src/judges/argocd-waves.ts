import { describeResource, type Finding, fieldAt, identityOf, listAt, type Resource, textAt } from "@plinth/core";
import type { RenderedObject } from "./rendered-tree.ts";

interface Reference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Left out for what lives where the object lives that names it. */
  readonly namespace?: string;
  /** True where the object is refused without the other: then the other has to be in an earlier wave. */
  readonly refused?: true;
}

type ReferencesOf = (resource: Resource) => readonly Reference[];

const project =
  (...path: readonly string[]): ReferencesOf =>
  (resource) => [{ group: "argoproj.io", kind: "AppProject", name: textAt(resource, ...path), refused: true }];

const target: ReferencesOf = (resource) => {
  const reference = fieldAt(resource, "spec", "scaleTargetRef");
  const [group = "", version] = textAt(reference, "apiVersion").split("/");
  return [
    { group: version === undefined ? "" : group, kind: textAt(reference, "kind"), name: textAt(reference, "name") },
  ];
};

/** What an object names that has to be there when it is applied, or soon after. */
const references: Readonly<Record<string, ReferencesOf>> = {
  Application: project("spec", "project"),
  ApplicationSet: project("spec", "template", "spec", "project"),
  GrafanaDashboard: (resource) => [
    { group: "grafana.integreatly.org", kind: "GrafanaFolder", name: textAt(resource, "spec", "folderRef") },
    { group: "", kind: "ConfigMap", name: textAt(resource, "spec", "configMapRef", "name") },
  ],
  HorizontalPodAutoscaler: target,
  RoleBinding: (resource) => [
    {
      group: "rbac.authorization.k8s.io",
      kind: textAt(resource, "roleRef", "kind"),
      name: textAt(resource, "roleRef", "name"),
    },
    ...listAt(resource, "subjects").map((subject) => ({
      group: "",
      kind: textAt(subject, "kind"),
      name: textAt(subject, "name"),
      namespace: textAt(subject, "namespace"),
    })),
  ],
};

/** What comes before what it needs, among the objects of one application. */
export function waveFindings(objects: readonly RenderedObject[]): Finding[] {
  const byIdentity = new Map(objects.map((object) => [identityOf(object.resource), object]));
  return objects.flatMap(({ file, resource }) =>
    (references[resource.kind]?.(resource) ?? []).flatMap((reference): Finding[] => {
      const other = byIdentity.get(identityOfReference(reference, resource));
      if (other === undefined) return [];
      const [own, needed] = [waveOf(resource), waveOf(other.resource)];
      return needed < own || (needed === own && reference.refused !== true)
        ? []
        : [
            {
              code: "rejected-by-judge",
              severity: "error",
              file: file.path,
              resource: describeResource(resource),
              path: "metadata.annotations",
              message: `is in wave ${own}, and names ${describeResource(other.resource)} of wave ${needed}`,
              expected:
                reference.refused === true ? "what it names in an earlier wave" : "what it names in no later wave",
            },
          ];
    }),
  );
}

function identityOfReference({ group, kind, name, namespace }: Reference, { metadata }: Resource): string {
  const place = namespace ?? metadata.namespace;
  return identityOf({
    apiVersion: group === "" ? "v1" : `${group}/v1`,
    kind,
    metadata: { name, ...(place === undefined || place === "" ? {} : { namespace: place }) },
  });
}

export function waveOf(resource: Resource): number {
  return Number(resource.metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? 0);
}
