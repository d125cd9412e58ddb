import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly replicas: number } = { replicas: 2 };

function autoscaler(maxReplicas: number, minReplicas?: number): ObjectFixture {
  return object(HorizontalPodAutoscaler, {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "cart" },
      ...(minReplicas === undefined ? {} : { minReplicas }),
      maxReplicas,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  });
}

/** An autoscaler can scale, and never down to a single pod. */
export const checkAutoscalerBounds: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: { replicas: "The fewest pods that an autoscaler may leave." },
  tried: [{ replicas: 3 }],
  policy: ({ replicas }) => ({
    name: "check-autoscaler-bounds",
    title: "Check the bounds of autoscalers",
    category: "Resources",
    severity: "medium",
    why: "An autoscaler whose bounds meet never scales; one that goes down to a single pod takes the service along with that pod's node.",
    fix: `Set minReplicas to at least ${replicas} and maxReplicas above it.`,
    match: objects(["HorizontalPodAutoscaler"]),
    variables: { least: cel`object.spec.?minReplicas.orValue(1)` },
    offenders: cel`(variables.least < ${replicas} ? ['minReplicas is ' + string(variables.least)] : [])
      + (object.spec.maxReplicas <= variables.least ? ['maxReplicas is ' + string(object.spec.maxReplicas) + ' and not above minReplicas'] : [])`,
    good: [autoscaler(replicas + 1, replicas), autoscaler(10, replicas + 1)],
    bad: [
      violation(autoscaler(10), "minReplicas is 1"),
      violation(autoscaler(10, replicas - 1), `minReplicas is ${replicas - 1}`),
      violation(autoscaler(replicas, replicas), `maxReplicas is ${replicas} and not above minReplicas`),
      violation(autoscaler(1), "minReplicas is 1", "maxReplicas is 1 and not above minReplicas"),
    ],
  }),
});
