import type { Environment, Platform, Resource } from "@plinth/core";
import { cel } from "../admission/cel.ts";
import { admissionPolicy } from "../native-admission/admission-policy.ts";
import { controlPlane, isRequestedBy } from "../native-admission/requesters.ts";
import { notBeingDeleted } from "./not-being-deleted.ts";
import { type TeamEntry, teamTable } from "./team-table.ts";

/**
 * Nothing is created or changed in a namespace that is closed; what is there goes on running and may be removed.
 *
 * People, and Argo CD, are refused. Kubernetes' own controllers and the platform's are not: a pod of a failed node comes up again, a certificate is renewed,
 * what is left of a deleted object is cleaned up. Neither are the groups that apply the foundation.
 */
export function cordonPolicies(platform: Platform, environment: Environment): readonly Resource[] {
  const entries = platform.teams.flatMap(({ namespace, tenancy: { cordon } }): TeamEntry<string>[] =>
    cordon === undefined || (cordon.environments !== undefined && !cordon.environments.includes(environment.name))
      ? []
      : [{ namespace, value: cordon.because }],
  );
  if (entries.length === 0) return [];
  return admissionPolicy({
    name: "tenancy-cordon",
    description: "Nothing is created or changed in namespaces that are closed.",
    operations: ["CREATE", "UPDATE"],
    // Of subresources those that change what runs; status, tokens, bindings and evictions keep it running.
    resources: [
      {
        group: "*",
        versions: ["*"],
        resources: ["*", "*/scale", "pods/ephemeralcontainers", "pods/resize"],
      },
    ],
    // What others write about what runs.
    except: [
      { group: "", versions: ["*"], resources: ["events"] },
      { group: "events.k8s.io", versions: ["*"], resources: ["events"] },
      { group: "coordination.k8s.io", versions: ["*"], resources: ["leases"] },
    ],
    namespaces: entries.map(({ namespace }) => namespace),
    when: {
      "not-of-the-platform": cel`!${isRequestedBy({ groups: exemptGroups(platform), users: controlPlane })}`,
      "not-being-deleted": notBeingDeleted,
    },
    variables: { because: teamTable(entries) },
    validations: [
      {
        holds: cel`false`,
        message: cel`'nothing is created or changed in ' + request.namespace + ': ' + variables.because`,
      },
    ],
  });
}

function exemptGroups({ components, groups }: Platform): readonly string[] {
  const delivery = new Set<string>(
    components.filter(({ roles }) => roles.includes("delivery")).map(({ namespace }) => namespace),
  );
  const namespaces = new Set<string>(["kube-system", ...components.map(({ namespace }) => namespace)]);
  return [
    "system:masters",
    "system:nodes",
    groups.admins,
    ...[...namespaces]
      .filter((namespace) => !delivery.has(namespace))
      .sort()
      .map((namespace) => `system:serviceaccounts:${namespace}`),
  ];
}
