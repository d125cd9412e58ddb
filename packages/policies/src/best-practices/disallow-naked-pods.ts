import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const replicaSet = {
  apiVersion: "apps/v1",
  kind: "ReplicaSet",
  name: "cart-7d9c",
  uid: "0a6f3c3e-1b0b-4b8e-9a53-5f6de2d3c111",
};

/** Somebody makes a pod anew when it is lost. Asked only when a pod is created: deleting a controller without its pods orphans them on purpose. */
export const disallowNakedPods: Policy = definePolicy({
  name: "disallow-naked-pods",
  title: "Disallow naked pods",
  category: "Best Practices",
  severity: "medium",
  why: "Nobody makes a pod without an owner anew when its node is drained, and a drain stops at it until somebody deletes it.",
  fix: "Create a Deployment, StatefulSet, DaemonSet or Job that makes the pod.",
  match: pods({ controllers: [], operations: ["CREATE"] }),
  offenders: cel`object.metadata.?ownerReferences.orValue([]).size() == 0 ? ['the pod has no ownerReferences'] : []`,
  good: [pod({ ownerReferences: [replicaSet] })],
  bad: [
    violation(pod(), "the pod has no ownerReferences"),
    violation(pod({ ownerReferences: [] }), "the pod has no ownerReferences"),
  ],
});
