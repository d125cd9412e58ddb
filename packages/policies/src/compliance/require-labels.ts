import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

/** The label that says which service a pod is: network policies, dashboards and alerts select by it. */
const required = ["app.kubernetes.io/name"] as const;

/** Each pod says which service it is. */
export const requireLabels: Policy = definePolicy({
  name: "require-labels",
  title: "Require labels",
  category: "Compliance",
  severity: "medium",
  why: "Network policies, dashboards and alerts find the pods of a service by its name: a pod without it reaches nothing and nobody sees it.",
  fix: "Set app.kubernetes.io/name in the labels of the pod, or of its template, to the name of the service.",
  match: pods(),
  variables: {
    // A template may stand without metadata; what it says of labels is none then.
    labels: cel`has(object.metadata) ? object.metadata.?labels.orValue({}) : {}`,
  },
  offenders: cel`${required}
    .filter(name, variables.labels[?name].orValue('') == '')
    .map(name, 'the pod has no label ' + name)`,
  good: [pod(), pod({ labels: { "app.kubernetes.io/name": "cart", "app.kubernetes.io/version": "1.4.2" } })],
  bad: [
    violation(pod({ labels: {} }), "the pod has no label app.kubernetes.io/name"),
    violation(pod({ labels: { app: "cart" } }), "the pod has no label app.kubernetes.io/name"),
    violation(pod({ labels: { "app.kubernetes.io/name": "" } }), "the pod has no label app.kubernetes.io/name"),
  ],
});
