import { Namespace } from "kubernetes-models/v1/Namespace";
import { cel } from "../admission/cel.ts";
import { cis } from "../admission/control.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly level: string } = { level: "baseline" };
const levels: readonly string[] = ["privileged", "baseline", "restricted"];
const key = "pod-security.kubernetes.io/enforce";

function namespace(level?: string): ObjectFixture {
  return object(Namespace, {}, level === undefined ? {} : { labels: { [key]: level } });
}

/** The API server's own Pod Security admission stands behind Kyverno: in each namespace of a team, at the level of the environment. */
export const requirePodSecurityLevel: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { level: "The least Pod Security level that a team's namespace must enforce." },
  from: (_platform, { admission }) => ({ level: admission.podSecurity.enforce }),
  tried: [{ level: "restricted" }, { level: "privileged" }],
  policy: ({ level }) => {
    const allowed = levels.filter((_, index) => index >= levels.indexOf(level));
    return {
      name: "require-pod-security-level",
      title: "Require a Pod Security level",
      category: "Compliance",
      severity: "high",
      control: cis("Ensure that the cluster has at least one active policy control mechanism in place"),
      why: "Pod Security admission refuses while Kyverno is down, and sees what Kyverno is not asked about; without its label it lets everything pass.",
      fix: `Set the label ${key} to ${allowed.join(" or ")}.`,
      match: objects(["Namespace"]),
      variables: { level: cel`object.metadata.?labels[?${key}].orValue('')` },
      offenders: cel`variables.level in ${allowed} ? []
        : [variables.level == '' ? 'the namespace has no label ' + ${key} : 'the label ' + ${key} + ' is ' + variables.level]`,
      good: allowed.map(namespace),
      bad: [
        violation(namespace(), `the namespace has no label ${key}`),
        ...levels
          .filter((each) => !allowed.includes(each))
          .map((each) => violation(namespace(each), `the label ${key} is ${each}`)),
      ],
    };
  },
});
