import { cel } from "../admission/cel.ts";
import { whatIsDone } from "../native-admission/request.ts";
import { cleaningControllers } from "../native-admission/requesters.ts";
import { type AttemptPlace, changes, deletes } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

/** What bounds a namespace: its quotas and the network policies that isolate it. Those that a service is delivered with are the delivery's. */
export function foundationLimitsRail({
  platform,
  keepers,
  teamNamespaces: [namespace],
  deliveryNamespace,
}: Guarded): GuardRail {
  const policies: AttemptPlace = {
    apiVersion: "networking.k8s.io/v1",
    resource: "networkpolicies",
    ...(namespace === undefined ? {} : { namespace }),
  };
  const quotas = { ...policies, apiVersion: "v1", resource: "resourcequotas" };
  return {
    name: "guard-foundation-limits",
    title: "Quotas and isolating network policies stay",
    severity: "high",
    why: "Without the default deny everything talks to everything, and without its quota one team takes the cluster.",
    fix: `Change the quota or the network in the model; ${platform.groups.admins} apply the foundation.`,
    spares: [keepers, { groups: [], users: cleaningControllers }],
    operations: ["UPDATE", "DELETE"],
    resources: [
      { group: "", versions: ["v1"], resources: ["limitranges", "resourcequotas"] },
      { group: "networking.k8s.io", versions: ["v1"], resources: ["networkpolicies"] },
      { group: "policy.networking.k8s.io", versions: ["*"], resources: ["*"] },
      { group: "cilium.io", versions: ["*"], resources: ["ciliumclusterwidenetworkpolicies", "ciliumnetworkpolicies"] },
    ],
    scope: "*",
    labels: {
      "app.kubernetes.io/managed-by": ["plinth"],
      "plinth.dev/component": ["network-baseline", "platform-network", "platform-tier", "tenancy"],
    },
    when: {
      // Not finalizers: the controller of the VPC CNI writes its own on each network policy. An owner that is gone would take the object along.
      // https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/internal/controllers/policy_controller.go
      changed: cel`request.operation == 'DELETE'
        || object.spec != oldObject.spec
        || object.metadata.?labels != oldObject.metadata.?labels
        || object.metadata.?ownerReferences != oldObject.metadata.?ownerReferences`,
    },
    offenders: cel`[${whatIsDone} + (request.namespace == '' ? '' : ' in ' + request.namespace)]`,
    attempts:
      namespace === undefined
        ? []
        : [
            {
              what: "deletes the default deny",
              by: "cluster-admin",
              request: deletes({ ...policies, name: "default-deny" }),
              offenders: [`NetworkPolicy default-deny is deleted by jane in ${namespace}`],
            },
            {
              what: "takes the default deny out of the foundation",
              by: "cluster-admin",
              request: changes({ ...policies, name: "default-deny" }, { metadata: { labels: null } }),
              offenders: [`NetworkPolicy default-deny is changed by jane in ${namespace}`],
            },
            {
              what: "gives the default deny an owner that is gone",
              by: "cluster-admin",
              request: changes(
                { ...policies, name: "default-deny" },
                { metadata: { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "gone", uid: "gone" }] } },
              ),
              offenders: [`NetworkPolicy default-deny is changed by jane in ${namespace}`],
            },
            {
              what: "opens the default deny",
              by: "delivery",
              request: changes({ ...policies, name: "default-deny" }, { spec: { ingress: [{}] } }),
              offenders: [
                `NetworkPolicy default-deny is changed by system:serviceaccount:${deliveryNamespace}:argocd-application-controller in ${namespace}`,
              ],
            },
            {
              what: "raises the quota",
              by: "cluster-admin",
              request: changes({ ...quotas, name: namespace }, { spec: { hard: { pods: "9999" } } }),
              offenders: [`ResourceQuota ${namespace} is changed by jane in ${namespace}`],
            },
            {
              what: "deletes the quota",
              by: "cluster-admin",
              request: deletes({ ...quotas, name: namespace }),
              offenders: [`ResourceQuota ${namespace} is deleted by jane in ${namespace}`],
            },
            {
              what: "raises the quota",
              by: "platform-admin",
              request: changes({ ...quotas, name: namespace }, { spec: { hard: { pods: "9999" } } }),
            },
            {
              what: "writes a finalizer, as the controller of a network does",
              by: "cluster-admin",
              request: changes(
                { ...policies, name: "default-deny" },
                { metadata: { finalizers: ["networking.k8s.aws/resources"] } },
              ),
            },
            {
              what: "empties a namespace that is deleted",
              by: "namespace-controller",
              request: deletes({ ...policies, name: "default-deny" }),
            },
          ],
  };
}
