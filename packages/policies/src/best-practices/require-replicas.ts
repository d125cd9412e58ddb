import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { deployment, isOfTier, statefulSet } from "./workload-fixture.ts";

const defaults: { readonly tiers: readonly string[]; readonly replicas: number } = {
  tiers: ["critical", "high"],
  replicas: 2,
};

/** What much depends on runs more than once. A workload scaled to nothing is nobody's business. */
export const requireReplicas: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { tiers: "Tiers of services whose workloads are judged.", replicas: "The fewest pods that must run." },
  tried: [{ tiers: ["critical"], replicas: 3 }],
  policy: ({ tiers: [tier = "", ...others], replicas }) => ({
    name: "require-replicas",
    title: "Require replicas",
    category: "Best Practices",
    severity: "medium",
    why: "A single pod is away whenever its node is drained, and each rollout without a second one is an outage.",
    fix: "Set replicas to at least two, or let a HorizontalPodAutoscaler do so with its minReplicas.",
    // An autoscaler sets the field later, and the API server fills in 1 until then: a refusal would hit the careful ones.
    auditOnly: true,
    match: objects(["Deployment", "StatefulSet"]),
    variables: { replicas: cel`object.spec.?replicas.orValue(1)` },
    offenders: cel`${isOfTier([tier, ...others])} && variables.replicas > 0 && variables.replicas < ${replicas}
      ? ['replicas is ' + string(variables.replicas)]
      : []`,
    good: [
      deployment({ tier, replicas }),
      statefulSet({ tier, replicas: replicas + 1 }),
      deployment({ tier, replicas: 0 }),
      deployment({ tier: "low", replicas: 1 }),
      deployment({ replicas: 1 }),
    ],
    bad: [
      violation(deployment({ tier }), "replicas is 1"),
      violation(statefulSet({ tier, replicas: replicas - 1 }), `replicas is ${replicas - 1}`),
      ...others.map((other) => violation(deployment({ tier: other, replicas: 1 }), "replicas is 1")),
    ],
  }),
});
