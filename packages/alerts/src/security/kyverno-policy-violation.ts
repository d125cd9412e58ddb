import { greaterThan, increase, labelReplace, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

/** Results of ValidatingPolicies, the kind that Plinth's policies have; ClusterPolicies count elsewhere. */
const results = metric("kyverno_validating_policy_results_total");
const by = ["namespace", "policy_name"] as const;
const counted = {
  policy_name: "disallow-latest-tag",
  resource_kind: "Pod",
  resource_namespace: "team-backend",
  namespace: "kyverno",
} as const;

/** Objects of a namespace violate a policy: they were refused, or they run and are only reported. */
export const kyvernoPolicyViolation: Alert = defineAlert({
  name: "KyvernoPolicyViolation",
  category: "security",
  severity: "info",
  owner: "namespace",
  software: "kyverno",
  labels: by,
  // Two hours: the background scan looks at everything once an hour. The scrape's own namespace is Kyverno's: the object's takes its place.
  expr: greaterThan(
    sum(
      labelReplace(increase(select(results, { result: "fail" }), "2h"), {
        to: "namespace",
        replacement: "$1",
        from: "resource_namespace",
        matches: "(.*)",
      }),
      { by },
    ),
    0,
  ),
  summary: ({ namespace, policy_name }) => `Objects in ${namespace} violate ${policy_name}`,
  description: ({ namespace, policy_name }) =>
    `Kyverno has found objects in ${namespace} that violate the policy ${policy_name} within the last 2 hours.`,
  impact:
    "Where the policy is enforced, the change was refused; where it is audited, it will be refused once the policy is enforced.",
  dashboard: platformDashboardUid("policies"),
  runbook: {
    meaning:
      "A policy's rule failed for an object of the namespace: at admission, or when the background scan looked at what is there. In an environment that enforces the policy nothing got in, and somebody's deployment does not go on. In one that audits, the object runs and is reported.",
    impact: "None for users today. What is only reported keeps a weakness that the platform has promised not to have.",
    diagnosis: [
      {
        text: "Which policies, which kinds, how often?",
        promql: sum(increase(select(results, { result: "fail", resource_namespace: "<namespace>" }), "2h"), {
          by: ["policy_name", "resource_kind"],
        }),
      },
      {
        text: "Which objects, and with which message?",
        command: "kubectl get policyreports --namespace <namespace> --output yaml",
      },
      { text: "What does the policy ask for, and why?", command: "kubectl describe validatingpolicy <policy>" },
      {
        text: "Was a deployment refused? Argo CD shows the message at the Application; so do the events.",
        command: "kubectl get events --namespace <namespace> --field-selector reason=PolicyViolation",
      },
    ],
    mitigation: [
      { text: "Change the object in Git as the policy's message says." },
      {
        text: "If the object really needs what the policy forbids, ask for an exception: with an owner, a reason, a ticket and a day on which it ends.",
      },
      { text: "If the policy is wrong, tell the platform's team: a rule that nobody can keep is worse than none." },
    ],
  },
  fires: [
    {
      name: "a scan finds a violation",
      after: "10m",
      until: "129m",
      labels: { namespace: "team-backend", policy_name: "disallow-latest-tag" },
      series: [series(results, { ...counted, result: "fail" }, steady(3, "10m"), steady(4))],
    },
  ],
  quiet: [
    {
      name: "everything passes",
      series: [series(results, { ...counted, result: "pass" }, growing({ from: 0, perMinute: 5 }))],
    },
    {
      name: "the last violation was before the scrape began",
      series: [series(results, { ...counted, result: "fail" }, steady(7))],
    },
  ],
});
