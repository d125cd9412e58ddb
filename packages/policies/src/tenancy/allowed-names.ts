import type { Allowed, Platform, Resource } from "@plinth/core";
import { type CelExpression, cel } from "../admission/cel.ts";
import { type AdmissionPolicyInput, admissionPolicy } from "../native-admission/admission-policy.ts";
import { notBeingDeleted } from "./not-being-deleted.ts";
import { podSpec, podsAndTemplates } from "./pod-resources.ts";
import { type TeamEntry, teamTable } from "./team-table.ts";

type AllowedList = keyof Allowed;

/** A list of names that a team may use, and where an object says which it uses. */
export interface AllowedNames {
  readonly list: AllowedList;
  readonly name: string;
  readonly description: string;
  readonly resources: AdmissionPolicyInput["resources"];
  readonly operations: AdmissionPolicyInput["operations"];
  readonly variables: Readonly<Record<string, CelExpression>>;
  /** A list of the names that the object uses. */
  readonly used: CelExpression;
  /** True for a name that is allowed, called `name` in it. */
  readonly isAllowed: CelExpression;
  /** True where an update changes what the object uses: what is there already goes on, and its controllers may change the rest of it. */
  readonly changed: CelExpression;
  /** After "may not use": `the storage class`. */
  readonly what: string;
}

const podChanged = cel`object.kind == 'Pod' ? object.spec != oldObject.spec
  : object.kind == 'CronJob' ? object.spec.jobTemplate != oldObject.spec.jobTemplate
  : object.spec.template != oldObject.spec.template`;

const inTable = cel`name in variables.allowed`;

/** Everything of which a team can be given a list. Where an object names nothing, what the API server filled in counts. */
export const allowedNames: readonly AllowedNames[] = [
  {
    list: "registries",
    name: "tenancy-registries",
    description: "Containers of a team run images of its registries and of no other.",
    resources: podsAndTemplates,
    operations: ["CREATE", "UPDATE"],
    variables: {
      podSpec,
      // `nginx` is `docker.io/library/nginx`: https://github.com/distribution/reference/blob/main/normalize.go
      names: cel`(variables.podSpec.containers
          + variables.podSpec.?initContainers.orValue([])
          + variables.podSpec.?ephemeralContainers.orValue([])).map(c, c.?image.orValue(''))
        + variables.podSpec.?volumes.orValue([]).filter(v, has(v.image)).map(v, v.image.?reference.orValue(''))`,
    },
    used: cel`variables.names.map(image,
      !image.contains('/') ? 'docker.io/library/' + image
      : image.split('/')[0].matches('[.:]|^localhost$') ? image
      : 'docker.io/' + image)`,
    // After a host only a path begins: `registry.example.com:5000` is another registry.
    isAllowed: cel`variables.allowed.exists(registry, name.startsWith(registry + '/')
      || registry.contains('/') && (name == registry || name.startsWith(registry + ':') || name.startsWith(registry + '@')))`,
    changed: podChanged,
    what: "the image",
  },
  {
    list: "priorityClasses",
    name: "tenancy-priority-classes",
    description:
      "Pods of a team have a priority class that the team may use; a pod that names none has the cluster's default.",
    resources: podsAndTemplates,
    operations: ["CREATE", "UPDATE"],
    variables: {
      podSpec,
      class: cel`variables.podSpec.?priorityClassName.orValue('')`,
    },
    // A template says nothing where the pod is to have the default; the pod itself is asked when it is made.
    used: cel`variables.class != '' || object.kind == 'Pod' ? [variables.class] : []`,
    isAllowed: inTable,
    changed: podChanged,
    what: "the priority class",
  },
  {
    list: "runtimeClasses",
    name: "tenancy-runtime-classes",
    description: "Pods of a team run in the nodes' own runtime, or in a runtime class that the team may use.",
    resources: podsAndTemplates,
    operations: ["CREATE", "UPDATE"],
    variables: { podSpec },
    used: cel`has(variables.podSpec.runtimeClassName) ? [variables.podSpec.runtimeClassName] : []`,
    isAllowed: inTable,
    changed: podChanged,
    what: "the runtime class",
  },
  {
    list: "storageClasses",
    name: "tenancy-storage-classes",
    description: "Volumes of a team are made by a storage class that the team may use.",
    resources: [
      { group: "", versions: ["v1"], resources: ["persistentvolumeclaims"] },
      { group: "apps", versions: ["v1"], resources: ["statefulsets"] },
    ],
    operations: ["CREATE"],
    variables: {
      claims: cel`object.kind == 'PersistentVolumeClaim' ? [object.spec] : object.spec.?volumeClaimTemplates.orValue([]).map(t, t.spec)`,
    },
    // A template says nothing where the claim is to have the default; the claim itself is asked when it is made.
    used: cel`variables.claims
      .filter(claim, has(claim.storageClassName) || object.kind == 'PersistentVolumeClaim')
      .map(claim, claim.?storageClassName.orValue(''))`,
    isAllowed: inTable,
    changed: cel`false`,
    what: "the storage class",
  },
  {
    list: "ingressClasses",
    name: "tenancy-ingress-classes",
    description: "Ingresses of a team are served by an ingress class that the team may use.",
    resources: [{ group: "networking.k8s.io", versions: ["v1"], resources: ["ingresses"] }],
    operations: ["CREATE", "UPDATE"],
    variables: {
      // The annotation is older than the field, and controllers still read it: https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation
      classes: cel`[
        string(object.spec.?ingressClassName.orValue('')),
        string(object.metadata.?annotations[?'kubernetes.io/ingress.class'].orValue('')),
      ].filter(name, name != '')`,
    },
    used: cel`variables.classes.size() == 0 ? [''] : variables.classes`,
    isAllowed: inTable,
    changed: cel`object.spec != oldObject.spec || object.metadata.?annotations != oldObject.metadata.?annotations`,
    what: "the ingress class",
  },
];

/** The policies about lists of names, each for the teams that have such a list. */
export function allowedNamesPolicies({ teams }: Platform): readonly Resource[] {
  return allowedNames.flatMap((names) => {
    const entries = teams.flatMap(({ namespace, tenancy }): TeamEntry<readonly string[]>[] => {
      const allowed = tenancy.allowed[names.list];
      return allowed === undefined ? [] : [{ namespace, value: [...allowed].sort() }];
    });
    return entries.length === 0 ? [] : allowedNamesPolicy(names, entries);
  });
}

function allowedNamesPolicy(
  { name, description, resources, operations, variables, used, isAllowed, changed, what }: AllowedNames,
  entries: readonly TeamEntry<readonly string[]>[],
): readonly Resource[] {
  return admissionPolicy({
    name,
    description,
    operations,
    resources,
    namespaces: entries.map(({ namespace }) => namespace),
    when: {
      "not-being-deleted": notBeingDeleted,
      ...(operations.includes("UPDATE") ? { changed: cel`request.operation == 'CREATE' || ${changed}` } : {}),
    },
    variables: {
      allowed: teamTable(entries),
      ...variables,
      used,
      refused: cel`variables.used.filter(name, !${isAllowed})`,
    },
    validations: [
      {
        holds: cel`variables.refused.size() == 0`,
        message: cel`request.namespace + ${` may not use ${what} `}
          + variables.refused.map(name, name == '' ? '(none is named)' : name).join(', ')
          + '; allowed: ' + (variables.allowed.size() == 0 ? 'none' : variables.allowed.join(', '))`,
      },
    ],
  });
}
