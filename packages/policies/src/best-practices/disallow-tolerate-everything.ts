import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const controlPlane = "node-role.kubernetes.io/control-plane";

/** No pod of a team runs on a node of the control plane, nor on one that is being taken away. */
export const disallowTolerateEverything: Policy = definePolicy({
  name: "disallow-tolerate-everything",
  title: "Disallow tolerations of everything",
  category: "Best Practices",
  severity: "medium",
  control: nsa("Worker node segmentation"),
  why: "A pod that tolerates every taint runs on nodes of the control plane and stays on nodes that are failing or being drained.",
  fix: "Name in tolerations the key of the one taint that is meant.",
  match: pods(),
  offenders: cel`object.spec.?tolerations.orValue([])
    .filter(t, t.?key.orValue('') in ['', 'node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'])
    .map(t, t.?key.orValue('') == '' ? 'a toleration without a key tolerates everything' : 'a toleration names ' + t.key)`,
  good: [
    pod(),
    pod({ tolerations: [] }),
    pod({ tolerations: [{ key: "dedicated", operator: "Equal", value: "ml", effect: "NoSchedule" }] }),
    // The API server adds these two to every pod.
    pod({ tolerations: [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" }] }),
  ],
  bad: [
    violation(pod({ tolerations: [{ operator: "Exists" }] }), "a toleration without a key tolerates everything"),
    violation(
      pod({ tolerations: [{ operator: "Exists", effect: "NoSchedule" }] }),
      "a toleration without a key tolerates everything",
    ),
    violation(
      pod({ tolerations: [{ key: "dedicated" }, { key: controlPlane, operator: "Exists" }] }),
      `a toleration names ${controlPlane}`,
    ),
    violation(
      pod({ tolerations: [{ key: "node-role.kubernetes.io/master", effect: "NoSchedule" }] }),
      "a toleration names node-role.kubernetes.io/master",
    ),
  ],
});
