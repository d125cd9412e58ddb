import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

/** The label that says which service a pod is: network policies, dashboards and alerts select by it. */
const defaults: { readonly labels: readonly string[] } = { labels: ["app.kubernetes.io/name"] };

/** Each pod says which service it is. */
export const requireLabels: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { labels: "Keys of labels that a pod must have, with a value." },
  tried: [{ labels: ["app.kubernetes.io/name", "app.kubernetes.io/part-of"] }],
  policy: ({ labels }) => {
    const [first = "", ...more] = labels.map((label) => `the pod has no label ${label}`);
    const all = Object.fromEntries(labels.map((label) => [label, "cart"]));
    return {
      name: "require-labels",
      title: "Require labels",
      category: "Compliance",
      severity: "medium",
      why: "Network policies, dashboards and alerts find the pods of a service by its name: a pod without it reaches nothing and nobody sees it.",
      fix: `Set ${labels.join(" and ")} in the labels of the pod, or of its template, to the name of the service.`,
      match: pods(),
      variables: {
        // A template may stand without metadata; what it says of labels is none then.
        labels: cel`has(object.metadata) ? object.metadata.?labels.orValue({}) : {}`,
      },
      offenders: cel`${labels}
        .filter(name, variables.labels[?name].orValue('') == '')
        .map(name, 'the pod has no label ' + name)`,
      good: [pod({ labels: all }), pod({ labels: { ...all, "app.kubernetes.io/version": "1.4.2" } })],
      bad: [
        violation(pod({ labels: {} }), first, ...more),
        violation(pod({ labels: { app: "cart" } }), first, ...more),
        violation(pod({ labels: Object.fromEntries(labels.map((label) => [label, ""])) }), first, ...more),
      ],
    };
  },
});
