import { cel } from "../admission/cel.ts";
import { cis } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";

const message = "the pod runs as the ServiceAccount default";

/** Each workload has an identity of its own. */
export const disallowDefaultServiceAccount: Policy = definePolicy({
  name: "disallow-default-service-account",
  title: "Disallow the default ServiceAccount",
  category: "Best Practices",
  severity: "medium",
  control: cis("Ensure that default service accounts are not actively used"),
  why: "What is granted to the default ServiceAccount is granted to every pod of the namespace that names none.",
  fix: "Set serviceAccountName to the ServiceAccount of the service.",
  match: pods(),
  offenders: cel`object.spec.?serviceAccountName.orValue('') in ['', 'default'] ? ['the pod runs as the ServiceAccount default'] : []`,
  good: [pod({ serviceAccountName: "cart" })],
  bad: [
    violation(pod(), message),
    violation(pod({ serviceAccountName: "" }), message),
    violation(pod({ serviceAccountName: "default" }), message),
  ],
});
