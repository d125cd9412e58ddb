import { cel } from "../admission/cel.ts";
import { objects } from "../admission/match.ts";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { violation } from "../admission/policy.ts";
import { deployment, isOfTier, statefulSet } from "./workload-fixture.ts";

const defaults: { readonly tiers: readonly string[]; readonly topologyKeys: readonly string[] } = {
  tiers: ["critical", "high"],
  topologyKeys: ["topology.kubernetes.io/zone"],
};

/** The pods of what much depends on stand in more than one place. */
export const requireTopologySpread: ParameterizedPolicy<typeof defaults, ObjectFixture> = parameterizedPolicy({
  defaults,
  parameters: {
    tiers: "Tiers of services whose workloads are judged.",
    topologyKeys: "Labels of nodes; pods must be spread over each of them.",
  },
  tried: [{ tiers: ["critical"], topologyKeys: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] }],
  policy: ({ tiers, topologyKeys }) => {
    const [tier = "", ...others] = tiers;
    const message = topologyKeys.map((key) => `nothing spreads the pods over ${key}`);
    const [first = "", ...more] = message;
    return {
      name: "require-topology-spread",
      title: "Require topology spread",
      category: "Best Practices",
      severity: "medium",
      why: "The scheduler alone may put all pods of a service into one zone: the zone's outage is then the service's.",
      fix: "Add the key to topologySpreadConstraints of the pod template, or to its podAntiAffinity.",
      match: objects(["Deployment", "StatefulSet"]),
      variables: {
        pod: cel`object.spec.template.spec`,
        antiAffinity: cel`variables.pod.?affinity.?podAntiAffinity.orValue({})`,
        spread: cel`variables.pod.?topologySpreadConstraints.orValue([]).map(c, c.topologyKey)
          + variables.antiAffinity.?requiredDuringSchedulingIgnoredDuringExecution.orValue([]).map(t, t.topologyKey)
          + variables.antiAffinity.?preferredDuringSchedulingIgnoredDuringExecution.orValue([]).map(t, t.podAffinityTerm.topologyKey)`,
      },
      offenders: cel`${isOfTier(tiers)} && object.spec.?replicas.orValue(1) > 1
        ? ${topologyKeys}.filter(key, !(key in variables.spread)).map(key, 'nothing spreads the pods over ' + key)
        : []`,
      good: [
        deployment({ tier, replicas: 1 }),
        deployment({ tier }),
        deployment({ tier: "low", replicas: 5 }),
        deployment({ tier, replicas: 2, separateBy: topologyKeys }),
        statefulSet({ tier, replicas: 2, preferSeparateBy: topologyKeys }),
        deployment({ tier, replicas: 3, topologyKeys }),
      ],
      bad: [
        violation(deployment({ tier, replicas: 2 }), first, ...more),
        ...others.map((other) => violation(deployment({ tier: other, replicas: 2 }), first, ...more)),
        violation(statefulSet({ tier, replicas: 3, topologyKeys: ["topology.kubernetes.io/region"] }), first, ...more),
        violation(deployment({ tier, replicas: 2, separateBy: ["topology.kubernetes.io/region"] }), first, ...more),
      ],
    };
  },
});
