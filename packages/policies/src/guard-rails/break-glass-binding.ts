import { buildResource, type Resource } from "@plinth/core";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { type CelExpression, cel } from "../admission/cel.ts";
import type { MatchedResources } from "../native-admission/admission-policy.ts";
import { momentOfRequest } from "../native-admission/request.ts";
import { controlPlane, isRequestedBy, type Requesters } from "../native-admission/requesters.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const until = "plinth.dev/until";

export const bindingsPlace: { readonly apiVersion: string; readonly resource: string } = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  resource: "clusterrolebindings",
};

const bindings: readonly MatchedResources[] = [
  { group: "rbac.authorization.k8s.io", versions: ["v1"], resources: ["clusterrolebindings", "rolebindings"] },
];

/**
 * What a rail about bindings that nobody should have asks: of what offends, only break-glass passes, which keepers apply and which ends by a day. What is there
 * already is left alone until its subjects change. Kubernetes' own bindings are made by the API server itself.
 */
export function onlyByBreakGlass(
  { keepers }: Guarded,
  offenders: CelExpression,
): Pick<GuardRail, "operations" | "resources" | "scope" | "spares" | "when" | "variables" | "offenders"> {
  return {
    operations: ["CREATE", "UPDATE"],
    resources: bindings,
    scope: "*",
    spares: [kubernetes],
    when: {
      changed: cel`request.operation == 'CREATE'
        || object.?subjects != oldObject.?subjects
        || object.metadata.?annotations[?${until}] != oldObject.metadata.?annotations[?${until}]`,
    },
    variables: {
      offences: offenders,
      until: cel`object.metadata.?annotations[?${until}].orValue('')`,
      isDay: cel`variables.until.matches('^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$')`,
      problems: cel`(${isRequestedBy(keepers)} ? [] : [request.userInfo.username + ' is none of those who may'])
        + (!variables.isDay ? [${`its annotation ${until} names no last day`}]
          : timestamp(variables.until + 'T00:00:00Z') + duration('24h') <= ${momentOfRequest} ? ['its last day ' + variables.until + ' is past']
          : [])`,
    },
    offenders: cel`variables.offences.size() == 0 || variables.problems.size() == 0 ? [] : variables.offences + variables.problems`,
  };
}

// The API server writes Kubernetes' own roles and bindings as itself, each time that it starts.
const kubernetes: Requesters = { groups: [], users: controlPlane };

/** What is said to somebody who is no keeper. */
export const missingDay: string = `its annotation ${until} names no last day`;

/** A binding to try: in the whole cluster, or in a namespace. */
export function triedBinding(
  role: string,
  group: string | undefined,
  {
    name = "tried",
    kind = "ClusterRole",
    lastDay,
    namespace,
  }: { name?: string; kind?: "ClusterRole" | "Role"; lastDay?: string; namespace?: string } = {},
): Resource {
  const annotations = lastDay === undefined ? {} : { annotations: { [until]: lastDay } };
  const body = {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: role },
    ...(group === undefined
      ? {}
      : { subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }] }),
  };
  return namespace === undefined
    ? buildResource(ClusterRoleBinding, { metadata: { name, ...annotations }, ...body })
    : buildResource(RoleBinding, { metadata: { name, namespace, ...annotations }, ...body });
}
