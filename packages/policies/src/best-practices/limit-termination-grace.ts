import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly seconds: number } = { seconds: 600 };

/** A pod is given time to end its requests, and ends. */
export const limitTerminationGrace: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  // What the cluster autoscaler waits for a pod by default: --max-graceful-termination-sec.
  parameters: { seconds: "The longest time that a pod may take to end." },
  // With the second, what a pod has that says nothing is the longest that it may.
  tried: [{ seconds: 60 }, { seconds: 30 }],
  policy: ({ seconds }) => ({
    name: "limit-termination-grace",
    title: "Limit the time to terminate",
    category: "Best Practices",
    severity: "low",
    why: "With no time a pod drops the requests that it is serving; with too much it holds up the draining of its node, which ends it by force after all.",
    fix: `Set terminationGracePeriodSeconds to what the longest request takes, between 1 and ${seconds}.`,
    match: pods(),
    variables: { grace: cel`object.spec.?terminationGracePeriodSeconds.orValue(30)` },
    offenders: cel`variables.grace < 1 || variables.grace > ${seconds}
      ? ['terminationGracePeriodSeconds is ' + string(variables.grace)]
      : []`,
    good: [pod(), pod({ terminationGracePeriodSeconds: 1 }), pod({ terminationGracePeriodSeconds: seconds })],
    bad: [
      violation(pod({ terminationGracePeriodSeconds: 0 }), "terminationGracePeriodSeconds is 0"),
      violation(pod({ terminationGracePeriodSeconds: seconds + 1 }), `terminationGracePeriodSeconds is ${seconds + 1}`),
    ],
  }),
});
